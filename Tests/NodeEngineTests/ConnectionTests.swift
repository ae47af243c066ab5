import Kernel
import NodeModel
import Testing

@testable import NodeEngine

struct ConnectionTests {
    /// What a connection makes of these bytes, after which the other side ends.
    private func received(_ bytes: [UInt8]) throws -> [StreamFrame] {
        let pipe = try Kernel.Pipe()
        try pipe.writing.write(bytes)
        let connection = Connection(pipe.keepReading())
        var frames: [StreamFrame] = []
        while let frame = try connection.receive() { frames.append(frame) }
        return frames
    }

    @Test func framesComeOneAfterAnother() throws {
        let frames = [StreamFrame(.input, [1, 2, 3]), StreamFrame(.endOfInput), .resize(TerminalSize(rows: 5, columns: 6))]
        #expect(try received(try frames.flatMap { try $0.encoded() }) == frames)
        #expect(try received([]).isEmpty)
    }

    @Test(arguments: [
        ("a body that ends early", [UInt8(0), 0, 0, 3, 1]), ("an empty frame", [0, 0, 0, 0]), ("a frame too long", [1, 0, 0, 0, 1]), ("an unknown kind", [0, 0, 0, 1, 99]),
    ])
    func whatIsNoFrameIsSaidToBeInvalid(_ label: String, _ bytes: [UInt8]) {
        #expect("\(label)") { try received(bytes) } throws: { ($0 as? NodeProblem)?.code == .invalid }
    }

    @Test func whatIsSentIsReceived() throws {
        let pipe = try Kernel.Pipe()
        let reading = Connection(try pipe.reading.duplicate())
        let sending = Connection(pipe.keepWriting())
        sending.sendExit(-1)
        try sending.reply(.done)
        #expect(try reading.receive() == .exit(-1))
        #expect(try reading.receive()?.kind == .message)
    }

    @Test func aReplyThatIsTooLongIsAnError() throws {
        let connection = Connection(try Kernel.Pipe().keepWriting())
        #expect(throws: MalformedFrame.self) { try connection.send(.message, [UInt8](repeating: 0, count: FrameLimits.longest)) }
    }
}
