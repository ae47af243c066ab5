internal import Domain
package import NodeModel
internal import Store

extension ControlPlane {
    /// The control plane's own checks, then the node's, where it can be asked.
    package func doctor(_ scope: Scope) async throws(ControlPlaneError) -> [Check] {
        try scope.require(.administer)
        let database = try await tried { try await store.integrity() }
        var checks = [
            Check(
                name: "database", status: database == "ok" ? .ok : .missing, found: database == "ok" ? "whole, schema \(store.schemaVersion)" : database,
                meaning: database == "ok" ? "" : "records may be lost", remedy: database == "ok" ? "" : "stop roostd and put back a backup")
        ]
        do {
            guard case .checks(let found) = try await link.request(.doctor, within: policy.patience.answer, progress: { _, _ in }) else { throw NodeLinkError.violation("no checks") }
            checks.append(Check(name: "node \(policy.node)", status: .ok, found: "reachable"))
            if let strays = strays() { checks.append(strays) }
            checks += found
        } catch {
            checks.append(
                Check(
                    name: "node \(policy.node)", status: .missing, found: "\(error)", meaning: "VPSes run on, but can be neither changed nor seen",
                    remedy: "start roost-node; look at node.socket and node.owner in the settings"))
        }
        return checks
    }

    private func strays() -> Check? {
        let strays = status.strays
        guard !strays.isEmpty else { return nil }
        return Check(
            name: "strays", status: .warning, found: strays.map(\.text).joined(separator: " "), meaning: "the node has VPSes that are in no record; they are left alone",
            remedy: "if the records were put back from a backup, put back a later one; else remove them on the node")
    }
}
