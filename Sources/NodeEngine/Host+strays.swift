internal import Cgroups
internal import Foundation
internal import Filtering
internal import Kernel
internal import Netlinking
internal import NodeModel

extension Host {
    /// Ids that have something on the host and no record.
    func strays(_ known: Set<VPSID>) -> Set<VPSID> {
        let sockets = ((try? FileManager.default.contentsOfDirectory(atPath: layout.wardens)) ?? []).compactMap { $0.split(separator: ".").first.flatMap { VPSID(String($0)) } }  // none yet
        var links: [VPSID] = []
        if let socket = try? NetlinkSocket(.route), let found = try? socket.links(prefix: ruleset.prefix) { links = found.compactMap { VPSID(String($0.name.dropFirst(layout.interfacePrefix.count))) } }  // no netlink, no links
        return Set(sockets + links + ((try? cgroups.list()) ?? [])).subtracting(known)  // no tree, no groups
    }
}
