/// A JSON document (RFC 8259) of which nothing is known yet.
enum JSON: Sendable, Equatable {
    case object([String: JSON])
    case list([JSON])
    case text(String)
    case whole(Int64)
    case number(Double)
    case boolean(Bool)
    case null
}

extension JSON {
    /// How deep lists and objects are nested at most, in what may be JSON.
    static func depth(of text: some Sequence<UInt8>) -> Int {
        var (depth, deepest) = (0, 0)
        var (isInText, isEscaped) = (false, false)
        for byte in text {
            if isEscaped { isEscaped = false; continue }
            switch byte {
            case UInt8(ascii: "\\") where isInText: isEscaped = true
            case UInt8(ascii: "\""): isInText.toggle()
            case UInt8(ascii: "["), UInt8(ascii: "{"):
                guard !isInText else { continue }
                depth += 1
                deepest = max(deepest, depth)
            case UInt8(ascii: "]"), UInt8(ascii: "}"): depth = isInText ? depth : max(0, depth - 1)
            default: continue
            }
        }
        return deepest
    }
}

extension JSON: Codable {
    private struct FieldName: CodingKey {
        let stringValue: String
        var intValue: Int? { nil }
        init(stringValue: String) { self.stringValue = stringValue }
        init?(intValue: Int) { nil }
    }

    init(from decoder: any Decoder) throws {
        if let container = try? decoder.container(keyedBy: FieldName.self) {  // each that it is not is tried, and left
            self = .object(try container.allKeys.reduce(into: [:]) { $0[$1.stringValue] = try container.decode(JSON.self, forKey: $1) })
            return
        }
        if var container = try? decoder.unkeyedContainer() {
            var list: [JSON] = []
            while !container.isAtEnd { list.append(try container.decode(JSON.self)) }
            self = .list(list)
            return
        }
        let container = try decoder.singleValueContainer()
        if container.decodeNil() { self = .null } else if let text = try? container.decode(String.self) { self = .text(text) } else if let flag = try? container.decode(Bool.self) {
            self = .boolean(flag)
        } else if let whole = try? container.decode(Int64.self) { self = .whole(whole) } else { self = .number(try container.decode(Double.self)) }
    }

    func encode(to encoder: any Encoder) throws {
        switch self {
        case .object(let fields):
            var container = encoder.container(keyedBy: FieldName.self)
            for (name, value) in fields { try container.encode(value, forKey: FieldName(stringValue: name)) }
        case .list(let list): try list.encode(to: encoder)
        case .text(let text): try text.encode(to: encoder)
        case .whole(let number): try number.encode(to: encoder)
        case .number(let number): try number.encode(to: encoder)
        case .boolean(let flag): try flag.encode(to: encoder)
        case .null:
            var container = encoder.singleValueContainer()
            try container.encodeNil()
        }
    }
}

extension JSON: ExpressibleByDictionaryLiteral, ExpressibleByArrayLiteral, ExpressibleByStringLiteral, ExpressibleByIntegerLiteral, ExpressibleByBooleanLiteral {
    init(dictionaryLiteral elements: (String, JSON)...) { self = .object(Dictionary(elements) { $1 }) }
    init(arrayLiteral elements: JSON...) { self = .list(elements) }
    init(stringLiteral text: String) { self = .text(text) }
    init(integerLiteral number: Int64) { self = .whole(number) }
    init(booleanLiteral flag: Bool) { self = .boolean(flag) }
}
