/// One thing, a property a line, the values aligned.
struct Details: Equatable {
    let lines: [(label: String, value: Table.Cell)]

    init(_ lines: [(label: String, value: Table.Cell)]) { self.lines = lines }

    static func == (one: Self, other: Self) -> Bool { one.text() == other.text() }

    func text(_ style: Style = .plain) -> String {
        let width = lines.map(\.label.count).max() ?? 0
        return lines.map { line in
            let gap = String(repeating: " ", count: width - line.label.count)
            return style.dress("\(line.label):", .heading) + gap + " " + style.dress(line.value.text, line.value.tone) + "\n"
        }.joined()
    }
}
