package import Domain
package import GRDB
package import NodeModel

package struct VPSRecord: Sendable, Equatable {
    package enum Phase: String, Sendable { case live, deleting, abandoned }

    package var id: VPSID
    package var tenant: String
    package var name: String
    package var externalID: String?
    package var node: String
    package var plan: String
    package var phase: Phase
    package var terms: PlanTerms
    package var template: String
    package var templateDigest: String
    package var hostname: String
    package var sshKeys: [String]
    package var idSlot: Int64
    package var desired: VPSSpecification.Power
    package var generation: Int64
    /// running, stopped, failed or unknown: what passes is not recorded.
    package var observedState: Observation.State
    package var observedGeneration: Int64
    package var haltedByGuest: Bool
    /// The node had it once, and does not have it any more.
    package var missing: Bool
    package var initPid: Int32?
    package var reason: String?
    package var createdAt: Int64
    /// What is under way with it.
    package var pending: OperationRecord.Kind?
    package var addresses: [VPSSpecification.Address] = []
    /// Its own, its tenant's, and its tenant's reseller's.
    package var suspensions: [SuspensionRecord] = []
    let tenantID: Int64
    let resellerID: Int64?

    /// What the node is to do: what the tenant desires, unless it may not run.
    package var power: VPSSpecification.Power { suspensions.isEmpty ? desired : .stopped }
    package var subject: String { "\(tenant)/\(name)" }
    /// As it should be, and so seen.
    package var isSettled: Bool { observedGeneration == generation && observedState.rawValue == power.rawValue }
}

extension VPSRecord: FetchableRecord {
    static let selection = """
        SELECT v.*, t.name AS tenant, t.reseller_id, n.name AS node, p.name AS plan, (SELECT kind FROM operations o WHERE o.vps_id = v.id AND o.status = 'pending') AS pending
        FROM vpses v JOIN tenants t ON t.id = v.tenant_id JOIN nodes n ON n.id = v.node_id JOIN plans p ON p.id = v.plan_id
        """

    package init(row: Row) throws {
        id = try row.word("id", VPSID.init)
        tenant = row["tenant"]
        name = row["name"]
        externalID = row["external_id"]
        node = row["node"]
        plan = row["plan"]
        phase = try row.word("phase", Phase.init)
        terms = PlanTerms(row: row)
        template = row["template"]
        templateDigest = row["template_digest"]
        hostname = row["hostname"]
        sshKeys = (row["ssh_keys"] as String).split(separator: "\n").map(String.init)
        idSlot = row["id_slot"]
        desired = try row.word("desired_power", VPSSpecification.Power.init)
        generation = row["generation"]
        observedState = try row.word("observed_state", Observation.State.init)
        observedGeneration = row["observed_generation"]
        haltedByGuest = row["halted_by_guest"]
        missing = row["missing"]
        pending = try (row["pending"] as String?).map { _ in try row.word("pending", OperationRecord.Kind.init) }
        initPid = row["init_pid"]
        reason = row["reason"]
        createdAt = row["created_at"]
        tenantID = row["tenant_id"]
        resellerID = row["reseller_id"]
    }
}

extension Row {
    /// A column that the schema's CHECK keeps within the words of `parse`; anything else is damage.
    func word<Word>(_ column: String, _ parse: (String) -> Word?) throws -> Word {
        let text: String = self[column]
        guard let word = parse(text) else { throw DatabaseError(resultCode: .SQLITE_CORRUPT, message: "\(column) is \(text)") }
        return word
    }
}
