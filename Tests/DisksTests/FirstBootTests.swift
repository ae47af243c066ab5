@testable import Disks
import Kernel
import NodeModel
import Testing

@Suite(.enabled(if: isRoot, "needs root: loop devices and mounts"), .serialized)
struct FirstBootTests {
    @Test func aDiskBecomesItsVPSsOwnOnce() async throws {
        try await withDisk { root, id in
            let first = try GuestIdentity(id: id, hostname: "web1.example.org", nameServers: ["10.0.0.1", "fd00::1"], sshKeys: ["ssh-ed25519 AAAA one", "ssh-ed25519 BBBB two"])
            #expect(try FirstBoot.prepare(root, as: first, steps: FirstBootStep.allCases) == FirstBootStep.allCases)
            let settings = try root.directory("etc")
            #expect(try text(settings, "hostname") == "web1.example.org\n")
            #expect(try text(settings, "hosts").contains("127.0.1.1\tweb1.example.org web1\n"))
            #expect(try text(settings, "resolv.conf") == "nameserver 10.0.0.1\nnameserver fd00::1\n")
            let machine = try text(settings, "machine-id")
            #expect(machine.utf8.count == 33 && machine.dropLast().allSatisfy { "0123456789abcdef".contains($0) })
            #expect(try settings.information(of: "ssh/ssh_host_rsa_key") == nil)
            let keys = try root.directory("root/.ssh")
            #expect(try text(keys, "authorized_keys") == "ssh-ed25519 AAAA one\nssh-ed25519 BBBB two\n")
            #expect(try keys.descriptor.information().mode & 0o7777 == 0o700)
            #expect(try keys.information(of: "authorized_keys")?.mode == 0o100600)
            #expect(try settings.information(of: "hostname")?.mode == 0o100644)

            #expect(try FirstBoot.prepare(root, as: first, steps: FirstBootStep.allCases).isEmpty)
            try keys.replace("authorized_keys", with: Array("ssh-ed25519 BBBB two\nssh-rsa OWN tenant\nssh-ed25519 AAAA one\n".utf8))
            let renamed = try GuestIdentity(id: id, hostname: "web2", nameServers: first.nameServers, sshKeys: ["ssh-ed25519 CCCC three", "ssh-ed25519 AAAA one"])
            #expect(try FirstBoot.prepare(root, as: renamed, steps: FirstBootStep.allCases) == [.hostname, .hosts, .authorizedKeys])
            #expect(try text(settings, "hostname") == "web2\n")
            #expect(try text(settings, "machine-id") == machine)
            #expect(try text(keys, "authorized_keys") == "ssh-rsa OWN tenant\nssh-ed25519 AAAA one\nssh-ed25519 CCCC three\n")

            let copy = try GuestIdentity(id: VPSID.random(), hostname: "copy", nameServers: [], sshKeys: [])
            #expect(try FirstBoot.prepare(root, as: copy, steps: FirstBootStep.allCases) == FirstBootStep.allCases)
            #expect(try text(settings, "machine-id") != machine)
            #expect(try text(keys, "authorized_keys") == "")
            #expect(try text(settings, "resolv.conf") == "nameserver 10.0.0.1\nnameserver fd00::1\n")
        }
    }

    @Test func aRecipeSaysWhichStepsItsGuestKnows() async throws {
        try await withDisk { root, id in
            let identity = try GuestIdentity(id: id, hostname: "a", nameServers: [], sshKeys: ["k"])
            #expect(try FirstBoot.prepare(root, as: identity, steps: [.hostname]) == [.hostname])
            #expect(try root.directory("root").information(of: ".ssh") == nil)
            #expect(try root.directory("etc").information(of: "machine-id") == nil)
        }
    }

    /// THREATS S-21: the host is bound by the disk's size as the guest is.
    @Test func aGuestsFullDiskIsItsOwnTrouble() async throws {
        try await withDisk { root, id in
            #expect(throws: KernelError.self) { try fill(root, "fill") }
            let key = "ssh-ed25519 " + String(repeating: "A", count: 12_000)
            let identity = try GuestIdentity(id: id, hostname: "web", nameServers: [], sshKeys: [key])
            let refusal = #expect(throws: DiskError.self) { try FirstBoot.prepare(root, as: identity, steps: [.hostname, .authorizedKeys]) }
            guard case .kernel(_, let error) = refusal else { Issue.record("\(String(describing: refusal))"); return }
            #expect(error.code == KernelError.noSpace)
            try root.remove("fill")
            #expect(try FirstBoot.prepare(root, as: identity, steps: [.hostname, .authorizedKeys]) == [.hostname, .authorizedKeys])
        }
    }

    struct Trap: CustomTestStringConvertible, Sendable {
        let path: String
        let isFolder: Bool
        let refused: Bool
        var testDescription: String { path }
    }
    static let traps = [
        Trap(path: "etc", isFolder: true, refused: true), Trap(path: "root", isFolder: true, refused: true),
        Trap(path: "root/.ssh", isFolder: true, refused: true), Trap(path: "etc/ssh", isFolder: true, refused: true),
        Trap(path: "etc/hostname", isFolder: false, refused: false), Trap(path: "etc/hosts", isFolder: false, refused: false),
        Trap(path: "etc/resolv.conf", isFolder: false, refused: false), Trap(path: "etc/machine-id", isFolder: false, refused: false),
        Trap(path: "etc/roost-prepared", isFolder: false, refused: false), Trap(path: "root/.ssh/authorized_keys", isFolder: false, refused: false),
        Trap(path: "etc/.hostname.roost", isFolder: false, refused: false), Trap(path: "etc/ssh/ssh_host_rsa_key", isFolder: false, refused: false),
    ]
    enum Bait: CaseIterable, Sendable { case absolute, relative, descriptor, cwd, corePattern, nothing }

    /// THREATS S-03, M-03.
    @Test(arguments: traps) func aHostileTreeLeadsNowhere(_ trap: Trap) async throws {
        try await withPool { fixture in
            let driver = ImageDriver(fixture.pool)
            let template = try fixture.addTemplate()
            let canaries = "\(fixture.base)/canary"
            try HostFile.makeDirectories("\(canaries)/ssh")
            let files = ["file", "hostname", "hosts", "resolv.conf", "machine-id", "authorized_keys", "roost-prepared", "ssh/ssh_host_rsa_key", "ssh_host_rsa_key"]
            for file in files { try put("canary", "\(canaries)/\(file)") }
            let held = try Descriptor.open(trap.isFolder ? canaries : "\(canaries)/file", .read)
            let pattern = try HostFile.readText("/proc/sys/kernel/core_pattern")
            for bait in Bait.allCases {
                let content = switch bait {
                case .absolute: trap.isFolder ? canaries : "\(canaries)/file"
                case .relative: String(repeating: "../", count: 12) + canaries.dropFirst() + (trap.isFolder ? "" : "/file")
                case .descriptor: "/proc/self/fd/\(held.number)"
                case .cwd: "/proc/self/cwd"
                case .corePattern: "/proc/sys/kernel/core_pattern"
                case .nothing: "/nowhere"
                }
                let id = VPSID.random()
                try driver.create(id, from: template, digest: nil, bytes: 16 << 20)
                do {
                    let disk = try driver.attach(id)
                    let root = try disk.root()
                    try plant(root, trap.path, content)
                    let identity = try GuestIdentity(id: id, hostname: "web", nameServers: ["10.0.0.1"], sshKeys: ["key"])
                    if trap.refused {
                        let refusal = #expect(throws: DiskError.self) { try FirstBoot.prepare(root, as: identity, steps: FirstBootStep.allCases) }
                        if case .unsafeTree(let path, _) = refusal { #expect(path == "/\(trap.path)") } else { Issue.record("\(bait): \(String(describing: refusal))") }
                    } else {
                        #expect(try FirstBoot.prepare(root, as: identity, steps: FirstBootStep.allCases) == FirstBootStep.allCases, "\(bait)")
                        let parent = try root.directory(HostFile.split(trap.path).folder == "/" ? "." : String(HostFile.split(trap.path).folder.dropFirst()))
                        #expect(try parent.information(of: HostFile.split(trap.path).name)?.isSymbolicLink != true, "\(bait)")
                    }
                }
                for file in files { #expect(try HostFile.readText("\(canaries)/\(file)") == "canary", "\(bait), \(file)") }
                #expect(try Directory(canaries).entries().count == files.count, "\(bait)")  // ssh/ holds one of the files
                #expect(try HostFile.readText("/proc/sys/kernel/core_pattern") == pattern)
                #expect(try await driver.waitUntilDetached(id, timeout: patience))
            }
            #expect(!HostFile.exists("/nowhere"))
        }
    }

    @Test func aPipeOrAFolderInAFilesPlaceIsNoTrapEither() async throws {
        try await withDisk { root, id in
            let settings = try root.directory("etc")
            let pipe = try Program.start("/usr/bin/mkfifo", ["/proc/self/fd/0/roost-prepared"], descriptors: [settings.descriptor.number])
            #expect(try pipe.wait().isSuccess)
            let plain = try GuestIdentity(id: id, hostname: "plain", nameServers: [], sshKeys: [])
            #expect(try FirstBoot.prepare(root, as: plain, steps: [.hostname]) == [.hostname])
            #expect(try settings.information(of: "roost-prepared")?.isRegular == true)
            try settings.remove("hostname")
            try settings.makeDirectory("hostname")
            let identity = try GuestIdentity(id: id, hostname: "other", nameServers: [], sshKeys: [])
            let refusal = #expect(throws: DiskError.self) { try FirstBoot.prepare(root, as: identity, steps: [.hostname]) }
            if case .unsafeTree(let path, _) = refusal { #expect(path == "/etc/hostname") } else { Issue.record("\(String(describing: refusal))") }
        }
    }

    @Test(arguments: [("a\nb", "key", "1.1.1.1"), ("", "key", "1.1.1.1"), ("-a", "key", "1.1.1.1"), ("a/b", "key", "1.1.1.1"), ("a", "one\ntwo", "1.1.1.1"), ("a", "k\0", "1.1.1.1"), ("a", "key", "1.1.1.1\noptions"), ("a\u{202E}b", "key", "::1")])
    func anIdentityIsOneLineEach(hostname: String, key: String, server: String) {
        #expect(throws: DiskError.self) { try GuestIdentity(id: VPSID.random(), hostname: hostname, nameServers: [server], sshKeys: [key]) }
    }
}

private func text(_ folder: borrowing Directory, _ name: String) throws -> String { String(decoding: try folder.read(name), as: UTF8.self) }

private func plant(_ root: borrowing Directory, _ path: String, _ content: String) throws {
    var parts = path.split(separator: "/").map(String.init)
    let name = parts.removeLast()
    var folder = try root.directory(".")
    for part in parts {
        try folder.makeDirectory(part)
        folder = try folder.directory(part)
    }
    try folder.removeTree(name)
    try folder.link(name, to: content)
}

private func withDisk(_ body: (borrowing Directory, VPSID) throws -> Void) async throws {
    try await withPool { fixture in
        let driver = ImageDriver(fixture.pool)
        let id = VPSID.random()
        try driver.create(id, from: try fixture.addTemplate(), digest: nil, bytes: 16 << 20)
        do {
            let disk = try driver.attach(id)
            try body(try disk.root(), id)
        }
        #expect(try await driver.waitUntilDetached(id, timeout: patience))
    }
}

private func fill(_ folder: borrowing Directory, _ name: String) throws {
    let file = try folder.open(name, .createNew)
    while true { try file.write([UInt8](repeating: 1, count: 4096)) }
}
