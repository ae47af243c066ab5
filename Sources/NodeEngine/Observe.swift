internal import Logging
package import NodeModel

extension Engine {
    package func observe(_ id: VPSID) throws -> Observation { try observe(id, try existing(id)) }

    package func observeAll() -> [Observation] {
        records.ids().map { id in
            do { return try observe(id) } catch { return Observation(id: id, state: .unknown, generation: 0, reason: "\(error)") }
        }
    }

    func observe(_ id: VPSID, _ record: Record) throws -> Observation {
        if let underway = board.underway(id) { return ObservedState.underway(underway).observation(of: record) }  // its warden may not answer yet, or no more
        if let link = try WardenLink.connect(to: host.layout.socket(id)) { return ObservedState.running(initPid: link.initPid).observation(of: record) }
        return ObservedState.down(hasProcesses: try host.hasProcesses(id)).observation(of: record)
    }

    package func watch(_ watcher: @escaping @Sendable (Observation) -> Void) -> Int { board.watch(watcher) }
    package func unwatch(_ number: Int) { board.unwatch(number) }

    func publish(_ id: VPSID, _ record: Record) {
        do { board.publish(try observe(id, record)) } catch { log.warning("cannot observe: \(error)", metadata: ["vps": "\(id)"]) }
    }

    /// A verb is at work on it from now on, for all to see.
    func begin(_ id: VPSID, _ state: Observation.State) {
        board.setUnderway(id, state)
        let generation = (try? records.load(id))??.specification.generation ?? 0  // for show: the verb itself decides on the record it has
        board.publish(Observation(id: id, state: state, generation: generation))
    }
}
