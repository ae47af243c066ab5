internal import Yams

/// One mapping of a recipe, of which every key has to be asked for: what is left over is an error, named with its line.
struct RecipeFields {
    let file: String
    private let line: Int?
    private let entries: [String: Node]

    init(_ node: Node, file: String, known: [String]) throws(TemplateError) {
        self.file = file
        line = node.mark?.line
        guard let mapping = node.mapping else { throw .badRecipe(file: file, line: node.mark?.line, why: "a mapping of names to values is expected here") }
        var entries: [String: Node] = [:]
        for (key, value) in mapping {
            let name = key.string ?? ""
            guard known.contains(name) else { throw .badRecipe(file: file, line: key.mark?.line, why: "unknown key \(name.debugDescription); known are: \(known.joined(separator: ", "))") }
            guard entries.updateValue(value, forKey: name) == nil else { throw .badRecipe(file: file, line: key.mark?.line, why: "\(name) is there twice") }
        }
        self.entries = entries
    }

    /// `expected` completes "KEY: … is expected".
    func value<Value>(_ key: String, _ expected: String, default fallback: Value? = nil, _ parse: (String) -> Value?) throws(TemplateError) -> Value {
        guard let node = entries[key] else {
            if let fallback { return fallback }
            throw .badRecipe(file: file, line: line, why: "\(key) is missing: \(expected) is expected")
        }
        return try one(node, key, expected, parse)
    }

    /// Missing is empty.
    func list<Value>(_ key: String, _ expected: String, _ parse: (String) -> Value?) throws(TemplateError) -> [Value] {
        var found: [Value] = []
        for node in try nodes(key) { found.append(try one(node, key, expected, parse)) }
        return found
    }

    func mappings(_ key: String, known: [String]) throws(TemplateError) -> [RecipeFields] {
        var found: [RecipeFields] = []
        for node in try nodes(key) { found.append(try RecipeFields(node, file: file, known: known)) }
        return found
    }

    func refuse(_ keys: [String], because why: String) throws(TemplateError) {
        for key in keys { if let node = entries[key] { throw .badRecipe(file: file, line: node.mark?.line, why: "\(key): \(why)") } }
    }

    private func nodes(_ key: String) throws(TemplateError) -> [Node] {
        guard let node = entries[key] else { return [] }
        guard let sequence = node.sequence else { throw .badRecipe(file: file, line: node.mark?.line, why: "\(key): a list is expected") }
        return Array(sequence)
    }

    private func one<Value>(_ node: Node, _ key: String, _ expected: String, _ parse: (String) -> Value?) throws(TemplateError) -> Value {
        guard let text = node.scalar?.string, let value = parse(text) else {
            throw .badRecipe(file: file, line: node.mark?.line, why: "\(key): \(expected) is expected, not \((node.scalar?.string ?? "a structure").debugDescription)")
        }
        return value
    }
}
