internal import Foundation
internal import Kernel

/// Makes the host's settings what VPSes need. What they were before is kept, and put back at the teardown.
enum HostSettings {
    static func apply(record: String, except prefix: String) throws {
        // Read again rather than begun anew: the first value that was ever found is the host's own.
        var changed = recorded(record)
        for setting in all(except: prefix) {
            guard let current = value(setting.path), let new = setting.change(of: current) else { continue }  // absent: no IPv6, say
            // Noted before it is done: a crash in between puts back what is there.
            if !changed.contains(where: { $0.path == setting.path }) {
                changed.append((setting.path, current))
                try save(changed, to: record)
            }
            do { try HostFile.write("\(new)", to: setting.path) } catch {
                // A node that is itself in a network namespace, or a container, may not; `roost doctor` says what it means.
                guard setting.isForSafetyOnly else { throw error }
            }
        }
    }

    static func restore(record: String) throws {
        for (path, value) in recorded(record).reversed() { try? HostFile.write("\(value)", to: path) }  // an interface that is gone
        try HostFile.remove(record)
    }

    static func value(_ path: String) -> Int64? {
        (try? HostFile.readText(path)).flatMap { Int64($0.trimmingCharacters(in: .whitespacesAndNewlines)) }  // absent on this kernel
    }

    private static func all(except prefix: String) -> [HostSetting] {
        let interfaces = (try? FileManager.default.contentsOfDirectory(atPath: "/proc/sys/net/ipv6/conf")) ?? []  // no IPv6: nothing to do
        return interfaces.filter { !["all", "default"].contains($0) && !$0.hasPrefix(prefix) }.sorted().map(HostSetting.routerAdvertisements) + HostSetting.forwarding + HostSetting.tables
    }

    private static func recorded(_ record: String) -> [(path: String, value: Int64)] {
        ((try? HostFile.readText(record)) ?? "").split(separator: "\n").compactMap { line in  // no record: nothing was changed
            let words = line.split(separator: " ")
            guard words.count == 2, words[0].hasPrefix("/proc/sys/"), let value = Int64(words[1]) else { return nil }
            return (String(words[0]), value)
        }
    }

    private static func save(_ settings: [(path: String, value: Int64)], to record: String) throws {
        let parts = record.split(separator: "/")
        let folder = try Directory(parts.dropLast().map { "/\($0)" }.joined())
        try folder.replace(String(parts.last ?? ""), with: Array(settings.map { "\($0.path) \($0.value)\n" }.joined().utf8), mode: 0o600)
    }
}
