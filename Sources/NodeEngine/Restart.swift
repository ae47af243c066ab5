package import NodeModel

extension Engine {
    package func restart(_ id: VPSID, operation: String, graceSeconds: Int) throws -> Observation {
        try exclusively(id) {
            var record = try existing(id)
            let running = try runningInit(id)
            switch RestartDecision.decide(record, operation: operation, runningInit: running) {
            case .nothing: return try observe(id, record)
            case .refuse: throw NodeProblem(.notRunning, "VPS \(id) is not running")
            case .stopFirst:
                try noteRestart(Record.Restart(operation: operation, replaced: running), in: &record)
                try stop(record, graceSeconds: graceSeconds)
            case .start:
                if record.restart?.operation != operation { try noteRestart(Record.Restart(operation: operation, replaced: nil), in: &record) }
            }
            try start(&record)
            return try observe(id, record)
        }
    }

    private func noteRestart(_ restart: Record.Restart, in record: inout Record) throws {
        record.restart = restart
        try saveIfThereIsRoom(record, "its restart")
    }
}
