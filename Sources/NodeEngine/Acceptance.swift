internal import NodeModel

/// Whether a node takes a specification, decided on what it has. Pure.
struct Acceptance: Equatable {
    var record: Record
    /// A newer generation than the one kept.
    var isNews: Bool

    /// `guest`: of the template, asked for only when the VPS is new.
    static func decide(_ known: Record?, _ offered: VPSSpecification, guest: () throws -> GuestTemplate) throws -> Acceptance {
        guard let known else { return Acceptance(record: Record(offered, guest: try guest()), isNews: true) }
        let kept = known.specification
        if known.removing { throw NodeProblem(.busy, "VPS \(offered.id) is being removed") }
        if offered.generation < kept.generation {
            throw NodeProblem(.stale, "VPS \(offered.id): generation \(offered.generation) is older than \(kept.generation), which this node has")
        }
        if offered.generation == kept.generation {
            guard offered == kept else { throw NodeProblem(.invalid, "VPS \(offered.id): generation \(offered.generation) was something else before") }
            return Acceptance(record: known, isNews: false)
        }
        for (name, isSame) in [("disk size", offered.diskBytes == kept.diskBytes), ("template", offered.template == kept.template), ("id range", offered.idBase == kept.idBase), ("addresses", offered.addresses == kept.addresses)] where !isSame {
            throw NodeProblem(.unsupported, "VPS \(offered.id): its \(name) cannot be changed")
        }
        return Acceptance(record: Record(offered, guest: known.guest), isNews: true)
    }
}
