internal import NodeModel
internal import Testing

@testable internal import ControlPlane

@Suite(.timeLimit(.minutes(5)))
struct GuestEndTests {
    @Test("A guest is heard up to a length, and of that the beginning is kept")
    func guests() {
        var end = GuestEnd()
        let part = [UInt8](repeating: UInt8(ascii: "x"), count: 1024)
        let isHeard = (0..<64).map { _ in end.hear(StreamFrame(.output, part)) } + [end.hear(StreamFrame(.errorOutput, [1]))]
        #expect(isHeard == Array(repeating: true, count: 64) + [false] && end.status == nil && end.words.count == 200)
        var ended = GuestEnd()
        let goesOn = [ended.hear(StreamFrame(.output, Array("a\u{1B}[2Jb\n".utf8))), ended.hear(StreamFrame(.exit, [0, 0, 1, 2]))]
        #expect(goesOn == [true, false] && ended.status == 258 && ended.words == "a[2Jb")
        var failed = GuestEnd()
        let fails = failed.hear(StreamFrame(.failure, Array("no sh".utf8)))
        #expect(!fails && failed.status == nil && failed.words == "no sh")
    }
}
