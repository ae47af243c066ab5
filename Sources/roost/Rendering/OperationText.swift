internal import APIModel

enum OperationText {
    static func table(_ operations: [Operation]) -> Table {
        Table(
            ["id", "kind", "subject", "status", .number("progress"), "created", "message"],
            operations.map { operation in
                [
                    Table.Cell(operation.id), Table.Cell(operation.kind), Table.Cell(operation.subject), .state(operation.status),
                    Table.Cell("\(operation.progress) %"), Table.Cell(operation.createdAt), Table.Cell(operation.error?.detail ?? operation.message),
                ]
            })
    }

    static func details(_ operation: Operation) -> Details {
        var lines: [(label: String, value: Table.Cell)] = [
            ("id", Table.Cell(operation.id)), ("kind", Table.Cell(operation.kind)), ("subject", Table.Cell(operation.subject)),
            ("status", .state(operation.status)), ("progress", Table.Cell("\(operation.progress) %")),
        ]
        if !operation.message.isEmpty { lines.append(("message", Table.Cell(operation.message))) }
        if let error = operation.error { lines.append(("error", Table.Cell("\(error.detail) [\(error.code.rawValue)]", .bad))) }
        lines.append(("created", Table.Cell(operation.createdAt)))
        if let finished = operation.finishedAt { lines.append(("finished", Table.Cell(finished))) }
        return Details(lines)
    }
}
