internal import Domain
internal import Logging
package import NodeModel
internal import Store
internal import Synchronization

/// Brings every VPS and template to what is recorded, one step of one VPS at a time, different ones side by side. What is
/// asked of a node can be asked again: after a crash, what is pending is driven on.
package actor Reconciler {
    package enum Work: Hashable, Sendable {
        case vps(VPSID)
        case template(operation: String, name: String)
    }

    let store: Store
    let link: any NodeLink
    let policy: Policy
    let board: OperationBoard
    let status: NodeStatus
    let logger: Logger

    private nonisolated let (kicks, kicking) = AsyncStream.makeStream(of: Work.self)
    /// Creations of which the node has certainly heard nothing.
    private nonisolated let untried = Mutex<Set<String>>([])
    private var running: Set<Work> = []
    private var again: Set<Work> = []
    /// What the node reported of a VPS while it was being worked on; the last only.
    private var overtaken: [VPSID: Observation] = [:]
    /// Nil: the node has listed all that it has.
    var listing: Listing?
    var vpsesAtWork: [VPSID] { running.compactMap { if case .vps(let id) = $0 { id } else { nil } } }

    init(store: Store, link: any NodeLink, policy: Policy, board: OperationBoard, status: NodeStatus, logger: Logger) {
        self.store = store
        self.link = link
        self.policy = policy
        self.board = board
        self.status = status
        self.logger = logger
    }

    /// There is, or may be, something to do about it.
    nonisolated func kick(_ work: Work) { kicking.yield(work) }

    nonisolated func noteUntried(_ operation: String) { untried.withLock { _ = $0.insert(operation) } }
    nonisolated func isUntried(_ operation: String) -> Bool { untried.withLock { $0.contains(operation) } }
    nonisolated func noteTried(_ operation: String) { untried.withLock { _ = $0.remove(operation) } }

    /// Until cancelled; then whoever waits for an operation is told how far it is. Throws if the records can't be read at the start.
    package func run() async throws {
        defer { board.release() }
        for operation in try await store.pendingOperations() {
            board.begin(operation.id)
            kick(operation.vpsID.map(Work.vps) ?? .template(operation: operation.id, name: operation.subject))
        }
        await withDiscardingTaskGroup { group in
            group.addTask { await self.followNode() }
            for await work in kicks {
                if running.contains(work) {
                    again.insert(work)
                } else {
                    running.insert(work)
                    group.addTask { await self.perform(work) }
                }
            }
            group.cancelAll()
        }
    }

    private func perform(_ work: Work) async {
        repeat {
            again.remove(work)
            switch work {
            case .vps(let id):
                await drive(id)
                await settle(id)
            case .template(let operation, let name): await build(template: name, operation)
            }
        } while again.contains(work) && !Task.isCancelled
        running.remove(work)
        // What came between the last look and now.
        if case .vps(let id) = work, overtaken[id] != nil { kick(work) }
    }

    /// What failed, and nobody waits for: after a while, or as soon as there is something else to do about it.
    func tryAgainLater(_ work: Work) async {
        let end = ContinuousClock.now + policy.patience.retry.upperBound
        while !again.contains(work), ContinuousClock.now < end, !Task.isCancelled { try? await Task.sleep(for: policy.patience.retry.lowerBound) }  // cancelled: the loop sees it
        if status.isOnline { again.insert(work) }
    }

    /// From the node's watch.
    func observed(_ observation: Observation) async {
        guard !running.contains(.vps(observation.id)) else {
            overtaken[observation.id] = observation
            return
        }
        await record([observation])
    }

    /// An answer and a change reported meanwhile came over two connections, in no order: where they differ, the node is asked.
    private func settle(_ id: VPSID) async {
        guard let reported = overtaken.removeValue(forKey: id), status.isOnline else { return }
        do {
            guard let record = try await store.vps(id), record.phase == .live else { return }
            if record.observedState == reported.state, record.initPid == reported.initPid, record.observedGeneration == reported.generation { return }
            await self.record([try await link.observation(.observe(id), within: policy.patience.answer)])
        } catch {
            await record([reported])
        }
    }

    private func record(_ observations: [Observation]) async {
        do {
            for id in try await store.record(observations, whole: false, by: "node").work { kick(.vps(id)) }
        } catch {
            logger.error("an observation could not be recorded", metadata: ["error": "\(error)"])
        }
    }
}
