internal import FoundationEssentials
package import Kernel

/// Makes a disk its VPS's own, before it starts: what the template or an earlier identity left is replaced.
package enum FirstBoot {
    static let marker = "roost-prepared"

    /// The steps that were due. `root`: `MountedDisk.root()`, of a guest that does not run. No name in it is followed out of it.
    /// The record of what was done is in the guest, written last: the file system's journal keeps the order, so no
    /// synchronisation is needed. A guest that changes it gets its own files written again.
    @discardableResult
    package static func prepare(_ root: borrowing Directory, as identity: GuestIdentity, steps: [FirstBootStep]) throws(DiskError) -> [FirstBootStep] {
        let settings = try GuestFolder(root, "etc")
        let before = try settings.read(marker).flatMap { try? JSONDecoder().decode(GuestIdentity.self, from: Data($0)) }  // unreadable: as if never prepared
        let due = FirstBootStep.due(steps, before: before, now: identity)
        for step in due { try perform(step, root, settings, before, identity) }
        if before != identity {
            let record: Data
            do { record = try JSONEncoder().encode(identity) } catch { throw .badIdentity("\(error)") }
            try settings.write(marker, Array(record), mode: 0o600)
        }
        return due
    }

    private static func perform(
        _ step: FirstBootStep, _ root: borrowing Directory, _ settings: borrowing GuestFolder, _ before: GuestIdentity?, _ now: GuestIdentity
    ) throws(DiskError) {
        switch step {
        case .hostname: try settings.write("hostname", Array("\(now.hostname)\n".utf8))
        case .hosts: try settings.write("hosts", Array(hosts(now.hostname).utf8))
        case .resolver where now.nameServers.isEmpty: break
        case .resolver: try settings.write("resolv.conf", Array(now.nameServers.map { "nameserver \($0)\n" }.joined().utf8))
        case .machineID:
            var random = SystemRandomNumberGenerator()
            let digits = Array("0123456789abcdef".utf8)
            try settings.write("machine-id", (0..<32).map { _ in digits[Int.random(in: 0..<16, using: &random)] } + [10], mode: 0o444)
        case .sshHostKeys: try removeHostKeys(settings)
        case .authorizedKeys: try writeKeys(root, before, now)
        }
    }

    static func hosts(_ name: String) -> String {
        let short = name.prefix { $0 != "." }
        let names = short == name ? name : "\(name) \(short)"
        return "127.0.0.1\tlocalhost\n127.0.1.1\t\(names)\n::1\tlocalhost ip6-localhost ip6-loopback\nff02::1\tip6-allnodes\nff02::2\tip6-allrouters\n"
    }

    private static func removeHostKeys(_ settings: borrowing GuestFolder) throws(DiskError) {
        guard try settings.has("ssh") else { return }
        let ssh = try settings.folder("ssh")
        for kind in ["rsa", "ecdsa", "ed25519", "dsa"] {  // named, not listed: a copied guest's folder can hold millions
            try ssh.remove("ssh_host_\(kind)_key")
            try ssh.remove("ssh_host_\(kind)_key.pub")
        }
    }

    private static func writeKeys(_ root: borrowing Directory, _ before: GuestIdentity?, _ now: GuestIdentity) throws(DiskError) {
        let ssh = try GuestFolder(root, "root").folder(".ssh", making: 0o700)
        let existing = before?.id == now.id ? try ssh.read("authorized_keys") ?? [] : []
        let text = AuthorizedKeys.merged(existing: String(decoding: existing, as: UTF8.self), before: before?.sshKeys ?? [], now: now.sshKeys)
        try ssh.write("authorized_keys", Array(text.utf8), mode: 0o600)
    }
}
