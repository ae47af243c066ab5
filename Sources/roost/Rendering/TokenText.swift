internal import APIModel

enum TokenText {
    static func table(_ tokens: [Token]) -> Table {
        Table(
            ["id", "name", "tenant", "role", "verbs", "vps", "from", "state", "expires", "last used"],
            tokens.map { token in
                [token.id, token.name, token.tenant ?? "-", token.role, token.verbs.joined(separator: " "), token.vps?.joined(separator: " ") ?? "all",
                 token.sources.isEmpty ? "anywhere" : token.sources.joined(separator: " "), token.state, token.expiresAt ?? "-",
                 token.lastUsedAt.map { "\($0) from \(token.lastUsedFrom ?? "?")" } ?? "never"].map { Table.Cell($0) }
            })
    }
}
