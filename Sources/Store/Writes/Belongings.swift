internal import GRDB

/// What a tenant, or the platform, has only so many of.
enum Belongings: String {
    case tokens, users, webhooks

    /// Of a reseller with all of its own.
    private static let mostOfReseller = 4000

    /// `owner`: nil for the platform. Throws `Refusal.wrongState` where there is no room for one more.
    func requireRoom(_ owner: TenantRecord?, _ db: Database) throws {
        let count = try Int.fetchOne(db, cached: "SELECT count(*) FROM \(rawValue) WHERE \(counted) AND coalesce(tenant_id, 0) = ?", arguments: [owner?.id ?? 0]) ?? 0
        guard count < most else { throw Refusal.wrongState("there are \(most) \(rawValue) already; \(remedy) some") }
        guard let owner, let reseller = owner.resellerID ?? (owner.isReseller ? owner.id : nil) else { return }
        let all = try Int.fetchOne(
            db, cached: "SELECT count(*) FROM \(rawValue) WHERE \(counted) AND tenant_id IN (SELECT ?1 UNION ALL SELECT id FROM tenants WHERE reseller_id = ?1)", arguments: [reseller]) ?? 0
        guard all < Self.mostOfReseller else { throw Refusal.wrongState("the reseller and its tenants have \(Self.mostOfReseller) \(rawValue) already; \(remedy) some") }
    }

    private var most: Int {
        switch self {
        case .tokens: Store.mostTokens
        case .users: Store.mostUsers
        case .webhooks: Store.mostWebhooks
        }
    }

    /// Sessions are counted apart, by user.
    private var counted: String { self == .tokens ? "revoked_at IS NULL AND user_id IS NULL" : "1" }
    private var remedy: String { self == .tokens ? "revoke" : "delete" }
}
