import Testing
import WardenProtocol

struct MessageTests {
    @Test(arguments: [
        ("status", GuardRequest.status, [UInt8(1)]),
        ("attach", .attach, [2]),
        ("what is typed", .type([97, 0, 255]), [3, 97, 0, 255]),
        ("nothing typed", .type([]), [3]),
        ("resize", .resize(rows: 24, columns: 0x0150), [4, 24, 0, 0x50, 1]),
    ])
    func aRequestKeepsItsBytesThroughUpgrades(_ label: String, _ request: GuardRequest, _ bytes: [UInt8]) throws {
        #expect(request.encoded == bytes, "\(label)")
        #expect(try GuardRequest(decoding: bytes) == request, "\(label)")
    }

    @Test(arguments: [
        ("status", GuardAnswer.status(initPid: 0x0102_0304), [UInt8(1), 4, 3, 2, 1]),
        ("attached", .attached, [2]),
        ("what was said", .said([10]), [3, 10]),
        ("full", .full, [5]),
    ])
    func anAnswerKeepsItsBytesThroughUpgrades(_ label: String, _ answer: GuardAnswer, _ bytes: [UInt8]) throws {
        #expect(answer.encoded == bytes, "\(label)")
        #expect(try GuardAnswer(decoding: bytes) == answer, "\(label)")
    }

    @Test(arguments: [
        ("the terminal", ChildMessage.terminal, [UInt8(1)]),
        ("a failed step", .failed(step: 0x0102, code: -2), [2, 2, 1, 254, 255, 255, 255]),
    ])
    func aChildsMessageArrivesAsItWasSent(_ label: String, _ message: ChildMessage, _ bytes: [UInt8]) throws {
        #expect(message.encoded == bytes, "\(label)")
        #expect(try ChildMessage(decoding: bytes) == message, "\(label)")
        #expect(bytes.count <= ChildMessage.longest)
    }

    @Test(arguments: [
        ("nothing", [UInt8]()), ("an unknown kind", [6]), ("another unknown kind", [0]), ("half a size", [4, 24, 0, 80]), ("more than a size", [4, 24, 0, 80, 0, 0]), ("more than an attachment", [2, 0]),
    ])
    func aRequestThatIsNoneIsRefused(_ label: String, _ bytes: [UInt8]) {
        #expect(throws: MalformedMessage.self, "\(label)") { try GuardRequest(decoding: bytes) }
    }

    @Test(arguments: [("nothing", [UInt8]()), ("an unknown kind", [4]), ("half a pid", [1, 2, 3]), ("more than a pid", [1, 2, 3, 4, 5, 6]), ("more than full", [5, 5])])
    func anAnswerThatIsNoneIsRefused(_ label: String, _ bytes: [UInt8]) {
        #expect(throws: MalformedMessage.self, "\(label)") { try GuardAnswer(decoding: bytes) }
    }

    @Test(arguments: [("nothing", [UInt8]()), ("an unknown kind", [3]), ("half a failure", [2, 1, 0, 1]), ("more than a failure", [2, 1, 0, 1, 0, 0, 0, 0])])
    func aChildsMessageThatIsNoneIsRefused(_ label: String, _ bytes: [UInt8]) {
        #expect(throws: MalformedMessage.self, "\(label)") { try ChildMessage(decoding: bytes) }
    }
}
