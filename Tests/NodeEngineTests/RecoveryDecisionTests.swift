import NodeModel
import Testing

@testable import NodeEngine

struct RecoveryDecisionTests {
    private static func record(_ power: VPSSpecification.Power = .running, removing: Bool = false, halted: Bool = false) -> RecordStore.Found {
        .readable(EndDecisionTests.record(power, removing: removing, halted: halted))
    }

    private static func facts(_ record: RecordStore.Found, isRunning: Bool = false, hasDisk: Bool = true, _ ending: Ending = .unknown) -> RecoveryFacts {
        RecoveryFacts(isRunning: isRunning, record: record, hasDisk: hasDisk, ending: ending, lastWords: nil)
    }

    static let failure = EndDecision.halted(failure: "the guest's init ended with status 3")

    @Test(arguments: [
        ("it runs", facts(record(), isRunning: true), RecoveryDecision.adopt),
        ("it runs, and was to be stopped: whoever asked asks again", facts(record(.stopped), isRunning: true), .adopt),
        ("it runs, and nobody can say what it is", facts(.unreadable("damaged"), isRunning: true), .adopt),
        ("it runs without a record", facts(.absent, isRunning: true, hasDisk: false), .adopt),
        ("it runs, and was being removed", facts(record(removing: true), isRunning: true), .finishRemoval),
        ("it was being removed", facts(record(removing: true)), .finishRemoval),
        ("it was being removed when its guest ended", facts(record(removing: true), .rebooted), .finishRemoval),
        ("a creation that never was", facts(.absent, hasDisk: false), .finishRemoval),
        ("a disk that nobody knows", facts(.absent, hasDisk: true), .leave("a disk without a record; put its specification again, or remove it")),
        ("a damaged record", facts(.unreadable("damaged")), .leave("damaged")),
        ("the host went down under it", facts(record()), .start),
        ("the node went down before its disk was made: the failure is noted where it is seen", facts(record(), hasDisk: false), .start),
        ("its guest rebooted meanwhile", facts(record(), .rebooted), .start),
        ("its guest powered itself off meanwhile", facts(record(), .poweredOff), .stayDown(.halted(failure: nil))),
        ("its guest crashed meanwhile", facts(record(), .exited(3)), .stayDown(failure)),
        ("its guest had powered itself off before", facts(record(halted: true)), .stayDown(.asAsked)),
        ("its guest's end was noted, and not cleared away", facts(record(halted: true), .exited(3)), .stayDown(.asAsked)),
        ("it was to be down", facts(record(.stopped)), .stayDown(.asAsked)),
        ("it was to be down, and its guest rebooted", facts(record(.stopped), .rebooted), .stayDown(.asAsked)),
    ])
    func everyStateThatAStartFindsIsDecided(_ label: String, _ facts: RecoveryFacts, _ decision: RecoveryDecision) {
        #expect(RecoveryDecision.decide(facts) == decision, "\(label)")
    }

    /// What each decision leaves, decided on again, is left in peace.
    @Test func decidedAgainAfterwardsThereIsNothingLeftToDo() {
        let records: [RecordStore.Found] = [.absent, .unreadable("damaged")] + [true, false].flatMap { removing in
            [true, false].flatMap { halted in [VPSSpecification.Power.running, .stopped].map { Self.record($0, removing: removing, halted: halted) } }
        }
        let endings: [Ending] = [.unknown, .rebooted, .poweredOff, .exited(0), .exited(3), .killed(signal: 9)]
        for record in records {
            for ending in endings {
                for (isRunning, hasDisk) in [(true, true), (true, false), (false, true), (false, false)] {
                    let before = Self.facts(record, isRunning: isRunning, hasDisk: hasDisk, ending)
                    let decision = RecoveryDecision.decide(before)
                    guard let after = afterwards(before, decision) else { continue }  // removed
                    let again = RecoveryDecision.decide(after)
                    switch decision {
                    case .start: #expect(again == .adopt, "\(before)")
                    case .stayDown: #expect(again == .stayDown(.asAsked), "\(before)")
                    case .adopt, .leave, .finishRemoval: #expect(again == decision, "\(before)")
                    }
                }
            }
        }
    }

    private func afterwards(_ facts: RecoveryFacts, _ decision: RecoveryDecision) -> RecoveryFacts? {
        var after = facts
        switch decision {
        case .adopt, .leave: break
        case .finishRemoval: return nil
        case .start:
            after.isRunning = true
            after.ending = .unknown
        case .stayDown(let end):
            if case .halted(let failure) = end, var record = facts.record.record {
                record.haltedByGuest = true
                record.failure = failure
                after.record = .readable(record)
            }
            after.ending = .unknown
        }
        return after
    }
}
