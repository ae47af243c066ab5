import Testing

@testable import NodeEngine

struct LastWordsTests {
    @Test(arguments: [
        ("nothing but how it ended", "1 255\n", String?.none),
        ("no record", "", nil),
        ("one line", "1 255\nFailed to mount\r\n", "Failed to mount"),
        ("blank lines behind it", "1 1\nfirst\r\nsecond\r\n\r\n \r\n", "second"),
        ("colours and a title", "1 1\n\u{1b}[31mred\u{1b}[0m alert\u{7}\n", "red alert"),
        ("marks that turn text round", "1 1\nabc\u{202e}def\n", "abcdef"),
    ])
    func whatIsShownIsTheLastLineAndPlain(_ label: String, _ record: String, _ line: String?) {
        #expect(LastWords.line(ofRecord: record) == line, "\(label)")
    }
}
