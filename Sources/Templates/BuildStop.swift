internal import Glibc
internal import Kernel
internal import Synchronization

/// Stops one build, from whatever thread.
package final class BuildStop: Sendable {
    fileprivate struct State: ~Copyable {
        var isPressed = false
        /// What works for the build now.
        var program: ProcessHandle?
    }
    private let state = Mutex(State())

    package init() {}

    /// The program that works for it now is killed, with all that it has started; no other is begun.
    package func press() {
        state.withLock { state in
            state.isPressed = true
            state.killProgram()
        }
    }

    func require() throws(TemplateError) { if state.withLock({ $0.isPressed }) { throw .cancelled } }

    /// As long as `body` runs, `child` works for the build.
    func watching<Result>(_ child: borrowing Child, _ body: () throws(KernelError) -> Result) throws(KernelError) -> Result {
        let pid = child.pid
        try state.withLock { state throws(KernelError) in
            state.program = try ProcessHandle(pid)
            if state.isPressed { state.killProgram() }
        }
        defer { state.withLock { $0.program = nil } }
        return try body()
    }
}

extension BuildStop.State {
    fileprivate borrowing func killProgram() { try? program?.signal(SIGKILL) }  // it has ended
}
