internal import CKernel

/// Signals and waits by pidfd(2): a pid that was used again can never be meant.
extension Descriptor {
    package static func process(_ pid: Int32) throws(KernelError) -> Descriptor {
        Descriptor(owning: try checked(ck_pidfd_open(pid), "watch", "process \(pid)"))
    }

    /// False: it has ended already.
    @discardableResult
    package func signalProcess(_ signal: Int32) throws(KernelError) -> Bool {
        let result = ck_pidfd_signal(number, signal)
        if result == -KernelError.noProcess { return false }
        try checked(result, "signal", "the process of descriptor \(number)")
        return true
    }

    /// Whether the process of this pidfd ended within the time.
    package func waitForEnd(milliseconds: Int32?) throws(KernelError) -> Bool { try waitUntilReadable(milliseconds: milliseconds) }
}

extension Child {
    /// Reaps a child that is known by its pid only; safe as long as nobody else reaps it.
    package static func wait(pid: Int32) throws(KernelError) -> Exit {
        var code: Int32 = 0
        var status: Int32 = 0
        try unsafe checked(ck_wait_pid(pid, &code, &status), "wait for", "process \(pid)")
        return code == 1 ? .status(status) : .signal(status)
    }
}

package enum ThisProcess {
    /// A peer that hung up is an error of the write, not the end of the process (signal(7), SIGPIPE).
    package static func ignoreBrokenPipes() { _ = ck_ignore_broken_pipes() }
}
