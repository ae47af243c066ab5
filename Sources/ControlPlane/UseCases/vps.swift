package import Domain
package import NodeModel
package import Store

/// What somebody wants who creates a VPS.
package struct VPSWish: Sendable {
    package var name: Name
    package var plan: Name
    package var template: Name
    package var sshKeys: [SSHPublicKey]
    package var start: Bool
    /// What the books of whoever sells it call it; its tenant gives none.
    package var externalID: ExternalID?

    package init(name: Name, plan: Name, template: Name, sshKeys: [SSHPublicKey], start: Bool, externalID: ExternalID? = nil) {
        self.externalID = externalID
        self.name = name
        self.plan = plan
        self.template = template
        self.sshKeys = sshKeys
        self.start = start
    }
}

extension Scope {
    fileprivate func reaches(_ record: VPSRecord) -> Bool { terms?.vpses.map { $0.contains { $0.text == record.name } } ?? true }
}

extension ControlPlane {
    package static let mostSSHKeys = 64

    /// `tenant`: nil for all that he may see.
    package func vpses(_ scope: Scope, tenant: Name?) async throws(ControlPlaneError) -> [VPSView] {
        if let asked = tenant ?? scope.tenant { try scope.require(.read, of: asked) } else { try scope.require(.read) }
        let records = try await tried {
            if tenant == nil, scope.resold != nil, let reseller = scope.tenant { try await store.vpses(reseller: reseller) } else { try await store.vpses(tenant: tenant ?? scope.tenant) }
        }
        return records.filter { scope.reaches($0) }.map(view)
    }

    package func vps(_ scope: Scope, tenant: Name, name: Name) async throws(ControlPlaneError) -> VPSView {
        try scope.require(.read, of: tenant, vps: name)
        return try await tried { view(try await store.vps(tenant: tenant, name: name)) }
    }

    /// By id: for admins, who meet ids on the host.
    package func vps(_ scope: Scope, id: VPSID) async throws(ControlPlaneError) -> VPSView {
        try scope.require(.administer)
        return try await tried {
            guard let record = try await store.vps(id), record.phase != .abandoned else { throw Refusal.notFound(.vps, id.text) }
            return view(record)
        }
    }

    package func createVPS(_ scope: Scope, tenant: Name, _ wish: VPSWish) async throws(ControlPlaneError) -> OperationRecord {
        try scope.require(.manage, of: tenant, vps: wish.name)
        if wish.externalID != nil { try scope.require(.sell, platform: .administer, ofResold: tenant) }
        try requireOwn(wish.externalID, scope)
        guard wish.sshKeys.count <= Self.mostSSHKeys else { throw .invalid("more than \(Self.mostSSHKeys) SSH keys") }
        let request = VPSRequest(
            tenant: tenant, name: wish.name, plan: wish.plan, template: wish.template, sshKeys: wish.sshKeys, start: wish.start, externalID: wish.externalID, node: policy.node,
            ratios: policy.ratios, idSlots: policy.idSlots)
        return try await begin { id in
            let (record, operation) = try await store.createVPS(request, operation: id, by: scope.author)
            reconciler.noteUntried(operation.id)
            return (.vps(record.id), operation)
        }
    }

    package func startVPS(_ scope: Scope, tenant: Name, name: Name) async throws(ControlPlaneError) -> OperationRecord {
        try await changePower(scope, tenant, name, .start, force: false)
    }

    /// The guest is asked to shut down first, unless `force`.
    package func stopVPS(_ scope: Scope, tenant: Name, name: Name, force: Bool) async throws(ControlPlaneError) -> OperationRecord {
        try await changePower(scope, tenant, name, .stop, force: force)
    }

    package func restartVPS(_ scope: Scope, tenant: Name, name: Name, force: Bool) async throws(ControlPlaneError) -> OperationRecord {
        try await changePower(scope, tenant, name, .restart, force: force)
    }

    /// To another plan's sizes; what grows, grows while it runs.
    package func changeVPS(_ scope: Scope, tenant: Name, name: Name, to plan: Name) async throws(ControlPlaneError) -> OperationRecord {
        try scope.require(.manage, of: tenant, vps: name)
        return try await begin { id in
            let (record, operation) = try await store.changeVPS(tenant: tenant, name: name, to: plan, policy.ratios, despite: scope.despite, operation: id, by: scope.author)
            return (.vps(record.id), operation)
        }
    }

    package func deleteVPS(_ scope: Scope, tenant: Name, name: Name) async throws(ControlPlaneError) -> OperationRecord {
        try scope.require(.manage, of: tenant, vps: name)
        return try await begin { id in
            let (record, operation) = try await store.requestDeletion(tenant: tenant, name: name, despite: scope.despite, operation: id, by: scope.author)
            return (.vps(record.id), operation)
        }
    }

    private func changePower(_ scope: Scope, _ tenant: Name, _ name: Name, _ kind: OperationRecord.Kind, force: Bool) async throws(ControlPlaneError) -> OperationRecord {
        try scope.require(.power, of: tenant, vps: name)
        return try await begin { id in
            let (record, operation) = try await store.changePower(
                tenant: tenant, name: name, kind, graceSeconds: force ? 0 : policy.patience.graceSeconds, operation: id, by: scope.author)
            return (.vps(record.id), operation)
        }
    }

    func view(_ record: VPSRecord) -> VPSView { VPSView(record, nodeOnline: status.isOnline) }
}
