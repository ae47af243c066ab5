import NodeModel
import Testing

@testable import NodeEngine

struct PowerDecisionTests {
    @Test(arguments: [
        ("to run, and it does", VPSSpecification.Power.running, true, false, PowerDecision.setLimits),
        ("to run, and it does, though it was noted as halted", .running, true, true, .setLimits),
        ("to run, and it does not", .running, false, false, .start),
        ("to run, and its guest ended itself since", .running, false, true, .nothing),
        ("to be down, and it runs", .stopped, true, false, .stop),
        ("to be down, and it runs, though it was noted as halted", .stopped, true, true, .stop),
        ("to be down, and it is", .stopped, false, false, .nothing),
        ("to be down, and its guest ended itself", .stopped, false, true, .nothing),
    ])
    func everyCaseIsDecided(_ label: String, _ wanted: VPSSpecification.Power, _ isRunning: Bool, _ halted: Bool, _ decision: PowerDecision) {
        #expect(PowerDecision.decide(wanted: wanted, isRunning: isRunning, haltedByGuest: halted) == decision, "\(label)")
    }

    @Test(arguments: [VPSSpecification.Power.running, .stopped], [true, false])
    func decidedAgainAfterwardsNothingIsLeftToStartOrStop(_ wanted: VPSSpecification.Power, _ isRunning: Bool) {
        for halted in [true, false] {
            let afterwards = switch PowerDecision.decide(wanted: wanted, isRunning: isRunning, haltedByGuest: halted) {
            case .start, .setLimits: true
            case .stop: false
            case .nothing: isRunning
            }
            let again = PowerDecision.decide(wanted: wanted, isRunning: afterwards, haltedByGuest: halted)
            #expect(again == (afterwards ? .setLimits : .nothing))
        }
    }
}
