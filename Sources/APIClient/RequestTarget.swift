/// A path and query in which every part is encoded, so that no name can leave its place (RFC 3986, 2.1).
struct RequestTarget: Sendable, Equatable {
    let parts: [String]
    let query: [(name: String, value: String)]

    init(_ parts: String..., query: [(name: String, value: String)] = []) { self.init(parts, query: query) }

    private init(_ parts: [String], query: [(name: String, value: String)] = []) {
        self.parts = parts
        self.query = query
    }

    /// What is the tenant's, or everybody's.
    static func of(_ tenant: String?, _ parts: String...) -> RequestTarget { RequestTarget((tenant.map { ["tenants", $0] } ?? []) + parts) }

    func adding(_ name: String, _ value: String?) -> RequestTarget { value.map { RequestTarget(parts, query: query + [(name, $0)]) } ?? self }

    static func == (one: Self, other: Self) -> Bool { one.text == other.text }

    var text: String {
        let path = (["v1"] + parts).map { "/" + Self.encoded($0) }.joined()
        if query.isEmpty { return path }
        return path + "?" + query.map { "\(Self.encoded($0.name))=\(Self.encoded($0.value))" }.joined(separator: "&")
    }

    /// All but the unreserved characters as %XX; and a part that is "." or ".." wholly, as these mean places.
    static func encoded(_ part: String) -> String {
        let isPlace = part == "." || part == ".."
        return part.utf8.map { byte in
            isUnreserved(byte) && !isPlace ? String(UnicodeScalar(byte)) : "%" + hexadecimal(byte >> 4) + hexadecimal(byte & 15)
        }.joined()
    }

    private static func isUnreserved(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "0")...UInt8(ascii: "9"): true
        case UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"), UInt8(ascii: "~"): true
        default: false
        }
    }

    private static func hexadecimal(_ digit: UInt8) -> String { String(digit, radix: 16, uppercase: true) }
}
