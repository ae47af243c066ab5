/// The candidate with the fewest edits (Levenshtein) from `text`.
func nearest(to text: String, among candidates: [String]) -> String {
    candidates.min { edits(text, $0) < edits(text, $1) } ?? ""
}

private func edits(_ left: String, _ right: String) -> Int {
    let right = Array(right.lowercased())
    var row = Array(0...right.count)
    for (i, character) in left.lowercased().prefix(100).enumerated() {
        var diagonal = row[0]
        row[0] = i + 1
        for (j, other) in right.enumerated() {
            let above = row[j + 1]
            row[j + 1] = min(above + 1, row[j] + 1, diagonal + (character == other ? 0 : 1))
            diagonal = above
        }
    }
    return row[right.count]
}
