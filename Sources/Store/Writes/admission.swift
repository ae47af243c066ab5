internal import Domain
internal import GRDB
internal import NodeModel

extension TenantRecord {
    /// Throws `Refusal.quotaExceeded`.
    func admit(_ wanted: Quantities, _ db: Database) throws {
        if case .denied(let exceeded) = Domain.admit(wanted, usage: try Usage.ofTenant(id, db), ceilings: try ceilings(db)) { throw Refusal.quotaExceeded(exceeded) }
    }
}

extension NodeRecord {
    /// Throws `Refusal.nodeFull`, or `Refusal.nodeUnknown` of one that was never reached.
    func admit(_ wanted: Quantities, _ ratios: OvercommitRatios, _ db: Database) throws {
        guard observedAt != nil else { throw Refusal.nodeUnknown(name) }
        if case .denied(let exceeded) = Domain.admit(wanted, usage: try Usage.ofNode(id, db), ceilings: Ceilings(sellable(ratios))) { throw Refusal.nodeFull(exceeded) }
    }
}
