package import Domain

/// Why a write was refused; nothing was written.
package enum Refusal: Error, Equatable, Sendable {
    package enum Kind: String, Sendable { case tenant, plan, template, vps = "VPS", node, operation, token, user, webhook, externalID = "external id" }

    case notFound(Kind, String)
    case nameTaken(Kind, String)
    /// What is still there of it.
    case inUse(Kind, String, by: String)
    case quotaExceeded([Exceeded])
    /// Of whoever owns the tenant.
    case resellerQuotaExceeded(reseller: String, [Exceeded])
    case nodeFull([Exceeded])
    case noAddress(AddressPool.Family)
    case noIDSlot
    case nodeUnknown(String)
    case diskTooSmall(template: String, minimumBytes: Int64, planBytes: Int64)
    /// Another operation is under way.
    case busy(operation: String, kind: String)
    case wrongState(String)
    /// What it is about is not as it was said to be.
    case changed(String)
    /// What may not run, and why.
    case suspended(String, [SuspensionReason])
    /// Whoever asks may not any more.
    case tokenGone
    /// The same request was done at the same time.
    case repeated
}
