internal import CKernel

/// unix(7) sockets. A packet socket (SOCK_SEQPACKET) keeps messages whole and carries descriptors.
package enum LocalSocket {
    package static func packetPair() throws(KernelError) -> SocketPair {
        var ends: (Int32, Int32) = (0, 0)
        let result = unsafe withUnsafeMutableBytes(of: &ends) { unsafe ck_packet_pair($0.bindMemory(to: Int32.self).baseAddress) }
        try checked(result, "make", "socket pair")
        return SocketPair(ours: Descriptor(owning: ends.0), theirs: Descriptor(owning: ends.1))
    }

    /// Only root may connect (mode 0600). A stale socket of the same name is replaced.
    package static func listenForPackets(at path: String) throws(KernelError) -> Descriptor {
        try HostFile.remove(path)
        return Descriptor(owning: try unsafe checked(ck_listen_packets(path, 8), "listen at", path))
    }

    package static func listenForStreams(at path: String, mode: UInt32) throws(KernelError) -> Descriptor {
        try HostFile.remove(path)
        return Descriptor(owning: try unsafe checked(ck_listen_stream(path, mode, 64), "listen at", path))
    }

    package static func connectForPackets(to path: String) throws(KernelError) -> Descriptor {
        Descriptor(owning: try unsafe checked(ck_connect_packets(path), "connect to", path))
    }
}

package struct SocketPair: ~Copyable {
    package let ours: Descriptor
    package let theirs: Descriptor

    package consuming func keepOurs() -> Descriptor { ours }
}

extension Descriptor {
    package func accept() throws(KernelError) -> Descriptor { Descriptor(owning: try checked(ck_accept(number), "accept at", "descriptor \(number)")) }

    /// The user that is connected on the other side (SO_PEERCRED).
    package func peer() throws(KernelError) -> (pid: Int32, uid: UInt32) {
        var pid: Int32 = 0
        var uid: UInt32 = 0
        try unsafe checked(ck_peer(number, &pid, &uid), "ask who is at", "descriptor \(number)")
        return (pid, uid)
    }

    /// One packet, whole, with descriptors that the receiver gets duplicates of.
    package func send(_ bytes: [UInt8], descriptors: [Int32] = []) throws(KernelError) {
        let result = unsafe bytes.withUnsafeBytes { bytes in
            unsafe descriptors.withUnsafeBufferPointer { unsafe ck_send(number, bytes.baseAddress, bytes.count, $0.baseAddress, Int32($0.count)) }
        }
        try checked(result, "send to", "descriptor \(number)")
    }

    /// No bytes: the other side is gone. A descriptor that came along is in the packet.
    package func receive(atMost limit: Int) throws(KernelError) -> ReceivedPacket {
        let room = 4
        var numbers = [Int32](repeating: -1, count: room)
        var count = Int32(room)
        var length = 0
        let bytes = unsafe [UInt8](unsafeUninitializedCapacity: limit) { buffer, filled in
            length = unsafe numbers.withUnsafeMutableBufferPointer { unsafe ck_receive(number, buffer.baseAddress, limit, $0.baseAddress, &count) }
            filled = max(0, length)
        }
        for extra in numbers.prefix(Int(count)).dropFirst() { _ = ck_close(extra) }  // one at most is ever meant
        let first = count > 0 ? numbers[0] : nil
        if length < 0, let first { _ = ck_close(first) }
        try checked(length, "receive from", "descriptor \(number)")
        return ReceivedPacket(bytes: bytes, descriptor: first.map { Descriptor(owning: $0) })
    }

    /// Whether there is something to read, or the end, within the time; nil waits for ever.
    package func waitUntilReadable(milliseconds: Int32?) throws(KernelError) -> Bool {
        var result: Int16 = 0
        let (descriptor, events) = (number, Int16(CK_POLL_IN))
        let count = unsafe withUnsafePointer(to: descriptor) { descriptor in
            unsafe withUnsafePointer(to: events) { unsafe ck_poll(descriptor, $0, &result, 1, milliseconds ?? -1) }
        }
        return try checked(count, "wait for", "descriptor \(number)") > 0
    }

    /// Both directions end; whoever waits on it is woken. A second time does nothing.
    package func shutDown() { _ = ck_shutdown(number) }

    /// Nothing more is sent; what was is still received, and the other side sees its end.
    package func finishSending() { _ = ck_shutdown_write(number) }

    package var isTerminalController: Bool { ck_is_pty_controller(number) }

    package func resizeTerminal(rows: UInt16, columns: UInt16) throws(KernelError) {
        try checked(ck_terminal_resize(number, rows, columns), "resize terminal", "descriptor \(number)")
    }
}

package struct ReceivedPacket: ~Copyable {
    package let bytes: [UInt8]
    package var descriptor: Descriptor?

    package mutating func takeDescriptor() -> Descriptor? { descriptor.take() }
}
