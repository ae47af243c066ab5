/// Rows under upper-case headers, columns aligned. The last column is not padded, so that no line ends in spaces.
struct Table: Equatable {
    struct Cell: Equatable, ExpressibleByStringLiteral {
        let text: String
        let tone: Style.Tone?

        init(_ text: String, _ tone: Style.Tone? = nil) {
            self.text = Visible.text(text)
            self.tone = tone
        }

        init(stringLiteral text: String) { self.init(text) }
    }

    struct Column: Equatable, ExpressibleByStringLiteral {
        let title: String
        let isNumber: Bool

        init(stringLiteral title: String) {
            self.title = title
            isNumber = false
        }

        private init(title: String, isNumber: Bool) {
            self.title = title
            self.isNumber = isNumber
        }

        /// Aligned at its right.
        static func number(_ title: String) -> Column { Column(title: title, isNumber: true) }
    }

    let columns: [Column]
    let rows: [[Cell]]

    init(_ columns: [Column], _ rows: [[Cell]]) {
        self.columns = columns
        self.rows = rows
    }

    func text(_ style: Style = .plain) -> String {
        let headers = columns.map { Cell($0.title.uppercased(), .heading) }
        let all = [headers] + rows
        let widths = columns.indices.map { column in all.map { $0[column].text.count }.max() ?? 0 }
        return all.map { line($0, widths, style) + "\n" }.joined()
    }

    private func line(_ cells: [Cell], _ widths: [Int], _ style: Style) -> String {
        let last = cells.lastIndex { !$0.text.isEmpty } ?? 0
        return cells[...last].enumerated().map { column, cell in
            let gap = String(repeating: " ", count: widths[column] - cell.text.count)
            let dressed = style.dress(cell.text, cell.tone)
            if columns[column].isNumber { return gap + dressed }
            return column == last ? dressed : dressed + gap
        }.joined(separator: "  ")
    }
}
