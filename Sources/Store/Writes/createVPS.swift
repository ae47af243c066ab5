package import Domain
internal import GRDB
internal import NodeModel

/// A VPS that somebody wants.
package struct VPSRequest: Sendable {
    package var tenant: Name
    package var name: Name
    package var plan: Name
    package var template: Name
    package var sshKeys: [SSHPublicKey]
    package var start: Bool
    package var externalID: ExternalID?
    package var node: String
    package var ratios: OvercommitRatios
    /// How many ranges of ids the node has; number 0 belongs to its wardens.
    package var idSlots: Int64

    package init(tenant: Name, name: Name, plan: Name, template: Name, sshKeys: [SSHPublicKey], start: Bool, externalID: ExternalID? = nil, node: String, ratios: OvercommitRatios, idSlots: Int64) {
        self.tenant = tenant
        self.name = name
        self.plan = plan
        self.template = template
        self.sshKeys = sshKeys
        self.start = start
        self.externalID = externalID
        self.node = node
        self.ratios = ratios
        self.idSlots = idSlots
    }
}

extension Store {
    /// Admits and records a VPS with its addresses, or nothing of it: usage is read, decided on and added to in one
    /// IMMEDIATE transaction, so two at once cannot both take the last of a quota.
    package func createVPS(_ request: VPSRequest, operation: String, by author: Author) async throws -> (VPSRecord, OperationRecord) {
        try await written { [now] db, _ in
            let tenant = try TenantRecord.named(request.tenant, db)
            try tenant.suspensions(db).refuse(tenant.name)
            let plan = try PlanRecord.named(request.plan, db)
            let template = try TemplateObservation.named(request.template, db)
            let node = try NodeRecord.named(request.node, db)
            try request.refuseTakenName(tenant, db)
            guard plan.terms.diskBytes >= template.minimumDiskBytes else {
                throw Refusal.diskTooSmall(template: template.name, minimumBytes: template.minimumDiskBytes, planBytes: plan.terms.diskBytes)
            }
            let pools = try LeasingPools.read(db)
            try request.admit(plan.terms.request(ipv4Addresses: pools.has(.ipv4) ? 1 : 0), tenant, node, db)
            let id = try VPSID.unused(db)
            try request.insert(id, tenant, plan, template, node, at: now(), db)
            try pools.lease(to: id, at: now(), db)
            let begun = try db.beginOperation(operation, .create, subject: "\(tenant.name)/\(request.name)", vps: id, graceSeconds: 0, at: now())
            guard let record = try VPSRecord.with(id, db) else { throw Refusal.notFound(.vps, begun.subject) }
            try db.recordEvent("vps.created", begun.subject, by: author, at: now(), "id=\(id) plan=\(plan.name) template=\(template.name)", after: record)
            return ((record, begun), begun.id)
        }
    }
}

extension VPSRequest {
    fileprivate func refuseTakenName(_ tenant: TenantRecord, _ db: Database) throws {
        let taken = try Bool.fetchOne(db, cached: "SELECT EXISTS (SELECT 1 FROM vpses WHERE tenant_id = ? AND name = ? AND phase <> 'abandoned')", arguments: [tenant.id, name.text])
        if taken == true { throw Refusal.nameTaken(.vps, "\(tenant.name)/\(name)") }
        guard let externalID else { return }
        let isKnown = try Bool.fetchOne(db, cached: "SELECT EXISTS (SELECT 1 FROM vpses WHERE external_id = ? AND phase <> 'abandoned')", arguments: [externalID.text])
        if isKnown == true { throw Refusal.nameTaken(.externalID, externalID.text) }
    }

    /// The tenant's quota first: the node's room is nobody's business who may not have more anyway.
    fileprivate func admit(_ wanted: Quantities, _ tenant: TenantRecord, _ node: NodeRecord, _ db: Database) throws {
        try tenant.admit(wanted, db)
        try node.admit(wanted, ratios, db)
    }

    fileprivate func insert(_ id: VPSID, _ tenant: TenantRecord, _ plan: PlanRecord, _ template: TemplateObservation, _ node: NodeRecord, at: Int64, _ db: Database) throws {
        let taken = try Int64.fetchAll(db, cached: "SELECT id_slot FROM vpses WHERE node_id = ? ORDER BY id_slot", arguments: [node.id])
        guard idSlots > 1, let slot = lowestFree(in: 1...(idSlots - 1), taken: taken) else { throw Refusal.noIDSlot }
        try db.execute(
            cached: """
                INSERT INTO vpses (id, tenant_id, name, node_id, plan_id, phase, cpu_millicores, memory_bytes, swap_bytes, disk_bytes, processes, nesting, template,
                    template_digest, hostname, ssh_keys, id_slot, desired_power, generation, observed_state, observed_generation, created_at, external_id)
                VALUES (?, ?, ?, ?, ?, 'live', ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 1, 'unknown', 0, ?, ?)
                """,
            arguments: [
                id.text, tenant.id, name.text, node.id, plan.id, plan.terms.cpuMillicores, plan.terms.memoryBytes, plan.terms.swapBytes, plan.terms.diskBytes,
                plan.terms.processes, plan.terms.nesting, template.name, template.digest, name.text, sshKeys.map(\.line).joined(separator: "\n"), slot,
                start ? "running" : "stopped", at, externalID?.text,
            ])
    }
}

extension VPSID {
    fileprivate static func unused(_ db: Database) throws -> VPSID {
        while true {
            let id = VPSID.random()
            if try Bool.fetchOne(db, cached: "SELECT EXISTS (SELECT 1 FROM vpses WHERE id = ?)", arguments: [id.text]) == false { return id }
        }
    }
}
