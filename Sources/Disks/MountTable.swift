/// One line of /proc/self/mountinfo (proc(5)).
struct MountEntry: Equatable {
    let point: String
    let type: String
    let source: String

    /// `36 35 98:0 /root /point options optional… - type source superoptions`; space, tab, newline and backslash are \ooo.
    init?(_ line: String) {
        let fields = line.split(separator: " ")
        guard fields.count > 6, let dash = fields.firstIndex(of: "-"), dash >= 6, dash + 2 < fields.endIndex else { return nil }
        point = Self.unescaped(fields[4])
        type = String(fields[dash + 1])
        source = Self.unescaped(fields[dash + 2])
    }

    /// The mount that is seen at `directory`: the last one of those that lie there. Nil: none has this as its mount point.
    static func top(at directory: String, in table: String) -> MountEntry? {
        table.split(separator: "\n").compactMap { MountEntry(String($0)) }.last { $0.point == directory }
    }

    static func unescaped(_ field: Substring) -> String {
        var bytes: [UInt8] = []
        var rest = Array(field.utf8)[...]
        while let byte = rest.popFirst() {
            let digits = rest.prefix(3)
            if byte == UInt8(ascii: "\\"), digits.count == 3, let code = UInt8(String(decoding: digits, as: UTF8.self), radix: 8) {
                bytes.append(code)
                rest = rest.dropFirst(3)
            } else {
                bytes.append(byte)
            }
        }
        return String(decoding: bytes, as: UTF8.self)
    }
}
