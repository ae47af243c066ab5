package import Domain
package import Store

extension ControlPlane {
    package static let longestWait = 600

    /// The newest first. `isRunning`: of those that are pending, only those that are worked on, or only those that wait; nil: both.
    package func operations(_ scope: Scope, _ filter: OperationFilter = OperationFilter(), isRunning: Bool? = nil, limit: Int) async throws(ControlPlaneError) -> [OperationView] {
        try scope.require(.administer)
        return try await list(filter, isRunning, limit)
    }

    /// A tenant's own, the newest first.
    package func operations(_ scope: Scope, of tenant: Name, _ filter: OperationFilter = OperationFilter(), isRunning: Bool? = nil, limit: Int) async throws(ControlPlaneError) -> [OperationView] {
        try scope.require(.read, of: tenant)
        var filter = filter
        filter.owned = Owned(tenant: tenant, vpses: scope.terms?.vpses)
        return try await list(filter, isRunning, limit)
    }

    private func list(_ filter: OperationFilter, _ isRunning: Bool?, _ limit: Int) async throws(ControlPlaneError) -> [OperationView] {
        if filter.status == .pending, let isRunning, isRunning != status.isOnline { return [] }
        return try await tried { try await store.operations(filter, limit: limit).map { view($0, vps: nil) } }
    }

    /// After its end, or after `wait` seconds.
    package func operation(_ scope: Scope, _ id: String, wait: Int) async throws(ControlPlaneError) -> OperationView {
        try await tried {
            var (record, subject) = try await store.operation(id)
            try visible(record, to: scope)
            if record.status == .pending, wait > 0 {
                await board.ended(id, within: .seconds(min(wait, Self.longestWait)))
                (record, subject) = try await store.operation(id)
            }
            return view(record, vps: subject.flatMap { $0.phase == .abandoned ? nil : view($0) })
        }
    }

    private func visible(_ operation: OperationRecord, to scope: Scope) throws(ControlPlaneError) {
        guard case .tenant(let tenant) = scope.reach else { return try scope.require(.read) }
        let parts = operation.subject.split(separator: "/")
        guard operation.vpsID != nil, parts.count == 2, parts[0] == tenant.text, let vps = try? Name(String(parts[1])), scope.reaches(vps) else { throw .refused(.notFound(.operation, operation.id)) }
        try scope.require(.read, of: tenant)
    }

    private func view(_ record: OperationRecord, vps: VPSView?) -> OperationView {
        guard record.status == .pending else { return OperationView(record: record, progress: 100, message: record.message, vps: vps, isRunning: false) }
        let progress = board.progress(of: record.id)
        let waiting = status.isOnline ? "" : "waiting for the node"
        return OperationView(
            record: record, progress: Int((progress?.fraction ?? 0) * 100), message: progress.map { $0.message.isEmpty ? waiting : $0.message } ?? waiting, vps: vps,
            isRunning: status.isOnline)
    }
}
