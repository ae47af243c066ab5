import NodeModel
import Testing

struct FrameTests {
    @Test(arguments: [
        ("nothing said", StreamFrame(.endOfInput), [UInt8(0), 0, 0, 1, 5]),
        ("output", StreamFrame(.output, [1, 2]), [0, 0, 0, 3, 1, 1, 2]),
        ("a size", .resize(TerminalSize(rows: 0x0102, columns: 3)), [0, 0, 0, 5, 3, 1, 2, 0, 3]),
        ("an exit", .exit(258), [0, 0, 0, 5, 4, 0, 0, 1, 2]),
        ("an exit below zero", .exit(-1), [0, 0, 0, 5, 4, 255, 255, 255, 255]),
    ])
    func aFrameArrivesAsItWasSent(_ label: String, _ frame: StreamFrame, _ bytes: [UInt8]) throws {
        #expect(try frame.encoded() == bytes, "\(label)")
        #expect(try StreamFrame.bodyLength(head: bytes.prefix(4)) == bytes.count - 4, "\(label)")
        #expect(try StreamFrame(body: bytes.dropFirst(4)) == frame, "\(label)")
    }

    @Test(arguments: [
        ("no length", [UInt8]()), ("half a length", [0, 0, 1]), ("more than a length", [0, 0, 0, 0, 1]), ("nothing", [0, 0, 0, 0]), ("one byte too many", [0, 16, 0, 1]), ("as many as there can be", [255, 255, 255, 255]),
    ])
    func aHeadThatIsNoneIsRefused(_ label: String, _ head: [UInt8]) {
        #expect(throws: MalformedFrame.self, "\(label)") { try StreamFrame.bodyLength(head: head) }
    }

    @Test func aBodyThatIsNoneIsRefused() {
        #expect(throws: MalformedFrame.length(0)) { try StreamFrame(body: []) }
        #expect(throws: MalformedFrame.kind(7)) { try StreamFrame(body: [7, 1]) }
    }

    @Test func theLongestFrameCanBeSentAndOneLongerCannot() throws {
        #expect(try StreamFrame(.message, [UInt8](repeating: 0, count: FrameLimits.longest - 1)).encoded().count == FrameLimits.longest + StreamFrame.headLength)
        #expect(throws: MalformedFrame.length(FrameLimits.longest + 1)) { try StreamFrame(.message, [UInt8](repeating: 0, count: FrameLimits.longest)).encoded() }
    }

    @Test(arguments: [[], [0], [0, 1, 0], [0, 1, 0, 2, 0]] as [[UInt8]])
    func aSizeThatIsNoneIsNone(_ payload: [UInt8]) { #expect(TerminalSize(payload: payload) == nil) }

    @Test func randomBytesNeverTrap() {
        var generator = SystemRandomNumberGenerator()
        for _ in 0..<10_000 {
            let bytes = (0..<Int.random(in: 0..<12, using: &generator)).map { _ in UInt8.random(in: .min ... .max, using: &generator) }
            _ = try? StreamFrame.bodyLength(head: bytes)  // refused or read: only a trap is a failure
            _ = try? StreamFrame(body: bytes)  // likewise
            _ = TerminalSize(payload: bytes)
        }
    }
}
