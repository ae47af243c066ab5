package import Domain
package import NodeModel
internal import Store

extension ControlPlane {
    /// The VPS whose `exec` may be opened now: it is there, runs, and its node is reachable.
    package func exec(_ scope: Scope, tenant: Name, name: Name, _ request: ExecRequest) async throws(ControlPlaneError) -> NodeRequest {
        guard let program = request.command.first, !program.isEmpty else { throw .invalid("no command") }
        guard request.command.allSatisfy({ !$0.contains("\0") }) else { throw .invalid("a command's words may not hold NUL") }
        return .exec(try await streamable(scope, tenant, name), request)
    }

    /// The VPS whose console may be opened now.
    package func console(_ scope: Scope, tenant: Name, name: Name) async throws(ControlPlaneError) -> NodeRequest {
        .console(try await streamable(scope, tenant, name))
    }

    /// Until it ends, or until the token that it was opened with is worth nothing any more.
    package func stream(_ scope: Scope, _ request: NodeRequest, _ body: @escaping @Sendable (any NodeStream) async throws -> Void) async throws {
        switch request {
        case .exec(let id, let exec): try await store.noteAccess("vps.exec.opened", id, exec.command.first ?? "", by: scope.author)  // its arguments may hold secrets
        case .console(let id): try await store.noteAccess("vps.console.opened", id, "", by: scope.author)
        default: break
        }
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

    /// chpasswd(8), or passwd(1) where a guest has only that; what they read is no argument that others could see.
    private static let takePassword = #"""
        if command -v chpasswd >/dev/null; then exec chpasswd; fi
        IFS= read -r line; printf '%s\n%s\n' "${line#root:}" "${line#root:}" | passwd root
        """#

    /// By the guest's own programs: only there is it kept, as the guest keeps it.
    package func setRootPassword(_ scope: Scope, tenant: Name, name: Name, _ password: Password) async throws(ControlPlaneError) {
        let id = try await streamable(scope, tenant, name)
        if WriteTerms.current.isRehearsal { throw .rehearsed }
        let end = try await tried { try await run(["sh", "-c", Self.takePassword], in: id, input: "root:\(password.text)\n") }
        guard end.status == 0 else { throw .refused(.wrongState("the guest did not take it\(end.words.isEmpty ? "" : ": \(end.words)")")) }
        try await tried { try await store.noteAccess("vps.password.changed", id, "root", by: scope.author) }
    }

    /// What came of a command in a guest.
    private struct End: Sendable {
        /// Nil: it did not end in time, or the node broke off.
        var status: Int32?
        private var said: [UInt8] = []

        mutating func hear(_ frame: StreamFrame) {
            switch frame.kind {
            case .output, .errorOutput, .failure: said += frame.payload.prefix(max(0, 200 - said.count))
            case .exit: status = frame.payload.reduce(0) { $0 << 8 | Int32($1) }
            default: break
            }
        }

        /// The beginning of what it said, as far as any terminal may see it: a guest chooses these bytes.
        var words: String { String(decoding: said.filter { (32...126).contains($0) }, as: UTF8.self) }
    }

    /// `input`: all that it is given to read.
    private func run(_ command: [String], in id: VPSID, input: String) async throws -> End {
        try await withThrowingTaskGroup(of: End.self) { group in
            group.addTask {
                let (frames, heard) = AsyncStream.makeStream(of: StreamFrame.self)
                try await link.stream(.exec(id, ExecRequest(command: command))) { stream in
                    try await stream.send(StreamFrame(.input, Array(input.utf8)))
                    try await stream.send(StreamFrame(.endOfInput))
                    while let frame = try await stream.next() {
                        heard.yield(frame)
                        if frame.kind == .exit || frame.kind == .failure { return }
                    }
                }
                heard.finish()
                return await frames.reduce(into: End()) { $0.hear($1) }
            }
            group.addTask {
                try await Task.sleep(for: policy.patience.answer)
                return End()
            }
            defer { group.cancelAll() }
            return try await group.next() ?? End()
        }
    }

    private func streamable(_ scope: Scope, _ tenant: Name, _ name: Name) async throws(ControlPlaneError) -> VPSID {
        try scope.require(.access, of: tenant, vps: name)
        let view = try await vps(scope, tenant: tenant, name: name)
        guard status.isOnline else { throw .nodeUnavailable(NodeLinkError.unavailable(status.why).description) }
        guard view.state == .running else { throw .refused(.wrongState("\(view.record.subject) is \(view.state.rawValue), not running")) }
        return view.record.id
    }
}
