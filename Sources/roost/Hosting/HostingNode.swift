internal import Yams

/// A place in the file: errors name it, and its line.
struct HostingNode {
    private let node: Yams.Node
    private let file: String
    private let place: String

    init(_ node: Yams.Node, _ file: String, _ place: String) {
        self.node = node
        self.file = file
        self.place = place
    }

    /// In the order of the file.
    func entries() throws -> [(name: String, node: HostingNode)] {
        if node.scalar?.string == "" { return [] }
        guard let mapping = node.mapping else { throw wrong("a mapping of names is expected") }
        return try mapping.map { key, value in
            guard let name = key.string else { throw wrong("a name is expected") }
            return (name, HostingNode(value, file, place == "the file" ? name : "\(place).\(name)"))
        }
    }

    /// By name; any other is an error.
    func fields(_ known: [String]) throws -> [String: HostingNode] {
        try entries().reduce(into: [:]) { fields, entry in
            guard known.contains(entry.name) else { throw entry.node.wrong("unknown; there are \(known.joined(separator: ", "))") }
            fields[entry.name] = entry.node
        }
    }

    func needed(_ name: String, _ fields: [String: HostingNode]) throws -> HostingNode {
        guard let node = fields[name] else { throw wrong("\(name) is missing") }
        return node
    }

    func text() throws -> String {
        guard let text = node.scalar?.string, !text.isEmpty else { throw wrong("a text is expected") }
        return text
    }

    func texts() throws -> [String] {
        guard let list = node.sequence else { throw wrong("a list of texts is expected") }
        return try list.map { try HostingNode($0, file, place).text() }
    }

    func flag() throws -> Bool {
        guard let text = node.scalar?.string, let flag = ["true": true, "false": false][text] else { throw wrong("true or false is expected") }
        return flag
    }

    func value<Value>(_ parse: (String) throws -> Value) throws -> Value {
        let text = try text()
        do { return try parse(text) } catch { throw wrong("\(error)") }
    }

    private func wrong(_ why: String) -> InvalidValue { InvalidValue("\(file):\(node.mark?.line ?? 0): \(place): \(why)") }
}
