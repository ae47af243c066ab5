internal import Foundation
internal import Kernel

/// The host's own settings that routing to VPSes needs. What they were before is kept, and put back at the teardown.
enum Forwarding {
    private static let switches = ["/proc/sys/net/ipv4/ip_forward", "/proc/sys/net/ipv6/conf/all/forwarding"]

    static func enable(record: String, except prefix: String) throws {
        var before: [(String, String)] = []
        // A forwarding host ignores router advertisements, and would lose its own default route, unless told otherwise first.
        for name in (try? FileManager.default.contentsOfDirectory(atPath: "/proc/sys/net/ipv6/conf")) ?? [] where !["all", "default"].contains(name) && !name.hasPrefix(prefix) {  // no IPv6: nothing to do
            try change("/proc/sys/net/ipv6/conf/\(name)/accept_ra", from: "1", to: "2", &before)
        }
        for path in switches { try change(path, from: "0", to: "1", &before) }
        guard !before.isEmpty, !HostFile.exists(record) else { return }
        try Descriptor.open(record, .createOrTruncate, mode: 0o600).write(Array(before.map { "\($0.0) \($0.1)\n" }.joined().utf8))
    }

    static func restore(record: String) throws {
        for line in ((try? HostFile.readText(record)) ?? "").split(separator: "\n") {  // no record: nothing was changed
            let words = line.split(separator: " ").map(String.init)
            if words.count == 2 { try? HostFile.write(words[1], to: words[0]) }  // an interface that is gone
        }
        try HostFile.remove(record)
    }

    private static func change(_ path: String, from old: String, to new: String, _ before: inout [(String, String)]) throws {
        guard (try? HostFile.readText(path))?.trimmingCharacters(in: .whitespacesAndNewlines) == old else { return }  // absent: no IPv6
        try HostFile.write(new, to: path)
        before.append((path, old))
    }
}
