internal import Foundation
internal import Kernel

/// Makes the host's settings what VPSes need. What they were before is kept, and put back when the last node of the host is
/// taken down: each node has a record, all in one folder, and leaves it to another one while there is one.
enum HostSettings {
    static func apply(record: String, except prefix: String) throws {
        try HostFile.makeDirectories(HostFile.split(record).folder, mode: 0o700)
        if !HostFile.exists(record) { try save([], to: record) }  // one that has nothing to change is counted, too
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
        guard HostFile.exists(record) else { return }
        let folder = HostFile.split(record).folder
        let own = recorded(record)
        if let heir = try Directory(folder).entries().map({ "\(folder)/\($0.name)" }).first(where: { $0 != record }) {
            // Ours are the older values, if both have one: the other found what we had written.
            let theirs = recorded(heir).filter { entry in !own.contains { $0.path == entry.path } }
            try save(own + theirs, to: heir)
        } else {
            for (path, value) in own.reversed() { try? HostFile.write("\(value)", to: path) }  // an interface that is gone
        }
        try HostFile.remove(record)
        try? HostFile.remove(folder, isDirectory: true)  // another's record is in it
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
        try HostFile.replace(record, with: Array(settings.map { "\($0.path) \($0.value)\n" }.joined().utf8), mode: 0o600)
    }
}
