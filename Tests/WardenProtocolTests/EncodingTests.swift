import Testing
import WardenProtocol

struct EncodingTests {
    static let everyStep: [Step] = [
        .unshare(flags: .max), .writeFile(path: [1, 2], content: []), .placeSelf(3), .enter(0, flags: 1 << 40), .mapIDs(base: 1_879_048_192, count: 65536),
        .reportBirth, .receive, .mapMount(4), .give(5), .take, .makeMountsPrivate, .placeRoot(6), .makeDirectory(path: [47], mode: 0o755),
        .makeFile(path: [97], mode: 0o600), .link(path: [97], content: [98]), .mount(type: Array("tmpfs".utf8), path: [97], attributes: 7, options: [Step.Option(key: [1], value: []), Step.Option(key: [], value: [2])]),
        .bindHost(source: [1], path: [2]), .mountParts(type: [1], path: [2], attributes: 15, parts: [[3, 47, 4], [5]]), .tryDirectory([6]), .release, .hold, .stage, .unstage(path: [7]), .mask(path: [3]), .makeReadOnly(path: [4]), .openTerminal(bindTo: [], rows: 25, columns: 80), .standardStreams(1, 2, 3), .pivot,
        .setHostname([104]), .newSession, .newKeyring, .becomeRoot, .loadFilter([UInt8](repeating: 7, count: 4096)), .limitCapabilities(keep: 1 << 41, last: 40),
        .changeDirectory([47]), .execute(arguments: [[1], [], [2, 3]], environment: []),
    ]

    static let plan = Plan(before: Array(everyStep.prefix(5)), cloneFlags: 0x7c02_0000, bornIn: 2, onChild: Array(everyStep[5..<12]), child: everyStep, afterwards: .keepGuard(listener: 0, record: 1, uid: 77))

    @Test func aPlanWithEveryStepArrivesAsItWasSent() throws {
        #expect(try Plan(decoding: Self.plan.encoded()) == Self.plan)
        let waiting = Plan(before: [], cloneFlags: 0, bornIn: nil, onChild: [], child: [], afterwards: .wait)
        #expect(try Plan(decoding: waiting.encoded()) == waiting)
    }

    @Test func aPlanThatEndsEarlyIsRefusedWhereverItEnds() throws {
        let bytes = try Self.plan.encoded()
        for length in bytes.indices { #expect(throws: MalformedMessage.self) { try Plan(decoding: Array(bytes[..<length])) } }
    }

    @Test func aPlanWithSomethingBehindItIsRefused() {
        #expect(throws: MalformedMessage.self) { try Plan(decoding: try Self.plan.encoded() + [0]) }
    }

    @Test func randomBytesNeverTrap() {
        var generator = SystemRandomNumberGenerator()
        for _ in 0..<20_000 {
            let bytes = [Plan.version] + (0..<Int.random(in: 0..<64, using: &generator)).map { _ in UInt8.random(in: 0...40, using: &generator) }
            _ = try? Plan(decoding: bytes)  // refused or read: only a trap is a failure
            _ = try? Report(decoding: bytes)  // likewise
            _ = try? GuardRequest(decoding: bytes)  // likewise
            _ = try? GuardAnswer(decoding: bytes)  // likewise
            _ = try? ChildMessage(decoding: bytes)  // likewise
        }
    }

    @Test(arguments: [
        Report.born(pid: 4711), .running(terminal: true), .running(terminal: false), .failed(.child, step: 300, code: 2), .failed(.clone, step: 0, code: -1), .ended(code: 2, status: 9),
    ])
    func aReportArrivesAsItWasSent(_ report: Report) throws { #expect(try Report(decoding: report.encoded) == report) }

    @Test(arguments: [
        ("one step too many", Plan(before: Array(repeating: .take, count: 65536), cloneFlags: 0, bornIn: nil, onChild: [], child: [], afterwards: .wait)),
        ("one argument too many", executing(Array(repeating: [1], count: 65536))),
        ("one option too many", Plan(before: [], cloneFlags: 0, bornIn: nil, onChild: [], child: [.mount(type: [], path: [], attributes: 0, options: Array(repeating: Step.Option(key: [], value: []), count: 256))], afterwards: .wait)),
        ("one byte more than a packet", executing([[UInt8](repeating: 65, count: Plan.longest - overhead + 1)])),
    ])
    func whatIsTooLongIsSaidToBe(_ label: String, _ plan: Plan) {
        #expect(throws: MessageTooLong.self, "\(label)") { try plan.encoded() }
    }

    @Test func theLongestPlanIsExactlyAPacket() throws {
        #expect(try Self.executing([[UInt8](repeating: 65, count: Plan.longest - Self.overhead)]).encoded().count == Plan.longest)
    }

    private static func executing(_ arguments: [[UInt8]]) -> Plan {
        Plan(before: [], cloneFlags: 0, bornIn: nil, onChild: [], child: [.execute(arguments: arguments, environment: [])], afterwards: .wait)
    }

    /// Of a plan that executes one argument: version, three counts, flags, slot, the step's kind, two counts, a length, what follows.
    private static let overhead = 1 + 3 * 2 + 8 + 1 + 1 + 2 * 2 + 4 + 1
}
