@testable import roost
import Testing

@Suite("Ctrl-]") struct DetachKeyTests {
    @Test("it is found wherever it is typed, also as a guest may have the terminal spell it", arguments: [
        (row: "none", typed: "ls\r", before: "ls\r", isPressed: false), (row: "alone", typed: "\u{1D}", before: "", isPressed: true),
        (row: "within", typed: "ab\u{1D}cd", before: "ab", isPressed: true), (row: "kitty", typed: "x\u{1B}[93;5u", before: "x", isPressed: true),
        (row: "xterm", typed: "\u{1B}[27;5;93~", before: "", isPressed: true), (row: "an arrow", typed: "\u{1B}[A", before: "\u{1B}[A", isPressed: false),
        (row: "nothing", typed: "", before: "", isPressed: false),
    ])
    func split(row: String, typed: String, before: String, isPressed: Bool) {
        let result = DetachKey.split(Array(typed.utf8))
        #expect(result.before == Array(before.utf8), "\(row)")
        #expect(result.isPressed == isPressed, "\(row)")
    }
}
