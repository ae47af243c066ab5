internal import Domain

extension JSON {
    /// As UTF-8 (RFC 8259), the names in each object in order: the same value is the same text, of which the ETag is a digest. Not by a `JSONEncoder`,
    /// which would encode the value a second time. Throws for NaN and infinities, which JSON has no words for.
    func serialized() throws -> [UInt8] {
        var text: [UInt8] = []
        try write(to: &text)
        return text
    }

    private func write(to text: inout [UInt8]) throws {
        switch self {
        case .object(let fields):
            text.append(UInt8(ascii: "{"))
            for (index, (name, value)) in fields.sorted(by: { $0.key < $1.key }).enumerated() {
                if index > 0 { text.append(UInt8(ascii: ",")) }
                Self.write(name, to: &text)
                text.append(UInt8(ascii: ":"))
                try value.write(to: &text)
            }
            text.append(UInt8(ascii: "}"))
        case .list(let elements):
            text.append(UInt8(ascii: "["))
            for (index, element) in elements.enumerated() {
                if index > 0 { text.append(UInt8(ascii: ",")) }
                try element.write(to: &text)
            }
            text.append(UInt8(ascii: "]"))
        case .text(let words): Self.write(words, to: &text)
        case .whole(let number): text.append(contentsOf: "\(number)".utf8)
        case .number(let number):
            guard number.isFinite else { throw EncodingError.invalidValue(number, .init(codingPath: [], debugDescription: "no number of JSON's")) }
            text.append(contentsOf: "\(number)".utf8)
        case .boolean(let flag): text.append(contentsOf: (flag ? "true" : "false").utf8)
        case .null: text.append(contentsOf: "null".utf8)
        }
    }

    private static func write(_ words: String, to text: inout [UInt8]) {
        text.append(UInt8(ascii: "\""))
        for byte in words.utf8 {
            switch byte {
            case UInt8(ascii: "\""), UInt8(ascii: "\\"): text.append(contentsOf: [UInt8(ascii: "\\"), byte])
            case 0..<0x20: text.append(contentsOf: "\\u00\(Hexadecimal.text([byte]))".utf8)
            default: text.append(byte)
            }
        }
        text.append(UInt8(ascii: "\""))
    }
}
