import Testing

@testable import NodeEngine

struct EndingTests {
    @Test(arguments: [
        ("poweroff(8) ends init by SIGINT", "2 2\n", Ending.poweredOff),
        ("reboot(8) ends init by SIGHUP", "2 1\n", .rebooted),
        ("init returned", "1 0\n", .exited(0)),
        ("init failed", "1 3\n", .exited(3)),
        ("killed", "2 9\n", .killed(signal: 9)),
        ("killed with a core", "3 11\n", .killed(signal: 11)),
        ("no record", "", .unknown),
        ("half a record", "2", .unknown),
        ("nonsense", "x y\n", .unknown),
    ])
    func theRecordOfAnEndIsUnderstood(_ label: String, _ record: String, _ ending: Ending) { #expect(Ending(record: record) == ending, "\(label)") }

    @Test func onlyARebootStartsAgain() {
        #expect(Ending.rebooted.consequence == .startAgain)
        for ending in [Ending.poweredOff, .exited(0), .exited(1), .killed(signal: 9), .unknown] { #expect(ending.consequence != .startAgain) }
    }
}
