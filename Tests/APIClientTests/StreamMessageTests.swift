import APIClient
import Testing

@Suite("Stream messages") struct StreamMessageTests {
    @Test("each kind has its bytes", arguments: [
        (row: "input", message: StreamMessage.input([1, 2]), bytes: [0, 1, 2] as [UInt8]),
        (row: "no input", message: .input([]), bytes: [0]),
        (row: "output", message: .output([0xFF]), bytes: [1, 0xFF]),
        (row: "error output", message: .errorOutput([7]), bytes: [2, 7]),
        (row: "resize", message: .resize(rows: 24, columns: 0x1234), bytes: [3, 0, 24, 0x12, 0x34]),
        (row: "exit", message: .exit(258), bytes: [4, 0, 0, 1, 2]),
        (row: "exit below zero", message: .exit(-1), bytes: [4, 255, 255, 255, 255]),
        (row: "end of input", message: .endOfInput, bytes: [5]),
        (row: "failure", message: .failure("no é"), bytes: [6] + Array("no é".utf8)),
    ])
    func bytes(row: String, message: StreamMessage, bytes: [UInt8]) throws {
        #expect(message.encoded == bytes, "\(row)")
        #expect(try StreamMessage(decoding: bytes) == message, "\(row)")
    }

    @Test("what is no message is refused", arguments: [[], [7], [255, 1], [3], [3, 0, 1, 0], [3, 0, 1, 0, 1, 0], [4, 0, 0, 0], [4, 0, 0, 0, 0, 0], [5, 1]] as [[UInt8]])
    func refused(bytes: [UInt8]) { #expect(throws: StreamMessage.Malformed.self) { try StreamMessage(decoding: bytes) } }
}
