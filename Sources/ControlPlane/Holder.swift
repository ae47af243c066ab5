internal import Domain

/// Of whom something that he holds is counted: his token, and his tenant. Whoever needs no token is not.
enum Holder: Hashable, Sendable {
    case token(String)
    case tenant(Name)

    static func of(_ scope: Scope) -> [Holder] { (scope.token.map { [.token($0)] } ?? []) + (scope.tenant.map { [.tenant($0)] } ?? []) }
}
