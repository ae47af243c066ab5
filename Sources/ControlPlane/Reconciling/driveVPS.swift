internal import Domain
internal import Logging
internal import NodeModel
internal import Store

extension Reconciler {
    func drive(_ id: VPSID) async {
        do {
            guard let (record, operation) = try await store.work(id) else { return }
            switch nextStep(record, operation, graceSeconds: policy.patience.graceSeconds) {
            case .nothing: return
            case .put(let grace): try await ask(.put(specification(of: record, under: policy), graceSeconds: grace), grace, record, operation)
            case .restart(let name, let grace): try await ask(.restart(record.id, operation: name, graceSeconds: grace), grace, record, operation)
            case .remove: try await remove(record, operation)
            case .refuse(let why): if let operation { try await fail(operation, record, OperationRecord.Failure(code: "conflict", detail: why)) }
            }
        } catch is CancellationError {
            // The daemon ends: what is pending is driven on at its next start.
        } catch {
            logger.error("a step could not be recorded", metadata: ["vps": "\(id)", "error": "\(error)"])
        }
    }

    /// Asks the node until it answers, for an operation; where nobody waits, again and again while it is there: its return begins it again.
    private func ask(_ request: NodeRequest, _ grace: Int, _ record: VPSRecord, _ operation: OperationRecord?) async throws {
        guard let operation else {
            guard status.isOnline else { return }
            do {
                try await store.finish(nil, try await link.observation(request, within: policy.patience.work + .seconds(grace)), failure: nil, by: "reconciler")
            } catch let error as NodeLinkError {
                logger.warning("the node did not do it", metadata: ["vps": "\(record.id)", "error": "\(error)"])
                await tryAgainLater(.vps(record.id))
            }
            return
        }
        let deadline = ContinuousClock.now + policy.patience.absence + .seconds(grace)
        while true {
            let online = await status.comesOnline(within: policy.patience.absence)
            if Task.isCancelled { return }  // the operation stays pending for the next start
            guard board.isOpen(operation.id) else { return }  // it has been cancelled
            guard online else { return try await fail(operation, record, .nodeUnavailable(NodeLinkError.unavailable(status.why).description)) }
            switch await answer(request, grace, operation) {
            case .success(let observation): return try await finish(operation, record, observation)
            case .failure(.problem(let problem)): return try await fail(operation, record, .of(problem))
            case .failure(let error):
                if Task.isCancelled { return }
                if case .timedOut = error { return try await fail(operation, record, .nodeUnavailable("\(error)")) }
                guard ContinuousClock.now < deadline else { return try await fail(operation, record, .nodeUnavailable("\(error)")) }
                try await Task.sleep(for: policy.patience.retry.lowerBound)
            }
        }
    }

    private func answer(_ request: NodeRequest, _ grace: Int, _ operation: OperationRecord) async -> Result<Observation, NodeLinkError> {
        let untried = isUntried(operation.id)
        noteTried(operation.id)
        do throws(NodeLinkError) {
            return .success(try await link.observation(request, within: policy.patience.work + .seconds(grace)))
        } catch {
            if untried, case .unavailable = error { noteUntried(operation.id) }
            return .failure(error)
        }
    }

    private func finish(_ operation: OperationRecord, _ record: VPSRecord, _ observation: Observation) async throws {
        if observation.state == .failed, operation.kind != .stop {
            let failure = OperationRecord.Failure(code: "operation_failed", detail: observation.reason ?? "the VPS did not start")
            guard operation.kind != .create else { return try await fail(operation, record, failure) }
            try await store.finish(operation.id, observation, failure: failure, by: "reconciler")
        } else {
            try await store.finish(operation.id, observation, failure: nil, by: "reconciler")
        }
        ended(operation)
    }

    /// A creation that fails leaves nothing: not here, where the node never heard of it, or else as soon as the node has removed it.
    private func fail(_ operation: OperationRecord, _ record: VPSRecord, _ failure: OperationRecord.Failure) async throws {
        if operation.kind != .create {
            try await store.failOperation(operation.id, failure, by: "reconciler")
            if operation.kind == .change { kick(.vps(record.id)) }  // it is recorded, and is done as soon as the node can
        } else if isUntried(operation.id) {
            try await store.forget(record.id, operation: operation.id, failure: failure, by: "reconciler")
        } else {
            try await undo(operation, record, failure)
        }
        ended(operation)
    }

    private func undo(_ operation: OperationRecord, _ record: VPSRecord, _ failure: OperationRecord.Failure) async throws {
        if status.isOnline, failure.code != "node_unavailable" {
            do {
                try await link.done(.remove(record.id), within: policy.patience.work)
                return try await store.forget(record.id, operation: operation.id, failure: failure, by: "reconciler")
            } catch let error as NodeLinkError {
                logger.warning("what a failed creation left could not be removed yet", metadata: ["vps": "\(record.id)", "error": "\(error)"])
            }
        }
        try await store.abandon(record.id, operation: operation.id, failure, by: "reconciler")
        kick(.vps(record.id))
    }

    /// Again and again while the node is there; when it is away, its return begins it again. A deletion stays pending meanwhile.
    private func remove(_ record: VPSRecord, _ operation: OperationRecord?) async throws {
        var delay = policy.patience.retry.lowerBound
        var waiting = operation
        while status.isOnline, !Task.isCancelled {
            do {
                try await link.done(.remove(record.id), within: policy.patience.work)
                try await store.forget(record.id, operation: waiting?.id, failure: nil, by: "reconciler")
                if let waiting { ended(waiting) }
                return
            } catch NodeLinkError.problem(let problem) {
                logger.warning("the node could not remove it", metadata: ["vps": "\(record.id)", "error": "\(problem)"])
                if let failed = waiting { try await fail(failed, record, .of(problem)) }
                waiting = nil
            } catch let error as NodeLinkError {
                logger.warning("the node did not remove it", metadata: ["vps": "\(record.id)", "error": "\(error)"])
            }
            try await Task.sleep(for: delay)
            delay = min(delay * 2, policy.patience.retry.upperBound)
            // A new deletion may have been asked for meanwhile.
            if waiting == nil { waiting = try await store.work(record.id)?.1 }
        }
    }

    func ended(_ operation: OperationRecord) {
        noteTried(operation.id)
        board.end(operation.id)
    }
}

extension OperationRecord.Failure {
    /// Somebody did not want it any more.
    static let cancelled = Self(code: "cancelled", detail: "it was cancelled")
    static func nodeUnavailable(_ why: String) -> Self { Self(code: "node_unavailable", detail: why) }

    /// A node's code in the API's words.
    static func of(_ problem: NodeProblem) -> Self {
        switch problem.code {
        case .poolFull: Self(code: "resource_unavailable", detail: problem.message)
        case .busy, .notRunning, .stale: Self(code: "conflict", detail: problem.message)
        case .notFound: Self(code: "not_found", detail: problem.message)
        case .cancelled: .cancelled
        case .invalid, .templateMissing, .templateBuildFailed, .startFailed, .unsupported, .failed: Self(code: "operation_failed", detail: problem.message)
        }
    }
}
