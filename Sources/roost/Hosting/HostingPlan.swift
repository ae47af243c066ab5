internal import APIClient
internal import APIModel

/// What is to be done so that what is becomes what the file says, in this order. Pure.
struct HostingPlan: Equatable {
    enum Step: Equatable {
        case createPlan(PlanCreate)
        case createTenant(TenantCreate)
        /// From what it is to what it becomes.
        case changeQuota(tenant: String, from: Quota, to: Quota)
        case createVPS(VPSName, VPSCreate)
        case changePlan(VPSName, from: String, to: String)
        case power(VPSName, RoostClient.Power)
    }

    var steps: [Step] = []
    /// What is, and the file does not name; it stays.
    var unnamed: [String] = []

    /// Throws `InvalidValue` for what cannot become what the file says.
    init(_ file: HostingFile, templates: Set<String>, plans: [Plan], tenants: [Tenant], vpses: [VPS]) throws {
        let knownPlans = Dictionary(plans.map { ($0.name, $0) }) { $1 }
        let knownTenants = Dictionary(tenants.map { ($0.name, $0) }) { $1 }
        let knownVPSes = Dictionary(vpses.map { ("\($0.tenant)/\($0.name)", $0) }) { $1 }
        var lowered: [Step] = []
        for plan in file.plans {
            guard let known = knownPlans[plan.name] else { steps.append(.createPlan(plan)); continue }
            guard PlanCreate(known) == plan else { throw InvalidValue("plan \(plan.name) is otherwise already, and plans do not change: give the new sizes a new name") }
        }
        // A reseller is there, and has more, before its customers are, and do; whose customer somebody is the file need not say again.
        let isResold: (HostingFile.Tenant) -> Bool = { ($0.reseller ?? knownTenants[$0.name]?.reseller) != nil }
        for tenant in file.tenants.filter({ !isResold($0) }) + file.tenants.filter(isResold) {
            if let known = knownTenants[tenant.name] {
                guard tenant.externalID == nil || known.externalID == tenant.externalID else { throw InvalidValue("tenant \(tenant.name) has the external id \(known.externalID ?? "none"), which does not change") }
                guard tenant.isReseller ?? known.isReseller == known.isReseller, tenant.reseller ?? known.reseller == known.reseller else { throw InvalidValue("tenant \(tenant.name) is \(Self.standing(known)), which a file does not change") }
                // What is more is given first, what is less is taken last: what is moved needs both.
                let raised = known.quota.raised(to: tenant.quota)
                if raised != known.quota { steps.append(.changeQuota(tenant: tenant.name, from: known.quota, to: raised)) }
                if raised != tenant.quota { lowered.insert(.changeQuota(tenant: tenant.name, from: raised, to: tenant.quota), at: 0) }
            } else {
                steps.append(.createTenant(TenantCreate(name: tenant.name, quota: tenant.quota, externalID: tenant.externalID, reseller: tenant.reseller, isReseller: tenant.isReseller)))
            }
        }
        let sizes = Dictionary(plans.map { ($0.name, $0.memoryBytes) } + file.plans.map { ($0.name, $0.memoryBytes) }) { $1 }
        let ofVPSes = try file.tenants.flatMap { tenant in try tenant.vpses.flatMap { try Self.steps(VPSName(tenant: tenant.name, name: $0.name), $0, knownVPSes["\(tenant.name)/\($0.name)"], plans: Set(sizes.keys), templates) } }
        // What gives room comes before what takes it.
        for rank in 0...3 { steps += ofVPSes.filter { Self.rank($0, sizes) == rank } }
        steps += lowered
        let (namedTenants, namedVPSes) = (Set(file.tenants.map(\.name)), Set(file.tenants.flatMap { tenant in tenant.vpses.map { "\(tenant.name)/\($0.name)" } }))
        unnamed = tenants.map(\.name).filter { !namedTenants.contains($0) }.map { "tenant \($0)" } + knownVPSes.keys.filter { !namedVPSes.contains($0) }.sorted().map { "vps \($0)" }
    }

    private static func standing(_ tenant: Tenant) -> String { tenant.isReseller ? "a reseller" : tenant.reseller.map { "\($0)'s customer" } ?? "no reseller, and nobody's customer" }

    /// What is stopped can become smaller, and starts as what it has become.
    private static func rank(_ step: Step, _ sizes: [String: Int64]) -> Int {
        switch step {
        case .power(_, .stop): 0
        case .changePlan(_, let from, let to): sizes[to] ?? 0 < sizes[from] ?? 0 ? 1 : 2
        default: 3
        }
    }

    private static func steps(_ name: VPSName, _ wanted: HostingFile.VPS, _ known: VPS?, plans: Set<String>, _ templates: Set<String>) throws -> [Step] {
        // What would be refused halfway is refused before anything is done.
        guard plans.contains(wanted.plan) else { throw InvalidValue("vps \(name): there is no plan \(wanted.plan)") }
        guard let known else {
            guard templates.contains(wanted.template) else { throw InvalidValue("vps \(name): there is no template \(wanted.template)") }
            return [.createVPS(name, VPSCreate(name: wanted.name, plan: wanted.plan, template: wanted.template, sshKeys: wanted.sshKeys.isEmpty ? nil : wanted.sshKeys, start: wanted.runs ? nil : false, externalID: wanted.externalID))]
        }
        guard known.template == wanted.template else { throw InvalidValue("vps \(name) was made from \(known.template), not \(wanted.template): its disk does not change") }
        guard wanted.externalID == nil || known.externalID == wanted.externalID else { throw InvalidValue("vps \(name) has the external id \(known.externalID ?? "none"), which does not change") }
        let power: [Step] = (known.desiredState == "running") == wanted.runs ? [] : [.power(name, wanted.runs ? .start : .stop)]
        let plan: [Step] = known.plan == wanted.plan ? [] : [.changePlan(name, from: known.plan, to: wanted.plan)]
        return power + plan
    }
}

extension PlanCreate {
    fileprivate init(_ plan: Plan) {
        self.init(
            name: plan.name, cpuMillicores: plan.cpuMillicores, memoryBytes: plan.memoryBytes, diskBytes: plan.diskBytes, swapBytes: plan.swapBytes, processes: plan.processes, nesting: plan.nesting)
    }
}

extension Quota {
    fileprivate func raised(to other: Quota) -> Quota {
        Quota(
            vps: max(vps, other.vps), cpuMillicores: max(cpuMillicores, other.cpuMillicores), memoryBytes: max(memoryBytes, other.memoryBytes), diskBytes: max(diskBytes, other.diskBytes),
            addresses: max(addresses, other.addresses))
    }
}
