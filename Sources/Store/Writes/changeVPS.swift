package import Domain
internal import GRDB
internal import NodeModel

extension Store {
    /// Begins a start, stop or restart. The same verb under way already is joined; another is refused. The generation goes up
    /// unless the VPS is seen to be so already, or only restarts.
    package func changePower(tenant: Name, name: Name, _ kind: OperationRecord.Kind, graceSeconds: Int, operation: String, by author: Author) async throws -> (VPSRecord, OperationRecord) {
        try await written { [now, terms = WriteTerms.current] db in
            let record = try VPSRecord.named(tenant, name, db)
            try terms.check(record, record.subject)
            guard record.phase == .live else { throw Refusal.wrongState("\(record.subject) is being deleted") }
            try record.refuseSuspended(unless: kind == .stop)
            if let pending = try OperationRecord.pending(record.id, db) { return ((record, try pending.joined(by: kind)), pending.id) }
            if kind == .restart {
                guard record.desired == .running else { throw Refusal.wrongState("\(record.subject) is stopped; start it") }
            } else {
                try db.desire(kind == .start ? .running : .stopped, of: record)
            }
            let begun = try db.beginOperation(operation, kind, subject: record.subject, vps: record.id, graceSeconds: graceSeconds, at: now())
            let changed = try VPSRecord.with(record.id, db) ?? record
            try db.recordEvent("\(kind.rawValue).requested", record.subject, by: author, at: now(), before: record, after: changed)
            return ((changed, begun), begun.id)
        }
    }

    /// Begins the change to another plan's sizes, of which what grows is admitted as a creation is. The same under way already is joined.
    package func changePlan(tenant: Name, name: Name, _ plan: Name, _ ratios: OvercommitRatios, evenSuspended: Bool, operation: String, by author: Author) async throws -> (VPSRecord, OperationRecord) {
        try await written { [now, terms = WriteTerms.current] db in
            let record = try VPSRecord.named(tenant, name, db)
            try terms.check(record, record.subject)
            try record.refuseSuspended(unless: evenSuspended)
            guard record.phase == .live else { throw Refusal.wrongState("\(record.subject) is being deleted") }
            let plan = try PlanRecord.named(plan, db)
            if let pending = try OperationRecord.pending(record.id, db) {
                guard plan.name == record.plan else { throw Refusal.busy(operation: pending.id, kind: pending.kind.rawValue) }
                return ((record, try pending.joined(by: .change)), pending.id)
            }
            let isStopped = record.power == .stopped && record.observedState == .stopped
            if let obstacle = record.terms.obstacle(to: plan.terms, isStopped: isStopped) { throw Refusal.wrongState("\(record.subject): \(obstacle)") }
            let growth = record.terms.growth(to: plan.terms)
            try TenantRecord.named(tenant, db).admit(growth, db)
            try NodeRecord.named(record.node, db).admit(growth, ratios, db)
            try db.execute(
                cached: "UPDATE vpses SET plan_id = ?, cpu_millicores = ?, memory_bytes = ?, swap_bytes = ?, processes = ?, nesting = ?, generation = generation + 1 WHERE id = ?",
                arguments: [plan.id, plan.terms.cpuMillicores, plan.terms.memoryBytes, plan.terms.swapBytes, plan.terms.processes, plan.terms.nesting, record.id.text])
            let begun = try db.beginOperation(operation, .change, subject: record.subject, vps: record.id, graceSeconds: 0, at: now())
            let changed = try VPSRecord.with(record.id, db) ?? record
            try db.recordEvent("vps.change.requested", record.subject, by: author, at: now(), "plan=\(plan.name)", before: record, after: changed)
            return ((changed, begun), begun.id)
        }
    }

    /// Begins a deletion: from here on the VPS only goes. Its addresses, ids and quota are free when the node says that it is gone.
    /// `evenSuspended`: whoever it belongs to may have done what has to be looked at.
    package func requestDeletion(tenant: Name, name: Name, evenSuspended: Bool, operation: String, by author: Author) async throws -> (VPSRecord, OperationRecord) {
        try await committed { [now, terms = WriteTerms.current] db in
            let record = try VPSRecord.named(tenant, name, db)
            try terms.check(record, record.subject)
            try record.refuseSuspended(unless: evenSuspended)
            if let pending = try OperationRecord.pending(record.id, db) { return (record, try pending.joined(by: .delete)) }
            try db.execute(cached: "UPDATE vpses SET phase = 'deleting' WHERE id = ?", arguments: [record.id.text])
            let begun = try db.beginOperation(operation, .delete, subject: record.subject, vps: record.id, graceSeconds: 0, at: now())
            let changed = try VPSRecord.with(record.id, db) ?? record
            try db.recordEvent("vps.delete.requested", record.subject, by: author, at: now(), "id=\(record.id)", before: record, after: changed)
            return (changed, begun)
        }
    }
}

extension VPSRecord {
    fileprivate func refuseSuspended(unless isAllowed: Bool) throws {
        guard isAllowed || suspensions.isEmpty else { throw Refusal.suspended(subject, suspensions.map(\.reason)) }
    }
}

extension OperationRecord {
    fileprivate func joined(by kind: Kind) throws -> OperationRecord {
        guard self.kind == kind else { throw Refusal.busy(operation: id, kind: self.kind.rawValue) }
        return self
    }
}

extension Database {
    func desire(_ power: VPSSpecification.Power, of record: VPSRecord) throws {
        if record.desired == power, record.isSettled { return }
        try execute(cached: "UPDATE vpses SET desired_power = ?, generation = generation + 1 WHERE id = ?", arguments: [power.rawValue, record.id.text])
    }
}
