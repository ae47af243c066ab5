internal import APIModel

enum TenantText {
    static func table(_ tenants: [Tenant]) -> Table {
        Table(
            ["name", .number("vps"), .number("cpu"), .number("memory"), .number("disk"), .number("addresses")],
            tenants.map { tenant in [Table.Cell(tenant.name)] + shares(tenant).map { Table.Cell("\($0.used) / \($0.limit)") } })
    }

    static func details(_ tenant: Tenant, _ style: Style = .plain) -> String {
        let head = Details([("name", Table.Cell(tenant.name)), ("created", Table.Cell(tenant.createdAt))]).text(style)
        let quota = Table(
            ["resource", .number("used"), .number("limit")],
            zip(["vps", "cpu", "memory", "disk", "addresses"], shares(tenant)).map { name, share in [Table.Cell(name), Table.Cell(share.used), Table.Cell(share.limit)] })
        return head + "\n" + quota.text(style)
    }

    private static func shares(_ tenant: Tenant) -> [(used: String, limit: String)] {
        let used = tenant.usage
        let limit = tenant.quota
        return [
            ("\(used.vps)", "\(limit.vps)"),
            (CPUText.cores(used.cpuMillicores), CPUText.cores(limit.cpuMillicores)),
            (SizeText.rounded(used.memoryBytes), SizeText.rounded(limit.memoryBytes)),
            (SizeText.rounded(used.diskBytes), SizeText.rounded(limit.diskBytes)),
            ("\(used.addresses)", "\(limit.addresses)"),
        ]
    }
}
