extension Style.Tone {
    /// For states, statuses of operations, nodes and checks.
    init?(state: String) {
        switch state {
        case "running", "succeeded", "online", "ok": self = .good
        case "starting", "stopping", "pending", "unknown", "warning": self = .attention
        case "failed", "unreachable", "missing": self = .bad
        default: return nil
        }
    }
}

extension Table.Cell {
    static func state(_ text: String) -> Table.Cell { Table.Cell(text, Style.Tone(state: text)) }
}
