internal import APIClient
internal import APIModel

/// A plan of changes, as a diff tells it.
enum HostingText {
    static func line(_ step: HostingPlan.Step, _ style: Style = .plain) -> String {
        switch step {
        case .createPlan(let plan): style.dress("+ plan \(Visible.text(plan.name)): cpu \(CPUText.cores(plan.cpuMillicores)), memory \(SizeText.exact(plan.memoryBytes)), disk \(SizeText.exact(plan.diskBytes))", .good)
        case .createTenant(let tenant): style.dress("+ tenant \(Visible.text(tenant.name))\(standing(tenant)): \(quota(tenant.quota))", .good)
        case .changeQuota(let tenant, let from, let to): style.dress("~ tenant \(Visible.text(tenant)): \(differences(from, to))", .attention)
        case .createVPS(let name, let vps): style.dress("+ vps \(Visible.text("\(name): plan \(vps.plan), template \(vps.template)"))\(vps.start == false ? ", stopped" : "")", .good)
        case .changePlan(let name, let from, let to): style.dress("~ vps \(Visible.text("\(name): plan \(from) → \(to)"))", .attention)
        case .power(let name, let power): style.dress("~ vps \(Visible.text("\(name)")): \(power.rawValue)", .attention)
        }
    }

    private static func standing(_ tenant: TenantCreate) -> String { tenant.isReseller == true ? ", a reseller" : tenant.reseller.map { " of \(Visible.text($0))" } ?? "" }

    /// What the file does not name is said, and left.
    static func unnamed(_ names: [String]) -> String { names.isEmpty ? "" : "not in the file, and left as it is: \(Visible.text(names.joined(separator: ", ")))\n" }

    private static func quota(_ quota: Quota) -> String { parts(quota).map { "\($0.name) \($0.value)" }.joined(separator: ", ") }

    private static func differences(_ from: Quota, _ to: Quota) -> String {
        zip(parts(from), parts(to)).filter { $0.value != $1.value }.map { "\($0.name) \($0.value) → \($1.value)" }.joined(separator: ", ")
    }

    private static func parts(_ quota: Quota) -> [(name: String, value: String)] {
        [
            ("vps", "\(quota.vps)"), ("cpu", CPUText.cores(quota.cpuMillicores)), ("memory", SizeText.exact(quota.memoryBytes)), ("disk", SizeText.exact(quota.diskBytes)), ("addresses", "\(quota.addresses)"),
        ]
    }
}
