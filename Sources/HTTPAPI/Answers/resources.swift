internal import APIModel
internal import ControlPlane
internal import Domain
internal import NodeModel
internal import Store

extension Quota {
    init(_ quantities: Quantities) {
        self.init(
            vps: quantities.vps, cpuMillicores: quantities.cpuMillicores, memoryBytes: quantities.memoryBytes, diskBytes: quantities.diskBytes,
            addresses: quantities.addresses)
    }
}

extension Tenant {
    init(_ record: TenantRecord) {
        self.init(
            name: record.name, quota: Quota(record.ceilings.quantities), usage: Quota(record.usage), suspensions: record.suspensions.map(Suspension.init), externalID: record.externalID,
            isReseller: record.isReseller, reseller: record.reseller, createdAt: timestamp(milliseconds: record.createdAt))
    }
}

extension Suspension {
    init(_ record: SuspensionRecord) {
        self.init(reason: record.reason.rawValue, scope: record.extent.rawValue, detail: record.detail, since: timestamp(milliseconds: record.since))
    }
}

extension Plan {
    init(_ record: PlanRecord) {
        self.init(
            name: record.name, cpuMillicores: record.terms.cpuMillicores, memoryBytes: record.terms.memoryBytes, swapBytes: record.terms.swapBytes,
            diskBytes: record.terms.diskBytes, processes: record.terms.processes, nesting: record.terms.nesting, createdAt: timestamp(milliseconds: record.createdAt))
    }
}

extension Template {
    init(_ template: TemplateObservation) {
        self.init(
            name: template.name, summary: template.summary, digest: template.digest, imageBytes: template.imageBytes, minimumDiskBytes: template.minimumDiskBytes,
            builtAt: timestamp(seconds: template.builtAt))
    }
}

extension VPS {
    init(_ view: VPSView, for scope: Scope) {
        let record = view.record
        self.init(
            id: record.id.text, tenant: record.tenant, name: record.name, plan: record.plan, template: record.template, node: record.node, state: view.state.rawValue,
            stateReason: view.reason, desiredState: record.desired.rawValue, suspensions: record.suspensions.map(Suspension.init),
            addresses: record.addresses.map { Address(family: $0.family.rawValue, address: $0.address, prefixLength: $0.prefixLength) },
            cpuMillicores: record.terms.cpuMillicores, memoryBytes: record.terms.memoryBytes, diskBytes: record.terms.diskBytes,
            initPid: scope.isAdmin ? view.initPid : nil, externalID: record.externalID, createdAt: timestamp(milliseconds: record.createdAt))
    }
}

extension Operation {
    init(_ view: OperationView, for scope: Scope) {
        let record = view.record
        self.init(
            id: record.id, kind: record.kind.rawValue, subject: record.subject, status: view.status.rawValue, progress: view.progress, message: view.message,
            error: record.failure.map { Problem(Problem.Code(rawValue: $0.code) ?? .operationFailed, $0.detail) }, vps: view.vps.map { VPS($0, for: scope) },
            createdAt: timestamp(milliseconds: record.createdAt), finishedAt: record.finishedAt.map(timestamp(milliseconds:)))
    }
}

extension Node {
    init(_ view: NodeView) {
        let capacity = view.record.capacity
        self.init(
            name: view.record.name, status: view.online ? "online" : "unreachable", version: capacity.version, kernel: capacity.kernel, cgroupVersion: capacity.cgroupVersion,
            capacity: Resources(cpuMillicores: capacity.cpuMillicores, memoryBytes: capacity.memoryBytes, diskBytes: capacity.poolBytes),
            sellable: Resources(view.sellable), sold: Resources(view.sold))
    }
}

extension Node.Resources {
    init(_ quantities: Quantities) {
        self.init(cpuMillicores: quantities.cpuMillicores, memoryBytes: quantities.memoryBytes, diskBytes: quantities.diskBytes)
    }
}

extension AddressLease {
    init(_ record: LeaseRecord) {
        self.init(
            family: record.address.family.rawValue, address: record.address.address, prefixLength: record.address.prefixLength, tenant: record.tenant ?? "", vps: record.vps ?? "",
            leasedAt: timestamp(milliseconds: record.leasedAt))
    }
}

extension AddressHolding {
    init(_ record: HoldingRecord) {
        self.init(
            address: record.address.address, prefixLength: record.address.prefixLength, tenant: record.tenant, vps: record.vps, vpsID: record.vpsID, leasedAt: timestamp(milliseconds: record.leasedAt),
            releasedAt: record.releasedAt.map(timestamp(milliseconds:)))
    }
}

extension DoctorCheck {
    init(_ check: Check) {
        self.init(name: check.name, status: check.status.rawValue, found: check.found, meaning: check.meaning, remedy: check.remedy)
    }
}

extension Caller {
    init(_ scope: Scope) throws {
        guard let terms = scope.terms else { throw ControlPlaneError.unauthenticated("nobody has said who he is") }
        self.init(role: terms.role.rawValue, tenant: scope.tenant?.text, user: scope.login?.name.text, verbs: terms.allowed.map(\.rawValue).sorted(), vps: terms.vpses?.map(\.text).sorted())
    }
}
