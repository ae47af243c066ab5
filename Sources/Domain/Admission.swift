/// The ceilings of whoever is asked. A dimension that is not set is refused, not unlimited.
package struct Ceilings: Equatable, Sendable {
    private var values: [Dimension: Int64]

    package init(_ values: [Dimension: Int64] = [:]) { self.values = values }
    package init(_ quantities: Quantities) { values = Dictionary(uniqueKeysWithValues: Dimension.allCases.map { ($0, quantities[$0]) }) }

    package subscript(_ dimension: Dimension) -> Int64? {
        get { values[dimension] }
        set { values[dimension] = newValue }
    }

    /// What is not set, as 0.
    package var quantities: Quantities {
        Dimension.allCases.reduce(into: Quantities()) { $0[$1] = values[$1] ?? 0 }
    }
}

/// One dimension in which a request does not fit.
package struct Exceeded: Equatable, Sendable {
    package var dimension: Dimension
    package var limit: Int64
    package var used: Int64
    package var requested: Int64

    package init(_ dimension: Dimension, limit: Int64, used: Int64, requested: Int64) {
        self.dimension = dimension
        self.limit = limit
        self.used = used
        self.requested = requested
    }
}

package enum Admission: Equatable, Sendable {
    case admitted
    /// Every dimension that does not fit, never empty.
    case denied([Exceeded])
}

/// The one decision on quota: may `request` come on top of `usage` under `ceilings`? A request of 0 in a dimension fits
/// even where the ceiling was lowered below what is used; a negative one never does.
package func admit(_ request: Quantities, usage: Quantities, ceilings: Ceilings) -> Admission {
    let exceeded = Dimension.allCases.compactMap { dimension -> Exceeded? in
        let (limit, used, requested) = (ceilings[dimension] ?? 0, usage[dimension], request[dimension])
        if requested == 0 { return nil }
        let (total, overflow) = used.addingReportingOverflow(requested)
        if requested > 0, used >= 0, !overflow, total <= limit { return nil }
        return Exceeded(dimension, limit: limit, used: used, requested: requested)
    }
    return exceeded.isEmpty ? .admitted : .denied(exceeded)
}
