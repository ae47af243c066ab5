internal import APIModel

enum PlanText {
    static func table(_ plans: [Plan]) -> Table {
        Table(
            ["name", .number("cpu"), .number("memory"), .number("swap"), .number("disk"), .number("processes"), "nesting"],
            plans.map { plan in
                [
                    Table.Cell(plan.name), Table.Cell(CPUText.cores(plan.cpuMillicores)), Table.Cell(SizeText.rounded(plan.memoryBytes)),
                    Table.Cell(SizeText.rounded(plan.swapBytes)), Table.Cell(SizeText.rounded(plan.diskBytes)), Table.Cell("\(plan.processes)"),
                    Table.Cell(plan.nesting ? "yes" : "no"),
                ]
            })
    }

    static func details(_ plan: Plan) -> Details {
        Details([
            ("name", Table.Cell(plan.name)), ("cpu", Table.Cell(CPUText.cores(plan.cpuMillicores))), ("memory", Table.Cell(SizeText.rounded(plan.memoryBytes))),
            ("swap", Table.Cell(SizeText.rounded(plan.swapBytes))), ("disk", Table.Cell(SizeText.rounded(plan.diskBytes))),
            ("processes", Table.Cell("\(plan.processes)")), ("nesting", Table.Cell(plan.nesting ? "yes" : "no")), ("created", Table.Cell(plan.createdAt)),
        ])
    }
}
