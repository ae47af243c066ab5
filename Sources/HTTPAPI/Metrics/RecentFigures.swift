internal import ControlPlane

/// Whoever asks often gets what was found a moment ago: anybody may ask.
actor RecentFigures {
    private let plane: ControlPlane
    private var found: (figures: Figures, at: ContinuousClock.Instant)?
    private static let age = Duration.seconds(5)

    init(_ plane: ControlPlane) { self.plane = plane }

    func get() async throws -> Figures {
        if let found, found.at.duration(to: .now) < Self.age { return found.figures }
        let figures = try await plane.figures()
        found = (figures, .now)
        return figures
    }
}
