internal import Kernel
internal import NIOPosix

/// A line that nobody shall see: read from the standard input, and at a terminal not shown while it is typed.
enum Secret {
    static func read(_ what: String) throws -> String {
        let isTyped = Terminal.isTerminal(StandardStream.input)
        if isTyped { try Screen.write("\(what): ") }
        let held = isTyped ? try Held() : nil
        defer { held?.end() }
        guard let line = try StandardStream.readLine(), !line.isEmpty else { throw InvalidValue("no \(what.lowercased()) was given") }
        return line
    }

    /// Whoever types it types it twice.
    static func readNew(_ what: String) throws -> String {
        let secret = try read(what)
        guard Terminal.isTerminal(StandardStream.input) else { return secret }
        guard try read("\(what) again") == secret else { throw InvalidValue("those are two different ones") }
        return secret
    }

    /// A terminal that shows nothing, also when a signal ends the program: then it shows again.
    private final class Held: Sendable {
        private let terminal: HeldTerminal
        private let signals: SignalPipe
        private let threads = NIOThreadPool(numberOfThreads: 1)  // it blocks until a signal comes

        init() throws {
            (signals, terminal) = (try SignalPipe([.interrupt, .quit, .terminate, .hangUp]), try HeldTerminal(StandardStream.input, .silent))
            threads.start()
            threads.submit { [signals, terminal] _ in
                guard let signal = try? signals.next() else { return }  // it was read
                terminal.restore()
                try? Screen.write("\n")  // nobody may read it
                ThisProcess.end(status: 128 + signal.rawValue)
            }
        }

        func end() {
            signals.interrupt()
            try? threads.syncShutdownGracefully()  // the next one's signals are not to be this one's to reset
            terminal.restore()
        }
    }
}
