/// How much is sold of what a node has.
package struct OvercommitRatios: Equatable, Sendable {
    package var cpu: Double
    package var memory: Double
    package var disk: Double

    package init(cpu: Double, memory: Double, disk: Double) {
        self.cpu = cpu
        self.memory = memory
        self.disk = disk
    }
}

/// What may be sold of a node: capacity × ratio, rounded down. VPSes and addresses are not the node's to limit.
package func sellable(_ capacity: Quantities, _ ratios: OvercommitRatios) -> Quantities {
    Quantities(
        vps: Int64.max, cpuMillicores: scaled(capacity.cpuMillicores, ratios.cpu), memoryBytes: scaled(capacity.memoryBytes, ratios.memory),
        diskBytes: scaled(capacity.diskBytes, ratios.disk), addresses: Int64.max)
}

/// A product too large for Int64 is its largest; exactly the amount for a ratio of 1.
private func scaled(_ amount: Int64, _ ratio: Double) -> Int64 {
    if ratio == 1 { return amount }
    return Int64(exactly: (Double(amount) * ratio).rounded(.down)) ?? (ratio > 0 ? Int64.max : 0)
}
