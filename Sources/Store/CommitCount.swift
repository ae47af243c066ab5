internal import GRDB
internal import Synchronization

/// How often something was written: whoever looks again and again need look only where this has changed.
final class CommitCount: TransactionObserver, Sendable {
    private let count = Mutex<UInt64>(0)
    var value: UInt64 { count.withLock { $0 } }

    func observes(eventsOfKind eventKind: DatabaseEventKind) -> Bool { false }  // each change is no matter, that there was one is
    func databaseDidChange(with event: DatabaseEvent) {}
    func databaseDidCommit(_ db: Database) { count.withLock { $0 += 1 } }
    func databaseDidRollback(_ db: Database) {}
}
