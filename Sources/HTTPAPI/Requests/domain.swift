internal import APIModel
internal import ControlPlane
internal import Domain

extension Quantities {
    init(_ quota: Quota) {
        self.init(vps: quota.vps, cpuMillicores: quota.cpuMillicores, memoryBytes: quota.memoryBytes, diskBytes: quota.diskBytes, addresses: quota.addresses)
    }
}

extension Ceilings {
    init(_ change: TenantChange) {
        let values: [(Dimension, Int64?)] = [
            (.vps, change.vps), (.cpuMillicores, change.cpuMillicores), (.memoryBytes, change.memoryBytes), (.diskBytes, change.diskBytes), (.addresses, change.addresses),
        ]
        self = values.reduce(into: Ceilings()) { $0[$1.0] = $1.1 }
    }
}

extension PlanTerms {
    static let defaultProcesses: Int64 = 512

    init(_ plan: PlanCreate) {
        self.init(
            cpuMillicores: plan.cpuMillicores, memoryBytes: plan.memoryBytes, swapBytes: plan.swapBytes ?? 0, diskBytes: plan.diskBytes,
            processes: plan.processes ?? Self.defaultProcesses, nesting: plan.nesting ?? false)
    }
}

extension VPSWish {
    init(_ body: VPSCreate) throws {
        self.init(
            name: try HTTPAPI.name(body.name), plan: try HTTPAPI.name(body.plan, of: "plan"), template: try HTTPAPI.name(body.template, of: "template"),
            sshKeys: try (body.sshKeys ?? []).map { text in try said(nil) { try SSHPublicKey(text) } }, start: body.start ?? true, externalID: try body.externalID.map { text in try said("externalID") { try ExternalID(text) } })
    }
}
