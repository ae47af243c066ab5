import NodeModel
import Testing

@testable import NodeEngine

struct EndDecisionTests {
    static func record(_ power: VPSSpecification.Power = .running, removing: Bool = false, halted: Bool = false, restart: Record.Restart? = nil) -> Record {
        var record = Record(AcceptanceTests.specification(power: power), guest: GuestTemplate(initPath: "/sbin/init", shutdownSignal: 38, firstBoot: []))
        record.removing = removing
        record.haltedByGuest = halted
        record.restart = restart
        return record
    }

    @Test(arguments: [
        ("a reboot", Ending.rebooted, record(), EndDecision.startAgain),
        ("a poweroff", .poweredOff, record(), .halted(failure: nil)),
        ("an init that returned", .exited(0), record(), .halted(failure: nil)),
        ("an init that failed", .exited(3), record(), .halted(failure: "the guest's init ended with status 3; the last that its console said: oh no")),
        ("an init that was killed", .killed(signal: 11), record(), .halted(failure: "the guest's init was killed by signal 11; the last that its console said: oh no")),
        ("an end that nobody saw", .unknown, record(), .halted(failure: "the guest ended, and nobody saw how; the last that its console said: oh no")),
        ("a poweroff under a restart, which asked for it", .poweredOff, record(restart: .init(operation: "x", replaced: 6)), .startAgain),
        ("a poweroff after a restart", .poweredOff, record(restart: .init(operation: "x", replaced: 6, isUnderway: false)), .halted(failure: nil)),
        ("a reboot of one that is to be down", .rebooted, record(.stopped), .asAsked),
        ("a crash of one that is to be down", .killed(signal: 9), record(.stopped), .asAsked),
        ("a reboot of one that is being removed", .rebooted, record(removing: true), .asAsked),
        ("a crash of one that is being removed", .exited(1), record(removing: true), .asAsked),
    ])
    func everyEndHasItsConsequence(_ label: String, _ ending: Ending, _ record: Record, _ decision: EndDecision) {
        #expect(EndDecision.decide(ending, record, lastWords: "oh no") == decision, "\(label)")
    }
}
