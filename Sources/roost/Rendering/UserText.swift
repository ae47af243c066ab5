internal import APIModel

enum UserText {
    static func table(_ users: [User]) -> Table {
        Table(["name", "tenant", "role", "second factor", "created"], users.map { user in [user.name, user.tenant ?? "-", user.role, user.hasTOTP ? "totp" : "-", user.createdAt].map { Table.Cell($0) } })
    }

    static func details(_ caller: Caller) -> Details {
        Details([
            ("user", Table.Cell(caller.user ?? "-")), ("tenant", Table.Cell(caller.tenant ?? "-")), ("role", Table.Cell(caller.role)), ("verbs", Table.Cell(caller.verbs.joined(separator: " "))),
            ("vps", Table.Cell(caller.vps?.joined(separator: " ") ?? "all")),
        ])
    }
}
