/// Something of which there is only so much; it is left when it is let go.
package final class Place: Sendable {
    private let leave: @Sendable () -> Void

    init(_ leave: @escaping @Sendable () -> Void) { self.leave = leave }

    deinit { leave() }
}
