package import Store

/// What somebody who follows is told.
package enum Change: Sendable {
    case event(EventRecord)
    /// As it is now, without its VPS.
    case operation(OperationView)
}
