import NodeModel
import Testing

@testable import NodeEngine

struct ObservedStateTests {
    @Test(arguments: [
        ("a verb is at work", ObservedState.underway(.stopping), false, Observation.State.stopping, "broken" as String?),
        ("it runs, whatever went wrong before", .running(initPid: 7), false, .running, nil),
        ("it is down, and something went wrong", .down(hasProcesses: false), false, .failed, "broken"),
        ("there is a riddle", .down(hasProcesses: true), false, .unknown, "there are processes, but no warden"),
    ])
    func whatIsSeenIsSaid(_ label: String, _ seen: ObservedState, _ halted: Bool, _ state: Observation.State, _ reason: String?) {
        var record = EndDecisionTests.record()
        record.failure = "broken"
        let observation = seen.observation(of: record)
        #expect(observation.state == state, "\(label)")
        #expect(observation.reason == reason, "\(label)")
        #expect(observation.initPid == (state == .running ? 7 : nil), "\(label)")
    }

    @Test func oneThatIsDownWithoutAFailureIsStopped() {
        let observation = ObservedState.down(hasProcesses: false).observation(of: EndDecisionTests.record(halted: true))
        #expect(observation.state == .stopped)
        #expect(observation.haltedByGuest)
        #expect(observation.reason == nil)
    }
}
