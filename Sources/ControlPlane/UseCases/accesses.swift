internal import Domain
internal import NodeModel
internal import Store

/// That a VPS was reached into, as the events say it.
struct Access: Sendable {
    let kind: String
    let id: VPSID
    var detail = ""
}

extension NodeRequest {
    /// Nil: it reaches into none.
    var access: Access? {
        switch self {
        case .exec(let id, let exec): Access(kind: "vps.exec.opened", id: id, detail: Self.line(exec.command.first ?? ""))  // its arguments may hold secrets
        case .console(let id): Access(kind: "vps.console.opened", id: id)
        case .capacity, .doctor, .put, .restart, .remove, .observe, .observeAll, .watch, .templates, .buildTemplate, .cancelTemplateBuild, .removeTemplate: nil
        }
    }

    private static func line(_ text: String) -> String { String(String.UnicodeScalarView(text.unicodeScalars.filter(\.isOfALine).prefix(100))) }
}

extension ControlPlane {
    /// Before it is done, so that nothing is done that no event says.
    func note(_ scope: Scope, _ access: Access) async throws {
        guard accessBook.note(access, by: scope.author, at: store.time) else { return }
        do { try await store.noteAccess(access.kind, access.id, access.detail, by: scope.author) } catch {
            accessBook.forget(access, by: scope.author)
            throw error
        }
    }
}
