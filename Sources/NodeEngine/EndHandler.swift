internal import Kernel
internal import Logging
internal import NodeModel
internal import Synchronization

/// Where the monitor's news of a guest's end goes: to the engine, which owns the monitor and is made after it.
final class EndHandler: Sendable {
    private let engine = Mutex<Weak>(Weak())

    private struct Weak: Sendable { weak var engine: Engine? }

    func connect(_ engine: Engine) { self.engine.withLock { $0.engine = engine } }

    func handle(_ id: VPSID, _ instance: UInt64) {
        guard let engine = engine.withLock({ $0.engine }) else { return }
        do { try engine.guestEnded(id, instance) } catch { engine.log.error("after its end: \(error)", metadata: ["vps": "\(id)"]) }
    }
}
