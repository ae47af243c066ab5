package import Domain
package import Store

extension ControlPlane {
    package static let longestWait = 600

    /// The newest first. `tenant`: nil for all of the platform. `status`: nil for any.
    package func operations(_ scope: Scope, of tenant: Name? = nil, _ filter: OperationFilter = OperationFilter(), status: OperationView.Status? = nil, limit: Int) async throws(ControlPlaneError) -> [OperationView] {
        var filter = filter
        if let tenant {
            try scope.require(.read, of: tenant)
            filter.owned = scope.owned(of: tenant)
        } else {
            try scope.require(.administer)
        }
        if let status {
            if status == .running && !self.status.isOnline || status == .pending && self.status.isOnline { return [] }
            filter.status = status.recorded
        }
        return try await tried { try await store.operations(filter, limit: limit).map { view($0, vps: nil) } }
    }

    /// After its end, or after `wait` seconds.
    package func operation(_ scope: Scope, _ id: String, wait: Int) async throws(ControlPlaneError) -> OperationView {
        if let tenant = scope.tenant { try scope.require(.read, of: tenant) } else { try scope.require(.read) }
        let owned = try await owned(scope, operation: id)
        return try await tried {
            var (record, subject) = try await store.operation(id, owned: owned)
            if record.status == .pending, wait > 0 {
                await board.ended(id, within: .seconds(min(wait, Self.longestWait)))
                (record, subject) = try await store.operation(id, owned: owned)
            }
            return view(record, vps: subject.flatMap { $0.phase == .abandoned ? nil : view($0) })
        }
    }

    /// What the operation must be among. Nil: whosever it is.
    private func owned(_ scope: Scope, operation id: String) async throws(ControlPlaneError) -> Owned? {
        guard let own = scope.tenant else { return nil }
        guard let resold = scope.resold, let tenant = try await tried({ try await store.tenant(ofOperation: id) }), resold.contains(tenant) else { return scope.owned(of: own) }
        return scope.owned(of: tenant)
    }

    private func view(_ record: OperationRecord, vps: VPSView?) -> OperationView {
        switch record.status {
        case .succeeded: return OperationView(record: record, status: .succeeded, progress: 100, message: record.message, vps: vps)
        case .failed: return OperationView(record: record, status: .failed, progress: 100, message: record.message, vps: vps)
        case .pending:
            let progress = board.progress(of: record.id)
            let waiting = status.isOnline ? "" : "waiting for the node"
            return OperationView(
                record: record, status: status.isOnline ? .running : .pending, progress: Int((progress?.fraction ?? 0) * 100), message: progress.map { $0.message.isEmpty ? waiting : $0.message } ?? waiting, vps: vps)
        }
    }
}

extension OperationView.Status {
    /// What is worked on and what waits are both recorded as pending.
    fileprivate var recorded: OperationRecord.Status {
        switch self {
        case .pending, .running: .pending
        case .succeeded: .succeeded
        case .failed: .failed
        }
    }
}
