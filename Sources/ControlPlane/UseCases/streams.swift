package import Domain
package import NodeModel
internal import Store

extension ControlPlane {
    /// What to ask the node for: the VPS is there, runs, and its node is reachable.
    package func exec(_ scope: Scope, tenant: Name, name: Name, _ request: ExecRequest) async throws(ControlPlaneError) -> NodeRequest {
        guard let program = request.command.first, !program.isEmpty else { throw .invalid("no command") }
        guard request.command.allSatisfy({ !$0.contains("\0") }) else { throw .invalid("a command's words may not hold NUL") }
        return .exec(try await streamable(scope, tenant, name), request)
    }

    /// What to ask the node for, as above.
    package func console(_ scope: Scope, tenant: Name, name: Name) async throws(ControlPlaneError) -> NodeRequest {
        .console(try await streamable(scope, tenant, name))
    }

    /// Until it ends, or until the token that it was opened with is worth nothing any more.
    package func stream(_ scope: Scope, _ request: NodeRequest, _ body: @escaping @Sendable (any NodeStream) async throws -> Void) async throws {
        let place = try streamCount.enter(scope)
        defer { withExtendedLifetime(place) {} }
        if let access = request.access { try await note(scope, access) }
        try await withThrowingTaskGroup { group in
            group.addTask { try await link.stream(request, body) }
            group.addTask {
                while tokenBook.knows(scope.token, at: store.time) { try await Task.sleep(for: policy.patience.revocation) }
                throw ControlPlaneError.unauthenticated("the token is not valid any more")
            }
            defer { group.cancelAll() }
            try await group.next()
        }
    }

    /// The VPS of which a stream can be had now.
    func streamable(_ scope: Scope, _ tenant: Name, _ name: Name) async throws(ControlPlaneError) -> VPSID {
        try scope.require(.access, of: tenant, vps: name)
        let view = try await vps(scope, tenant: tenant, name: name)
        guard status.isOnline else { throw .nodeUnavailable(NodeLinkError.unavailable(status.why).description) }
        guard view.state == .running else { throw .refused(.wrongState("\(view.record.subject) is \(view.state.rawValue), not running")) }
        return view.record.id
    }
}
