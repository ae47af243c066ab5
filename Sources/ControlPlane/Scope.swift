package import Domain
internal import Store

/// Who asks. Every use case takes it first, so that forgetting to look doesn't compile.
package enum Scope: Sendable, Equatable {
    case admin
    case tenant(Name)

    /// As events name it.
    package var actor: String {
        switch self {
        case .admin: "admin"
        case .tenant(let name): "tenant \(name)"
        }
    }

    func requireAdmin() throws(ControlPlaneError) {
        guard self == .admin else { throw .forbidden }
    }

    /// Another's is as if it did not exist.
    func require(_ tenant: Name) throws(ControlPlaneError) {
        guard self == .admin || self == .tenant(tenant) else { throw .refused(.notFound(.tenant, tenant.text)) }
    }
}
