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
        ("it runs", record(), true, RestartDecision.stopFirst),
        ("it runs since another restart", record { $0.restart = "before" }, true, .stopFirst),
        ("it runs since this one", record { $0.restart = "this" }, true, .nothing),
        ("it was stopped for this one", record { $0.restart = "this" }, false, .start),
        ("it was stopped, and nothing noted", record(), false, .start),
        ("its guest powered itself off", record { $0.haltedByGuest = true }, false, .refuse),
        ("it is to be stopped", record { $0.specification.power = .stopped }, false, .refuse),
    ])
    func aRestartDoesWhatIsLeftOfIt(label: String, record: Record, isRunning: Bool, decision: RestartDecision) {
        #expect(RestartDecision.decide(record, operation: "this", isRunning: isRunning) == decision, "\(label)")
    }
}
