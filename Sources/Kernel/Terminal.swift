internal import CKernel
internal import Synchronization

/// The user's own terminal (termios(3), ioctl_tty(2)). `descriptor` is borrowed: 0, 1 or 2.
package enum Terminal {
    package static func isTerminal(_ descriptor: Int32) -> Bool { ck_is_terminal(descriptor) == 1 }

    /// In characters.
    package static func size(of descriptor: Int32) throws(KernelError) -> (rows: UInt16, columns: UInt16) {
        var rows: UInt16 = 0
        var columns: UInt16 = 0
        try unsafe checked(ck_terminal_size(descriptor, &rows, &columns), "ask for the size of", "terminal \(descriptor)")
        return (rows, columns)
    }
}

/// Holds a terminal in another mode. Restored by `restore`, from any thread, or when the value goes.
package final class HeldTerminal: Sendable {
    package enum Mode: Sendable {
        /// Each key goes through as it is, ctrl-C too.
        case raw
        /// What is typed is not shown, but for the end of its line.
        case silent
    }

    private let descriptor: Int32
    private let saved: Mutex<[UInt8]?>

    package init(_ descriptor: Int32, _ mode: Mode) throws(KernelError) {
        var settings = [UInt8](repeating: 0, count: Int(CK_TERMIOS_SIZE))
        let answer = switch mode {
        case .raw: unsafe ck_terminal_raw(descriptor, &settings)
        case .silent: unsafe ck_terminal_silent(descriptor, &settings)
        }
        try checked(answer, "change the mode of", "terminal \(descriptor)")
        self.descriptor = descriptor
        saved = Mutex(settings)
    }

    deinit { restore() }

    /// Again is success. Input that was not read is thrown away: it may be a terminal's reply to what a stranger's program asked of it, and the
    /// shell would run it.
    package func restore() {
        saved.withLock { saved in
            guard let settings = saved else { return }
            _ = ck_discard_terminal_input(descriptor)
            _ = unsafe ck_terminal_restore(descriptor, settings)
            saved = nil
        }
    }
}
