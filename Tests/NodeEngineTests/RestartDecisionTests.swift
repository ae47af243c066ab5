import NodeModel
import Testing

@testable import NodeEngine

struct RestartDecisionTests {
    static func record(_ change: (inout Record) -> Void = { _ in }) -> Record {
        var record = Record(AcceptanceTests.specification(), guest: GuestTemplate(initPath: "/sbin/init", shutdownSignal: 38, firstBoot: []))
        change(&record)
        return record
    }

    @Test(arguments: [
        ("it runs", record(), 7, RestartDecision.restart),
        ("it runs since another restart", record { $0.restart = .init(operation: "before", replaced: 6) }, 7, .restart),
        ("this one was noted, and not begun", record { $0.restart = .init(operation: "this", replaced: 7) }, 7, .restart),
        ("it runs since this one", record { $0.restart = .init(operation: "this", replaced: 6) }, 7, .isDone),
        ("it was stopped for this one", record { $0.restart = .init(operation: "this", replaced: 6) }, nil, .restart),
        ("it ended while it was asked to, and that was taken for its own wish", record { $0.restart = .init(operation: "this", replaced: 6); $0.haltedByGuest = true }, nil, .restart),
        ("its start failed", record { $0.failure = "why" }, nil, .restart),
        ("its guest powered itself off", record { $0.haltedByGuest = true }, nil, .refuse),
        ("it is to be stopped", record { $0.specification.power = .stopped }, nil, .refuse),
    ] as [(String, Record, Int32?, RestartDecision)])
    func aRestartDoesWhatIsLeftOfIt(label: String, record: Record, runningInit: Int32?, decision: RestartDecision) {
        #expect(RestartDecision.decide(record, operation: "this", runningInit: runningInit) == decision, "\(label)")
    }
}
