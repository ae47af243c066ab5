internal import Kernel
package import Logging
internal import NodeModel

/// The node's verbs, each in a file of its own. Each looks at the kernel afresh, does what is missing, and can be repeated.
package final class Engine: Sendable {
    let host: Host
    let records: RecordStore
    let board = Board()
    let claims = Claims()
    let builds = Builds()
    let log: Logger
    let monitor: Monitor
    private let locks = KeyedLocks()

    package init(_ host: Host, log: Logger) throws {
        self.host = host
        self.log = log
        records = RecordStore(pool: host.layout.pool)
        let ended = EndHandler()
        monitor = try Monitor { id, instance in ended.handle(id, instance) }
        ended.connect(self)
        monitor.start()
    }

    /// One verb at a time per VPS.
    func exclusively<Result>(_ id: VPSID, _ body: () throws -> Result) throws -> Result {
        try locks.withLock(id) {
            defer { board.setUnderway(id, nil) }
            return try body()
        }
    }

    func isRunning(_ id: VPSID) throws -> Bool { try runningInit(id) != nil }

    /// Its pid on the host.
    func runningInit(_ id: VPSID) throws -> Int32? { try WardenLink.connect(to: host.layout.socket(id))?.initPid }

    /// Thrown: another VPS has something of it, or it is not this node's to give.
    func claim(_ specification: VPSSpecification, isKept: Bool) throws {
        try claims.take(try Claim.all(of: specification, idBase: host.layout.idBase, pools: host.ruleset, isKept: isKept), for: specification.id)
    }

    /// For what is better noted, and must not fail on a full pool.
    func saveIfThereIsRoom(_ record: Record, _ what: String) throws {
        do { try records.save(record) } catch let error as KernelError where error.code == KernelError.noSpace {
            log.warning("a full pool: \(what) is not noted, and goes on", metadata: ["vps": "\(record.specification.id)"])
        }
    }

    func existing(_ id: VPSID) throws -> Record {
        guard let record = try records.load(id) else { throw NodeProblem(.notFound, "there is no VPS \(id) on this node") }
        return record
    }
}
