extension JSON {
    /// What the value is as JSON, without its text in between: lists are sorted by it, and every answer is written from it.
    init(encoding value: some Encodable) throws {
        if let value = value as? JSON { self = value; return }
        let node = Node()
        try value.encode(to: Writer(node: node))
        self = node.json
    }

    /// A value that is being written.
    private final class Node {
        var scalar = JSON.null
        var fields: [String: Node]?
        var elements: [Node]?

        var json: JSON {
            if let fields { return .object(fields.mapValues(\.json)) }
            if let elements { return .list(elements.map(\.json)) }
            return scalar
        }

        func set(_ value: some Encodable) throws {
            switch value {
            case let text as String: scalar = .text(text)
            case let flag as Bool: scalar = .boolean(flag)
            case let number as Double: scalar = .number(number)
            case let number as any BinaryInteger:
                guard let whole = Int64(exactly: number) else { throw EncodingError.invalidValue(value, .init(codingPath: [], debugDescription: "beyond 64 bits")) }
                scalar = .whole(whole)
            default: try value.encode(to: Writer(node: self))
            }
        }
    }

    private struct Writer: Encoder {
        let node: Node
        var codingPath: [any CodingKey] { [] }
        var userInfo: [CodingUserInfoKey: Any] { [:] }

        func container<Key: CodingKey>(keyedBy type: Key.Type) -> KeyedEncodingContainer<Key> {
            node.fields = node.fields ?? [:]
            return KeyedEncodingContainer(Fields<Key>(node: node))
        }

        func unkeyedContainer() -> any UnkeyedEncodingContainer {
            node.elements = node.elements ?? []
            return Elements(node: node)
        }

        func singleValueContainer() -> any SingleValueEncodingContainer { Scalar(node: node) }
    }

    private struct Fields<Key: CodingKey>: KeyedEncodingContainerProtocol {
        let node: Node
        var codingPath: [any CodingKey] { [] }

        private func child(_ key: any CodingKey) -> Node {
            let child = Node()
            node.fields?[key.stringValue] = child
            return child
        }

        func encodeNil(forKey key: Key) { _ = child(key) }
        func encode(_ value: some Encodable, forKey key: Key) throws { try child(key).set(value) }
        func nestedContainer<Nested: CodingKey>(keyedBy type: Nested.Type, forKey key: Key) -> KeyedEncodingContainer<Nested> { Writer(node: child(key)).container(keyedBy: type) }
        func nestedUnkeyedContainer(forKey key: Key) -> any UnkeyedEncodingContainer { Writer(node: child(key)).unkeyedContainer() }
        func superEncoder() -> any Encoder { Writer(node: node) }
        func superEncoder(forKey key: Key) -> any Encoder { Writer(node: child(key)) }
    }

    private struct Elements: UnkeyedEncodingContainer {
        let node: Node
        var codingPath: [any CodingKey] { [] }
        var count: Int { node.elements?.count ?? 0 }

        private func child() -> Node {
            let child = Node()
            node.elements?.append(child)
            return child
        }

        func encodeNil() { _ = child() }
        func encode(_ value: some Encodable) throws { try child().set(value) }
        func nestedContainer<Nested: CodingKey>(keyedBy type: Nested.Type) -> KeyedEncodingContainer<Nested> { Writer(node: child()).container(keyedBy: type) }
        func nestedUnkeyedContainer() -> any UnkeyedEncodingContainer { Writer(node: child()).unkeyedContainer() }
        func superEncoder() -> any Encoder { Writer(node: child()) }
    }

    private struct Scalar: SingleValueEncodingContainer {
        let node: Node
        var codingPath: [any CodingKey] { [] }
        func encodeNil() {}
        func encode(_ value: some Encodable) throws { try node.set(value) }
    }
}
