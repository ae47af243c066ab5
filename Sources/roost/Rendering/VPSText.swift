internal import APIModel

enum VPSText {
    static func table(_ list: [VPS]) -> Table {
        Table(
            ["vps", "id", "state", "plan", "template", "ipv4", "ipv6", "node"],
            list.map { vps in
                [
                    Table.Cell("\(vps.tenant)/\(vps.name)"), Table.Cell(vps.id), vps.suspensions.isEmpty ? .state(vps.state) : Table.Cell("\(vps.state) (suspended)", .attention), Table.Cell(vps.plan), Table.Cell(vps.template),
                    Table.Cell(addresses(vps, "ipv4")), Table.Cell(addresses(vps, "ipv6")), Table.Cell(vps.node),
                ]
            })
    }

    static func details(_ vps: VPS) -> Details {
        var lines: [(label: String, value: Table.Cell)] = [
            ("vps", Table.Cell("\(vps.tenant)/\(vps.name)")), ("id", Table.Cell(vps.id)), ("state", .state(vps.state)),
        ]
        if let reason = vps.stateReason { lines.append(("reason", Table.Cell(reason))) }
        if vps.desiredState != vps.state { lines.append(("desired state", Table.Cell(vps.desiredState))) }
        lines += vps.addresses.map { ($0.family, Table.Cell("\($0.address)/\($0.prefixLength)")) }
        lines += [
            ("plan", Table.Cell(vps.plan)), ("cpu", Table.Cell(CPUText.cores(vps.cpuMillicores))), ("memory", Table.Cell(SizeText.rounded(vps.memoryBytes))),
            ("disk", Table.Cell(SizeText.rounded(vps.diskBytes))), ("template", Table.Cell(vps.template)), ("node", Table.Cell(vps.node)),
        ]
        if let pid = vps.initPid { lines.append(("init's pid", Table.Cell("\(pid)"))) }
        lines.append(("created", Table.Cell(vps.createdAt)))
        return Details(lines)
    }

    static func created(_ operation: Operation) -> String {
        let name = Visible.text(operation.subject)
        guard let vps = operation.vps else { return "\(name) created" }
        return Visible.text("\(operation.subject) created: " + ([vps.state] + vps.addresses.map(\.address)).joined(separator: ", "))
    }

    private static func addresses(_ vps: VPS, _ family: String) -> String {
        vps.addresses.filter { $0.family == family }.map(\.address).joined(separator: ",")
    }
}
