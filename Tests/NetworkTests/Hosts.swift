import Filtering
import Foundation
import Kernel
import Netlinking
import Testing

/// A host and guests, each a network namespace that the test made; removed at its end.
struct Hosts: ~Copyable {
    let host: String
    let guests: [String]

    static let isPossible = getuid() == 0 && FileManager.default.isExecutableFile(atPath: "/usr/sbin/nft")

    init(_ name: String, guests count: Int) throws {
        host = "rtn-\(name)"
        guests = (0..<count).map { "rtn-\(name)-g\($0)" }
        for one in [host] + guests {
            _ = try ip("netns", "del", one)  // a leftover of a run that was killed
            try #require(try ip("netns", "add", one).isSuccess)
        }
        for one in ["lo"] { try #require(try inside(host, "ip", "link", "set", one, "up").isSuccess) }
        for setting in ["net.ipv4.ip_forward=1", "net.ipv6.conf.all.forwarding=1"] { try #require(try inside(host, "sysctl", "-qw", setting).isSuccess) }
    }

    deinit {
        for one in [host] + guests { _ = try? ip("netns", "del", one) }  // gone is what we want
    }

    func namespace(_ name: String) throws -> Descriptor { try Descriptor.open("/run/netns/\(name)", .read) }

    /// Links guest `index` with 10.9.0.(2 + index) and fd09:0:0:(2 + index)::1.
    func attach(_ index: Int) throws {
        let guest = try namespace(guests[index])
        try namespace(host).insideNetwork { try NetlinkSocket().attach(link(index), to: guest) }
    }

    func link(_ index: Int) -> GuestLink {
        GuestLink(hostName: name(index), ipv4: "10.9.0.\(2 + index)", ipv6: "fd09:0:0:\(2 + index)::1", ipv6PrefixLength: 64)
    }

    func name(_ index: Int) -> String { "rtn\("abcdefghj".dropFirst(index).prefix(1))aaaaaaaa" }

    func onHost<Result>(_ body: () throws -> Result) throws -> Result { try namespace(host).insideNetwork(body) }
}

@discardableResult
func ip(_ arguments: String...) throws -> Exit { try Program.run("/usr/sbin/ip", arguments) }

@discardableResult
func inside(_ namespace: String, _ command: String...) throws -> Exit { try Program.run("/usr/sbin/ip", ["netns", "exec", namespace] + command) }

func said(_ namespace: String, _ command: String...) throws -> String {
    var lines: [String] = []
    _ = try Program.run("/usr/sbin/ip", ["netns", "exec", namespace] + command) { lines.append($0) }
    return lines.joined(separator: "\n")
}

func reaches(_ from: String, _ address: String) throws -> Bool { try inside(from, "ping", "-c", "1", "-W", "1", address).isSuccess }
