internal import Yams

extension Settings {
    /// A file larger than this is not a configuration.
    private static let largestFile = 1 << 20

    /// What the YAML says, each with its line. Duplicate keys are an error of the parser's.
    static func entries(yaml: String, path: String) throws(SettingsError) -> [Entry] {
        guard yaml.utf8.count <= largestFile else { throw .notYAML(path: path, why: "larger than 1 MiB") }
        let root: Yams.Node?
        do { root = try Yams.compose(yaml: yaml) } catch { throw .notYAML(path: path, why: "\(error)") }
        guard let root, !isNull(root) else { return [] }
        guard let sections = root.mapping else { throw .notYAML(path: path, why: "the top is not a mapping of sections") }
        var entries: [Entry] = []
        for (name, content) in sections {
            let section = name.string ?? "?"
            guard keys.contains(where: { $0.section == section }) else {
                throw .unknownKey(section, line: name.mark?.line, nearest: nearest(to: section, among: Array(Set(keys.map(\.section))).sorted()))
            }
            if isNull(content) { continue }
            guard let mapping = content.mapping else { throw .notYAML(path: path, why: "\(section) is not a mapping of keys") }
            for (key, value) in mapping { entries.append(try entry(section: section, name: key, value: value, path: path)) }
        }
        return entries
    }

    private static func entry(section: String, name: Yams.Node, value: Yams.Node, path: String) throws(SettingsError) -> Entry {
        let full = "\(section).\(name.string ?? "?")"
        guard let key = key(full) else {
            throw .unknownKey(full, line: name.mark?.line, nearest: nearest(to: full, among: keys.map(\.path)))
        }
        let source = "line \(value.mark?.line ?? name.mark?.line ?? 0) of \(path)"
        if let text = value.scalar?.string { return Entry(key: key, value: .scalar(text), source: source) }
        if let items = value.sequence, items.allSatisfy({ $0.scalar != nil }) {
            return Entry(key: key, value: .list(items.compactMap { $0.scalar?.string }), source: source)
        }
        throw .wrong(key: full, value: "a mapping", expected: key.expected, source: source)
    }

    private static func isNull(_ node: Yams.Node) -> Bool {
        node.scalar.map { ["", "~", "null"].contains($0.string) && $0.style == .plain || $0.string.isEmpty && $0.style == .any } ?? false
    }
}
