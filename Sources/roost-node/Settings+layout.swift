import Foundation
import Kernel
import NodeEngine
import NodeModel
import Settings

extension Settings {
    var layout: Layout {
        Layout(
            pool: node.pool, poolFile: node.poolFile, poolBytes: node.poolSize.count, runtime: paths.runtime, recipes: paths.templates, wardenProgram: node.warden,
            cgroup: node.cgroup, interfacePrefix: node.interfacePrefix, table: node.table, idBase: node.idBase, ipv4Pools: addresses.ipv4, ipv6Pools: addresses.ipv6)
    }

    /// The uid of the user that may connect (getpwnam(3), or the number itself).
    func nodeOwner() throws -> UInt32 {
        if let uid = UInt32(node.owner) { return uid }
        let lines = try HostFile.readText("/etc/passwd").split(separator: "\n").map { $0.split(separator: ":", omittingEmptySubsequences: false) }
        guard let line = lines.first(where: { $0.first.map(String.init) == node.owner }), line.count > 2, let uid = UInt32(line[2]) else {
            throw NodeProblem(.invalid, "node.owner: there is no user \(node.owner); make it, or name another in the configuration")
        }
        return uid
    }
}

/// The socket that roostd connects to: its user's, in a directory of root's, where nobody else can replace it.
enum NodeSocket {
    static func listen(at path: String, owner: UInt32) throws -> Descriptor {
        try HostFile.makeDirectories(HostFile.split(path).folder, mode: 0o711)
        let listener = try LocalSocket.listenForStreams(at: path, mode: 0o600)
        try HostFile.changeOwner(path, uid: owner, gid: 0)
        return listener
    }
}
