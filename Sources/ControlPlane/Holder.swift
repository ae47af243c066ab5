internal import Domain

/// Of whom something that he holds is counted: his token, his tenant, and the reseller with all of its own. Whoever needs no token is not.
enum Holder: Hashable, Sendable {
    case token(String)
    case tenant(Name)
    case reseller(Name)

    static func of(_ scope: Scope) -> [Holder] {
        (scope.token.map { [.token($0)] } ?? []) + (scope.tenant.map { [.tenant($0)] } ?? []) + (scope.reseller.map { [.reseller($0)] } ?? [])
    }

    /// A reseller with all of its own may have so many times what one tenant may: one of them keeps the others out of nothing.
    static let resellerFactor = 4
}
