/// What has been done, each with how to take it back; unwound in reverse when a later step fails.
struct UndoStack: ~Copyable {
    private var steps: [() -> Void] = []

    mutating func push(_ undo: @escaping () -> Void) { steps.append(undo) }

    consuming func unwind() {
        for undo in steps.reversed() { undo() }
    }
}
