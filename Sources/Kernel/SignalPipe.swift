internal import CKernel

package enum Signal: Int32, Sendable, CaseIterable {
    case hangUp = 1
    case interrupt = 2
    case quit = 3
    case brokenPipe = 13
    case terminate = 15
    case windowChange = 28
}

/// Signals of this process, read as bytes instead of acted on (signal(7)). At most one such value at a time; when it goes, the signals do again
/// what they do by default.
package final class SignalPipe: Sendable {
    private let signals: [Int32]
    private let reading: Descriptor
    private let writing: Descriptor
    private let input: InterruptibleInput

    package init(_ signals: [Signal]) throws(KernelError) {
        let pipe = try Pipe()
        reading = try pipe.reading.duplicate()
        writing = try pipe.writing.duplicate()
        input = try InterruptibleInput(reading.number)
        self.signals = signals.map(\.rawValue)
        try unsafe checked(ck_signals_to_pipe(writing.number, self.signals, Int32(self.signals.count)), "handle", "signals \(self.signals)")
    }

    deinit { _ = unsafe ck_signals_to_default(signals, Int32(signals.count)) }

    /// Blocks the calling thread. Nil: interrupted.
    package func next() throws(KernelError) -> Signal? {
        guard case .bytes(let bytes) = try input.read(atMost: 1), let number = bytes.first else { return nil }
        return Signal(rawValue: Int32(number))
    }

    package func interrupt() { input.interrupt() }
}

extension ThisProcess {
    /// At once: nothing is flushed, no handler runs (_exit(2)).
    package static func end(status: Int32) -> Never { ck_exit(status) }
}
