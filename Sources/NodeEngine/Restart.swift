package import NodeModel

extension Engine {
    package func restart(_ id: VPSID, operation: String, graceSeconds: Int) throws -> Observation {
        try exclusively(id) {
            var record = try existing(id)
            switch RestartDecision.decide(record, operation: operation, isRunning: try isRunning(id)) {
            case .nothing: return try observe(id, record)
            case .refuse: throw NodeProblem(.notRunning, "VPS \(id) is not running")
            case .stopFirst: try stop(record, graceSeconds: graceSeconds)
            case .start: break
            }
            record.restart = operation
            try records.save(record, durable: false)  // lost with the host, which restarts the guest as well
            try start(&record)
            return try observe(id, record)
        }
    }
}
