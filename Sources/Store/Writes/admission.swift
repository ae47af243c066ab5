internal import Domain
internal import GRDB
internal import NodeModel

extension TenantRecord {
    /// Throws `Refusal.quotaExceeded`, or `resellerQuotaExceeded` where its own would admit it.
    func admit(_ wanted: Quantities, _ db: Database) throws {
        if case .denied(let exceeded) = try verdict(wanted, db) { throw Refusal.quotaExceeded(exceeded) }
        if let owner = try owner(db), case .denied(let exceeded) = try owner.verdict(wanted, db) { throw Refusal.resellerQuotaExceeded(reseller: owner.name, exceeded) }
    }

    private func verdict(_ wanted: Quantities, _ db: Database) throws -> Admission { Domain.admit(wanted, usage: try Usage.ofTenant(id, db), ceilings: try ceilings(db)) }
}

extension NodeRecord {
    /// Throws `Refusal.nodeFull`, or `Refusal.nodeUnknown` of one that was never reached.
    func admit(_ wanted: Quantities, _ ratios: OvercommitRatios, _ db: Database) throws {
        guard observedAt != nil else { throw Refusal.nodeUnknown(name) }
        if case .denied(let exceeded) = Domain.admit(wanted, usage: try Usage.ofNode(id, db), ceilings: Ceilings(sellable(ratios))) { throw Refusal.nodeFull(exceeded) }
    }
}
