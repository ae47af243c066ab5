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
        try await note(scope, request)
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

    private func note(_ scope: Scope, _ request: NodeRequest) async throws {
        let (kind, id, detail): (String, VPSID, String)
        switch request {
        case .exec(let vps, let exec): (kind, id, detail) = ("vps.exec.opened", vps, Self.line(exec.command.first ?? ""))  // its arguments may hold secrets
        case .console(let vps): (kind, id, detail) = ("vps.console.opened", vps, "")
        default: return
        }
        try await note(scope, kind, id, detail)
    }

    func note(_ scope: Scope, _ kind: String, _ id: VPSID, _ detail: String) async throws {
        guard accessBook.isToBeNoted(kind, id, by: scope.author, at: store.time) else { return }
        do { try await store.noteAccess(kind, id, detail, by: scope.author) } catch {
            accessBook.forget(kind, id, by: scope.author)
            throw error
        }
    }

    private static func line(_ text: String) -> String { String(String.UnicodeScalarView(text.unicodeScalars.filter(\.isOfALine).prefix(100))) }

    /// The VPS of which a stream can be had now.
    func streamable(_ scope: Scope, _ tenant: Name, _ name: Name) async throws(ControlPlaneError) -> VPSID {
        try scope.require(.access, of: tenant, vps: name)
        let view = try await vps(scope, tenant: tenant, name: name)
        guard status.isOnline else { throw .nodeUnavailable(NodeLinkError.unavailable(status.why).description) }
        guard view.state == .running else { throw .refused(.wrongState("\(view.record.subject) is \(view.state.rawValue), not running")) }
        return view.record.id
    }
}
