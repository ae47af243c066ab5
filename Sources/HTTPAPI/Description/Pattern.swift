internal import Domain

/// What texts look like, as regular expressions (ECMA-262) for those who make clients. What they say is what `Domain` takes; a test holds them together.
enum Pattern {
    /// CIDR, of either family.
    static let network = "^(?:\(ipv4)/(?:3[0-2]|[12]?[0-9])|(?:\(ipv6))/(?:12[0-8]|1[01][0-9]|[1-9]?[0-9]))$"

    static let address = "^(?:\(ipv4)|\(ipv6))$"

    /// `WebhookURL`.
    static let webhookURL: String = {
        let label = "[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?"
        let port = "(?:6553[0-5]|655[0-2][0-9]|65[0-4][0-9]{2}|6[0-4][0-9]{3}|[1-5][0-9]{4}|[1-9][0-9]{0,3})"
        return "^https?://(?:\(label)(?:\\.\(label))*|\\[(?:\(ipv6))\\])(?::\(port))?(?:/[A-Za-z0-9._~!$&'()*+,;=:@%/?-]*)?$"
    }()

    private static let ipv4: String = {
        let part = "(?:25[0-5]|2[0-4][0-9]|1[0-9][0-9]|[1-9]?[0-9])"
        return "\(part)(?:\\.\(part)){3}"
    }()

    /// RFC 4291, 2.2, without an IPv4 address in it: all eight groups, or some of them on either side of "::".
    private static let ipv6: String = {
        let group = "[0-9a-fA-F]{1,4}"
        let shortened = (1...6).map { "(?:\(group):){1,\($0)}(?::\(group)){1,\(7 - $0)}" }
        return (["(?:\(group):){7}\(group)", "(?:\(group):){1,7}:", ":(?::\(group)){1,7}", "::"] + shortened).joined(separator: "|")
    }()

    /// A line of an authorized_keys file, without options.
    static let sshKey = "^(?:\(SSHPublicKey.types.sorted().map(key).joined(separator: "|")))(?: \(ofALine){0,1000})?$"

    /// `Remark`.
    static let remark = "^\(ofALine){0,\(Remark.longest)}$"

    private static let ofALine = "[^\\u0000-\\u001f\\u007f-\\u009f\\u200e\\u200f\\u2028-\\u202e\\u2066-\\u2069]"

    /// The blob begins with its type's length and name (RFC 4253, 6.6), which makes its first characters known.
    private static func key(_ type: String) -> String {
        let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/")
        let known: [UInt8] = [0, 0, 0, UInt8(type.utf8.count)] + Array(type.utf8)
        let bits = known.flatMap { byte in (0..<8).reversed().map { byte >> UInt8($0) & 1 } }
        var text = ""
        var characters = 0
        for start in stride(from: 0, to: bits.count, by: 6) {
            let part = bits[start..<min(start + 6, bits.count)]
            let free = 6 - part.count
            let first = Int(part.reduce(0) { $0 << 1 | $1 }) << free
            text += free == 0 ? literal(alphabet[first]) : "[\(alphabet[first...(first + (1 << free) - 1)].map(literal).joined())]"
            characters += 1
        }
        let any = "[A-Za-z0-9+/]"
        let rest = (4 - characters % 4) % 4
        return literal(type) + " " + text + (rest == 0 ? "" : "\(any){\(rest)}") + "(?:\(any){4}){1,3000}(?:\(any)[AQgw]==|\(any){2}[AEIMQUYcgkosw048]=)?"
    }

    private static func literal(_ text: some StringProtocol) -> String { text.reduce(into: "") { $0 += $1 == "+" || $1 == "." ? "\\\($1)" : "\($1)" } }
    private static func literal(_ character: Character) -> String { literal(String(character)) }
}
