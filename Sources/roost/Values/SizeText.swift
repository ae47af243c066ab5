/// Sizes in bytes as people write and read them. Units are binary: K, KiB = 1024 B and so on.
enum SizeText {
    private static let units: [(name: String, bytes: Int64)] = [("TiB", 1 << 40), ("GiB", 1 << 30), ("MiB", 1 << 20), ("KiB", 1 << 10), ("B", 1)]

    /// "256MiB", "2 GiB", "1.5G", "4096B": above zero, a whole number of bytes, and with its unit, as a bare number would be taken for this by one
    /// and for that by another.
    static func parse(_ text: String) throws -> Int64 {
        let bytes = try parseOrZero(text)
        if bytes == 0 { throw InvalidValue("a size must be above zero") }
        return bytes
    }

    static func parseOrZero(_ text: String) throws -> Int64 {
        if text.hasPrefix("-") { throw InvalidValue("a size cannot be negative") }
        let digits = text.prefix { $0.isASCII && ($0.isNumber || $0 == ".") }
        let unit = text.dropFirst(digits.count).drop { $0 == " " }
        guard let decimal = Decimal(digits) else { throw InvalidValue("not a size: a number and a unit are expected, such as 256MiB or 2GiB") }
        if unit.isEmpty && decimal.isZero { return 0 }
        guard let bytes = decimal.times(try self.unit(unit, after: digits)) else { throw InvalidValue("too large: at most \(Int64.max) bytes") }
        guard let whole = bytes.whole else { throw InvalidValue("not a whole number of bytes") }
        return whole
    }

    private static func unit(_ name: Substring, after digits: Substring) throws -> Int64 {
        switch name.lowercased() {
        case "b": return 1
        case "k", "kib": return 1 << 10
        case "m", "mib": return 1 << 20
        case "g", "gib": return 1 << 30
        case "t", "tib": return 1 << 40
        case "": throw InvalidValue("a size needs its unit: \(digits)MiB, for instance")
        case "kb", "mb", "gb", "tb": throw InvalidValue("sizes are counted in powers of 1024: write \(digits)\(name.prefix(1).uppercased())iB")
        default: throw InvalidValue("'\(Visible.text(String(name)))' is no unit: B, KiB, MiB, GiB and TiB are")
        }
    }

    /// For listings: at most two decimals, the rest cut off: "1.5 GiB".
    static func rounded(_ bytes: Int64) -> String { text(bytes, in: units.first { bytes.magnitude >= UInt64($0.bytes) }) }

    /// For refusals, where a single byte can be the reason: the largest unit in which nothing is cut off.
    static func exact(_ bytes: Int64) -> String {
        text(bytes, in: units.first { bytes.magnitude >= UInt64($0.bytes) && bytes.magnitude % UInt64($0.bytes) * 4 % UInt64($0.bytes) == 0 })
    }

    private static func text(_ bytes: Int64, in unit: (name: String, bytes: Int64)?) -> String {
        let unit = unit ?? ("B", 1)
        let (whole, rest) = bytes.magnitude.quotientAndRemainder(dividingBy: UInt64(unit.bytes))
        return (bytes < 0 ? "-" : "") + "\(whole)" + fraction(rest * 100 / UInt64(unit.bytes), places: 2) + " " + unit.name
    }

    /// 50 with two places: ".5"; 0: nothing.
    static func fraction(_ value: UInt64, places: Int) -> String {
        if value == 0 { return "" }
        var digits = String(value)
        digits = String(repeating: "0", count: places - digits.count) + digits
        while digits.hasSuffix("0") { digits.removeLast() }
        return "." + digits
    }
}
