package import NodeModel

extension Engine {
    package func restart(_ id: VPSID, operation: String, graceSeconds: Int) throws -> Observation {
        try exclusively(id) {
            var record = try existing(id)
            let running = try runningInit(id)
            switch RestartDecision.decide(record, operation: operation, runningInit: running) {
            case .isDone: break
            case .refuse: throw NodeProblem(.notRunning, "VPS \(id) is not running")
            case .restart:
                record.restart = Record.Restart(operation: operation, replaced: running)
                try saveIfThereIsRoom(record, "its restart")
                if running != nil { try stop(record, graceSeconds: graceSeconds) }
                try start(&record)
            }
            return try observe(id, record)
        }
    }
}
