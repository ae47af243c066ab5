internal import APIClient
internal import APIModel
internal import Kernel
internal import NIOPosix

/// Carries bytes between this process's standard streams and a guest's program, until one side ends it.
/// Whoever reads slowly is waited for: each read is carried through before the next.
struct Relay: Sendable {
    enum End: Sendable, Equatable {
        case exit(Int32)
        case detached
        /// The other side ended the stream and said no status.
        case closed
    }

    let stream: GuestStream
    /// The terminal that the guest's program has, if it has one.
    let terminal: LocalTerminal?
    /// Whether ctrl-] ends it.
    let detaches: Bool

    private static let partLength = 16384

    func run() async throws -> End {
        let threads = NIOThreadPool(numberOfThreads: 3)  // one each for the input, the signals and the outputs, as each blocks
        threads.start()
        let input = try InterruptibleInput(StandardStream.input)
        let signals = try SignalPipe(terminal == nil ? [.terminate, .hangUp, .interrupt] : [.terminate, .hangUp, .interrupt, .quit, .windowChange])
        return try await withThrowingTaskGroup(of: End?.self) { group in
            group.addTask { try await carryInput(input, threads) }
            group.addTask { try await carrySignals(signals, threads) }
            group.addTask { try await carryOutput(threads) }
            defer {
                input.interrupt()
                signals.interrupt()
                group.cancelAll()
            }
            while let end = try await group.next() { if let end { return end } }
            return .closed
        }
    }

    /// Ends without an `End` where the guest takes no more: what it still says, and its exit status, are yet to come.
    private func carryInput(_ input: InterruptibleInput, _ threads: NIOThreadPool) async throws -> End? {
        while true {
            switch try await threads.runIfActive({ try input.read(atMost: Self.partLength) }) {
            case .interrupted: return nil
            case .end:
                try? await stream.send(.endOfInput)  // see above
                return nil
            case .bytes(let typed):
                let (bytes, isDetached) = detaches ? DetachKey.split(typed) : (typed, false)
                if !bytes.isEmpty { do { try await stream.send(.input(bytes)) } catch { return nil } }
                if isDetached { return .detached }
            }
        }
    }

    /// A signal to end is obeyed at once, though an output may be blocked; the terminal first.
    private func carrySignals(_ signals: SignalPipe, _ threads: NIOThreadPool) async throws -> End? {
        while let signal = try await threads.runIfActive({ try signals.next() }) {
            if signal == .windowChange {
                let size = LocalTerminal.size
                do { try await stream.send(.resize(rows: size.rows, columns: size.columns)) } catch { return nil }
            } else {
                terminal?.restore()
                ThisProcess.end(status: 128 + signal.rawValue)
            }
        }
        return nil
    }

    private func carryOutput(_ threads: NIOThreadPool) async throws -> End {
        for try await message in stream.messages {
            switch message {
            case .output(let bytes): try await threads.runIfActive { try StandardStream.write(bytes, to: StandardStream.output) }
            case .errorOutput(let bytes): try await threads.runIfActive { try StandardStream.write(bytes, to: StandardStream.errors) }
            case .exit(let status): return .exit(status)
            case .failure(let words): throw Problem(.operationFailed, words)
            case .input, .resize, .endOfInput: continue  // ours to say, not theirs
            }
        }
        return .closed
    }
}
