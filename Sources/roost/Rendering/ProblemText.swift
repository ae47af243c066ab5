internal import APIClient
internal import APIModel

/// Errors as they are told to people: what is wrong, its code, the exceeded quota as a table, what to do.
enum ProblemText {
    static func text(_ problem: Problem, during operation: String? = nil) -> String {
        var text = "roost: \(Visible.text(problem.detail)) [\(problem.code.rawValue)]\n"
        if let exceeded = problem.exceeded, !exceeded.isEmpty { text += table(exceeded).text() }
        if let operation { text += "operation: \(Visible.text(operation))\n" }
        if let remedy = problem.remedy { text += "remedy: \(remedy)\n" }
        return text
    }

    static func text(_ failure: Unreachable) -> String {
        var text = "roost: \(Visible.text(failure.description)) [unreachable]\n"
        switch failure.reason {
        case .notPermitted: text += "remedy: run this as root, or as a user that may open the socket\n"
        case .cutOff: text += "remedy: roostd serves root and its own user only; its log says more\n"
        case .pathTooLong: text += "remedy: give a shorter path with --socket or ROOST_SOCKET\n"
        default:
            let isHere = if case .unixSocket = failure.endpoint { true } else { false }
            text += "remedy: " + (isHere ? "is roostd running? Another socket is given by --socket or ROOST_SOCKET\n" : "is that its address, and does its roostd listen there (api.listen)?\n")
        }
        return text
    }

    static func text(_ answer: UnexpectedAnswer) -> String {
        "roost: \(Visible.text(answer.description)) [unexpected_answer]\nremedy: is that roostd, and of this version? `roost version` compares\n"
    }

    static func table(_ exceeded: [Problem.Exceeded]) -> Table {
        Table(
            ["resource", .number("limit"), .number("used"), .number("requested")],
            exceeded.map { item in
                [Table.Cell(name(item.resource))] + [item.limit, item.used, item.requested].map { Table.Cell(amount($0, of: item.resource)) }
            })
    }

    private static func name(_ resource: String) -> String {
        switch resource {
        case "cpuMillicores": "cpu"
        case "memoryBytes": "memory"
        case "diskBytes": "disk"
        default: resource
        }
    }

    private static func amount(_ value: Int64, of resource: String) -> String {
        switch resource {
        case "cpuMillicores": CPUText.cores(value)
        case "memoryBytes", "diskBytes": SizeText.exact(value)
        default: "\(value)"
        }
    }
}
