internal import APIModel

enum TenantText {
    static func table(_ tenants: [Tenant]) -> Table {
        let areResold = tenants.contains { !standing($0).isEmpty }
        return Table(
            ["name"] + (areResold ? ["reseller"] : []) + [.number("vps"), .number("cpu"), .number("memory"), .number("disk"), .number("addresses"), "suspended"],
            tenants.map { tenant in
                [Table.Cell(tenant.name)] + (areResold ? [Table.Cell(standing(tenant))] : []) + shares(tenant).map { Table.Cell("\($0.used) / \($0.limit)") } + [Table.Cell(tenant.suspensions.map(\.reason).joined(separator: ", "), .attention)]
            })
    }

    static func details(_ tenant: Tenant, _ style: Style = .plain) -> String {
        let suspended = tenant.suspensions.isEmpty ? [] : [(label: "suspended", value: Table.Cell(SuspensionText.words(tenant.suspensions), .attention))]
        let resale = standing(tenant).isEmpty ? [] : [(label: "reseller", value: Table.Cell(standing(tenant)))]
        let head = Details([(label: "name", value: Table.Cell(tenant.name))] + resale + suspended + [(label: "created", value: Table.Cell(tenant.createdAt))]).text(style)
        let quota = Table(
            ["resource", .number("used"), .number("limit")],
            zip(["vps", "cpu", "memory", "disk", "addresses"], shares(tenant)).map { name, share in [Table.Cell(name), Table.Cell(share.used), Table.Cell(share.limit)] })
        return head + "\n" + quota.text(style)
    }

    private static func standing(_ tenant: Tenant) -> String { tenant.reseller ?? (tenant.isReseller ? "itself" : "") }

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
