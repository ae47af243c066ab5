internal import WardenProtocol

/// What is mounted in a guest besides its disk. Everything is a new file system of the guest's own, or one device file.
extension GuestPlan {
    private static let noSetuid: UInt64 = 0x2
    private static let noDevices: UInt64 = 0x4
    private static let noPrograms: UInt64 = 0x8
    private static let readOnly: UInt64 = 0x1
    private static let inert = noSetuid | noDevices | noPrograms

    /// From the stage to the guest's root: each directory at the top, with all that is in it.
    static func placing(_ staged: [Step]) -> [Step] {
        staged.flatMap { step -> [Step] in
            guard case .makeDirectory(let path, _) = step, !path.contains(UInt8(ascii: "/")) else { return [] }
            return [step, .unstage(path: path)]
        }
    }

    /// `partsOfSys`: nil for the whole.
    static func fileSystems(memoryBytes: Int64, partsOfSys: [String]?) -> [Step] {
        [directory("proc", 0o555), mount("proc", "proc", inert),
         // Read-only, so that systemd leaves udev and hardware alone; the cgroups in it are the guest's.
         directory("sys", 0o555), sys(partsOfSys), mount("cgroup2", "sys/fs/cgroup", inert),
         directory("dev", 0o755), mount("tmpfs", "dev", noSetuid, ["mode": "755", "size": "64k", "nr_inodes": "512"]),
         directory("dev/pts", 0o755), mount("devpts", "dev/pts", noSetuid | noPrograms, ["ptmxmode": "0666", "mode": "0620", "gid": "5", "max": "1024"]),
         directory("dev/shm", 0o755), mount("tmpfs", "dev/shm", noSetuid | noDevices, ["mode": "1777", "size": "\(memoryBytes / 2)"]),
         directory("run", 0o755), mount("tmpfs", "run", noSetuid | noDevices, ["mode": "755", "size": "\(max(memoryBytes / 5, 8 << 20))"])]
    }

    private static func sys(_ parts: [String]?) -> Step {
        guard let parts else { return mount("sysfs", "sys", inert | readOnly) }
        return .mountParts(type: utf8("sysfs"), path: utf8("sys"), attributes: inert | readOnly, parts: parts.map(utf8))
    }

    static var devices: [Step] {
        ["null", "zero", "full", "random", "urandom", "tty"].flatMap { name -> [Step] in
            [.makeFile(path: utf8("dev/\(name)"), mode: 0o666), .bindHost(source: utf8("/dev/\(name)"), path: utf8("dev/\(name)"))]
        }
            + [("ptmx", "pts/ptmx"), ("fd", "/proc/self/fd"), ("stdin", "/proc/self/fd/0"), ("stdout", "/proc/self/fd/1"), ("stderr", "/proc/self/fd/2")]
            .map { .link(path: utf8("dev/\($0.0)"), content: utf8($0.1)) }
            + [.makeFile(path: utf8("dev/console"), mode: 0o600), .openTerminal(bindTo: utf8("dev/console"), rows: 25, columns: 80)]
    }

    private static func directory(_ path: String, _ mode: UInt32) -> Step { .makeDirectory(path: utf8(path), mode: mode) }

    private static func mount(_ type: String, _ path: String, _ attributes: UInt64, _ options: KeyValuePairs<String, String> = [:]) -> Step {
        .mount(type: utf8(type), path: utf8(path), attributes: attributes, options: options.map { Step.Option(key: utf8($0.key), value: utf8($0.value)) })
    }
}
