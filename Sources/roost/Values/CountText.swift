enum CountText {
    static func parse(_ text: String) throws -> Int64 {
        if text.hasPrefix("-") { throw InvalidValue("a number cannot be negative") }
        guard !text.isEmpty, text.allSatisfy({ $0.isASCII && $0.isNumber }) else { throw InvalidValue("not a whole number") }
        guard let count = Int64(text) else { throw InvalidValue("too large") }
        return count
    }

    static func parseAboveZero(_ text: String) throws -> Int64 {
        let count = try parse(text)
        if count == 0 { throw InvalidValue("must be above zero") }
        return count
    }

    /// How many entries of a listing.
    static func parseLimit(_ text: String) throws -> Int { Int(try parseAboveZero(text)) }
}
