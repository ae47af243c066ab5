internal import NodeModel

/// What a specification's power asks for, of a VPS as it is. Pure.
enum PowerDecision: Equatable, Sendable, CaseIterable {
    case start
    /// It runs, as it should: always, so that an interrupted change of limits is finished.
    case setLimits
    case stop
    case nothing

    /// `haltedByGuest`: since this specification was accepted. Its guest's own wish, until a newer one.
    static func decide(wanted: VPSSpecification.Power, isRunning: Bool, haltedByGuest: Bool) -> PowerDecision {
        switch (wanted, isRunning) {
        case (.running, true): .setLimits
        case (.running, false): haltedByGuest ? .nothing : .start
        case (.stopped, true): .stop
        case (.stopped, false): .nothing
        }
    }
}
