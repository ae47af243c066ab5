/// What of the host's package sources a guest of one suite gets (sources.list(5)): its own suite's, over the network. What is on
/// the host's disks, and what was added for the host's own purposes, is left out.
struct AptSources: Equatable {
    /// One-line style.
    var lines: [String] = []
    /// deb822 style, each ending in a newline.
    var stanzas: [String] = []
    var isEmpty: Bool { lines.isEmpty && stanzas.isEmpty }

    static func selected(from files: [(name: String, text: String)], suite: String) -> AptSources {
        var found = AptSources()
        for file in files {
            if file.name.hasSuffix(".list") { found.lines += file.text.split(separator: "\n").compactMap { line(String($0), suite) } }
            if file.name.hasSuffix(".sources") { found.stanzas += stanzas(file.text).compactMap { stanza($0, suite) } }
        }
        return found
    }

    private static func belongs(_ name: some StringProtocol, to suite: String) -> Bool { name == suite || name.hasPrefix(suite + "-") || name.hasPrefix(suite + "/") }
    private static func isRemote(_ uri: some StringProtocol) -> Bool { uri.hasPrefix("http://") || uri.hasPrefix("https://") }

    /// `deb [options] URI suite component…`
    private static func line(_ text: String, _ suite: String) -> String? {
        var words = text.split { $0 == " " || $0 == "\t" }
        guard words.first == "deb" else { return nil }
        words.removeFirst()
        if words.first?.hasPrefix("[") == true {
            guard let end = words.firstIndex(where: { $0.hasSuffix("]") }) else { return nil }
            words.removeSubrange(...end)
        }
        guard words.count >= 2, isRemote(words[0]), belongs(words[1], to: suite) else { return nil }
        return text
    }

    private static func stanzas(_ text: String) -> [[String]] {
        text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
            .split { $0.allSatisfy(\.isWhitespace) }
            .map { $0.filter { !$0.hasPrefix("#") } }
            .filter { !$0.isEmpty }
    }

    private static func stanza(_ lines: [String], _ suite: String) -> String? {
        var fields: [(name: String, value: String)] = []
        for line in lines {
            if line.hasPrefix(" ") || line.hasPrefix("\t") {
                guard !fields.isEmpty else { return nil }
                fields[fields.count - 1].value += "\n" + line
            } else {
                guard let colon = line.firstIndex(of: ":") else { return nil }
                fields.append((String(line[..<colon]), line[line.index(after: colon)...].trimmed))
            }
        }
        func words(_ name: String) -> [Substring] { fields.first { $0.name.lowercased() == name }?.value.split(whereSeparator: \.isWhitespace) ?? [] }
        let suites = words("suites").filter { belongs($0, to: suite) }
        let uris = words("uris").filter(isRemote)
        guard words("types").contains("deb"), words("enabled").first?.lowercased() != "no", !suites.isEmpty, !uris.isEmpty else { return nil }
        return fields.map { field in
            switch field.name.lowercased() {
            case "types": "Types: deb\n"
            case "suites": "Suites: \(suites.joined(separator: " "))\n"
            case "uris": "URIs: \(uris.joined(separator: " "))\n"
            default: "\(field.name): \(field.value)\n"
            }
        }.joined()
    }
}

extension Substring {
    fileprivate var trimmed: String { String(drop(while: \.isWhitespace).reversed().drop(while: \.isWhitespace).reversed()) }
}
