package import NodeModel

extension Engine {
    package func restart(_ id: VPSID, graceSeconds: Int) throws -> Observation {
        try exclusively(id) {
            var record = try existing(id)
            let wasRunning = try isRunning(id)
            // One that should run and does not is what an interrupted restart leaves.
            guard wasRunning || (record.specification.power == .running && !record.haltedByGuest) else { throw NodeProblem(.notRunning, "VPS \(id) is not running") }
            if wasRunning { try stop(record, graceSeconds: graceSeconds) }
            try start(&record)
            return try observe(id, record)
        }
    }
}
