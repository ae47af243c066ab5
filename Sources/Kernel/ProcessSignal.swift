internal import CKernel

/// Processes that are not our children, each held by pidfd(2) from when it was named.
package struct ProcessHandle: ~Copyable, Sendable {
    private let pidfd: Descriptor

    /// Nil: there is no such process any more.
    package init?(_ pid: Int32) throws(KernelError) {
        let result = ck_pidfd_open(pid)
        if result == -KernelError.noProcess { return nil }
        pidfd = Descriptor(owning: try checked(result, "watch", "process \(pid)"))
    }

    /// Already gone is success.
    package func signal(_ number: Int32) throws(KernelError) {
        let result = ck_pidfd_signal(pidfd.number, number)
        if result != -KernelError.noProcess { try checked(result, "signal", "process") }
    }
}
