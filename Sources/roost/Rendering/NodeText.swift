internal import APIModel

enum NodeText {
    static func table(_ nodes: [Node]) -> Table {
        Table(
            ["name", "status", .number("cpu"), .number("memory"), .number("disk"), "cgroups", "kernel", "version"],
            nodes.map { node in
                [
                    Table.Cell(node.name), .state(node.status),
                    Table.Cell("\(CPUText.cores(node.sold.cpuMillicores)) / \(CPUText.cores(node.sellable.cpuMillicores))"),
                    Table.Cell("\(SizeText.rounded(node.sold.memoryBytes)) / \(SizeText.rounded(node.sellable.memoryBytes))"),
                    Table.Cell("\(SizeText.rounded(node.sold.diskBytes)) / \(SizeText.rounded(node.sellable.diskBytes))"),
                    Table.Cell(node.cgroupVersion > 0 ? "v\(node.cgroupVersion)" : ""), Table.Cell(node.kernel), Table.Cell(node.version),
                ]
            })
    }
}
