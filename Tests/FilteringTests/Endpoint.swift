import Glibc
import Kernel
import Netlinking

/// A numeric address and a port, as sockets want them.
struct Endpoint {
    private var storage = sockaddr_storage()
    private(set) var length: socklen_t = 0
    var family: Int32 { Int32(storage.ss_family) }

    /// `scope`: the interface's number, for link-local addresses.
    init(_ text: String, _ port: UInt16, scope: UInt32 = 0) {
        if let address = IPv4Address(text) {
            write(native(UInt16(AF_INET)) + network(port) + address.bytes, length: 16)
        } else if let address = IPv6Address(text) {
            write(native(UInt16(AF_INET6)) + network(port) + [0, 0, 0, 0] + address.bytes + native(scope), length: 28)
        }
    }

    init() { length = 128 }

    private mutating func write(_ bytes: [UInt8], length: socklen_t) {
        unsafe withUnsafeMutableBytes(of: &storage) { unsafe $0.copyBytes(from: bytes) }
        self.length = length
    }

    var address: String {
        let bytes = unsafe withUnsafeBytes(of: storage) { unsafe Array($0) }
        return family == AF_INET ? IPv4Address(networkBytes: bytes[4..<8])?.description ?? "" : IPv6Address(networkBytes: bytes[8..<24])?.description ?? ""
    }

    mutating func pass<Result>(_ body: (UnsafeMutablePointer<sockaddr>, UnsafeMutablePointer<socklen_t>) -> Result) -> Result {
        unsafe withUnsafeMutablePointer(to: &storage) { storage in
            unsafe withUnsafeMutablePointer(to: &length) { length in
                unsafe storage.withMemoryRebound(to: sockaddr.self, capacity: 1) { unsafe body($0, length) }
            }
        }
    }
}

extension NetworkNamespace {
    /// A TCP server on every address of the namespace. Its queue answers connections without anybody accepting.
    func listen(on port: UInt16) throws -> Descriptor {
        try open(SOCK_STREAM.rawValue, AF_INET6) { socket in
            var any = Endpoint("::", port)
            return unsafe any.pass { unsafe bind(socket, $0, $1.pointee) } == 0 && Glibc.listen(socket, 16) == 0
        }
    }

    /// A UDP socket on every address of the namespace.
    func receiver(on port: UInt16) throws -> Descriptor {
        try open(SOCK_DGRAM.rawValue, AF_INET6) { socket in
            var any = Endpoint("::", port)
            return unsafe any.pass { unsafe bind(socket, $0, $1.pointee) } == 0
        }
    }

    /// False: no answer within `patience` seconds, or a refusal. Short where no answer is expected.
    func connects(to address: String, _ port: UInt16, patience: Int = 10) -> Bool {
        let connection = try? open(SOCK_STREAM.rawValue, Endpoint(address, port).family, patience: patience) { socket in  // not being let through is what is asked about
            var server = Endpoint(address, port)
            return unsafe server.pass { unsafe Glibc.connect(socket, $0, $1.pointee) } == 0
        }
        return connection != nil
    }

    /// One datagram; `from`: an address of the namespace's own.
    func send(to address: String, _ port: UInt16, from source: String) throws {
        _ = try open(SOCK_DGRAM.rawValue, Endpoint(address, port).family) { socket in
            var (source, target) = (Endpoint(source, 0), Endpoint(address, port))
            guard unsafe source.pass({ unsafe bind(socket, $0, $1.pointee) }) == 0 else { return false }
            return unsafe target.pass { unsafe sendto(socket, "x", 1, 0, $0, $1.pointee) } == 1
        }
    }

    /// A raw message of ICMPv6 as a router's or a neighbour's: hop limit 255, the checksum by the kernel.
    func send(icmpv6 message: [UInt8], to address: String, scope: UInt32) throws {
        _ = try open(SOCK_RAW.rawValue, AF_INET6, protocol: Int32(IPPROTO_ICMPV6)) { socket in
            var (target, hops) = (Endpoint(address, 0, scope: scope), Int32(255))
            for option in [IPV6_MULTICAST_HOPS, IPV6_UNICAST_HOPS] { _ = unsafe setsockopt(socket, Int32(IPPROTO_IPV6), option, &hops, socklen_t(4)) }
            return unsafe target.pass { unsafe sendto(socket, message, message.count, 0, $0, $1.pointee) } == message.count
        }
    }

    /// Sockets stay in the namespace where they were made. `patience`: seconds, the longest that anything waits.
    private func open(_ type: UInt32, _ family: Int32, protocol kind: Int32 = 0, patience: Int = 10, _ prepare: @Sendable (Int32) -> Bool) throws -> Descriptor {
        let number: Int32 = try run {
            let number = socket(family, Int32(type | SOCK_CLOEXEC.rawValue), kind)
            var limit = timeval(tv_sec: patience, tv_usec: 0)
            for option in [SO_RCVTIMEO, SO_SNDTIMEO] { _ = unsafe setsockopt(number, SOL_SOCKET, option, &limit, socklen_t(MemoryLayout<timeval>.size)) }
            if prepare(number) { return number }
            let code = errno
            _ = close(number)
            return -code
        }
        return Descriptor(owning: try checked(number, "use", "socket"))
    }
}

/// Whose connection waits at a server. IPv4 clients appear mapped into IPv6.
func peer(of listener: borrowing Descriptor) -> String? {
    var client = Endpoint()
    let number = listener.number
    let connection = unsafe client.pass { unsafe accept(number, $0, $1) }
    guard connection >= 0 else { return nil }
    _ = close(connection)
    return unmapped(client.address)
}

/// Who sent the datagram that is there; unless told not to wait, within ten seconds.
func sender(at receiver: borrowing Descriptor, waiting: Bool = true) -> String? {
    var source = Endpoint()
    var byte: UInt8 = 0
    let number = receiver.number
    let count = unsafe source.pass { address, length in unsafe recvfrom(number, &byte, 1, waiting ? 0 : Int32(MSG_DONTWAIT), address, length) }
    return count == 1 ? unmapped(source.address) : nil
}

private func unmapped(_ text: String) -> String {
    guard let bytes = IPv6Address(text)?.bytes, bytes.prefix(12) == [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff] else { return text }
    return IPv4Address(networkBytes: bytes.suffix(4))?.description ?? text
}
