internal import APIClient
internal import APIModel

/// The operation was carried out and failed.
struct OperationFailed: Error {
    let operation: Operation
    var problem: Problem { operation.error ?? Problem(.operationFailed, operation.message.isEmpty ? "\(operation.kind) failed" : operation.message) }
}

/// roostd went away while an operation was under way; it goes on when roostd is back.
struct OperationLost: Error {
    let id: String
    let cause: Unreachable
    var advice: String { "operation \(Visible.text(id)) was under way: when roostd is back, `roost operation wait \(Visible.text(id))` says how it ended" }
}
