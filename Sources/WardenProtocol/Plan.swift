/// What a warden is to do, whole: three lists of steps and what it becomes afterwards.
package struct Plan: Equatable, Sendable {
    /// In the warden, before it has a child.
    package var before: [Step]
    /// Namespaces that the child is born in (clone3(2)).
    package var cloneFlags: UInt64
    /// The v2 cgroup directory that the child is born in.
    package var bornIn: Step.Slot?
    /// In the warden, once the child exists.
    package var onChild: [Step]
    /// In the child. The last one executes.
    package var child: [Step]
    package var afterwards: Afterwards

    package enum Afterwards: Equatable, Sendable {
        /// Stay as the guest's parent: serve the console at `listener`, write how it ended to `record`, as user `uid` without any capability.
        case keepGuard(listener: Step.Slot, record: Step.Slot, uid: UInt32)
        /// Wait for the program, report how it ended, end.
        case wait
    }

    package init(before: [Step], cloneFlags: UInt64, bornIn: Step.Slot?, onChild: [Step], child: [Step], afterwards: Afterwards) {
        self.before = before
        self.cloneFlags = cloneFlags
        self.bornIn = bornIn
        self.onChild = onChild
        self.child = child
        self.afterwards = afterwards
    }
}
