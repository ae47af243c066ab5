/// A size in bytes, written as people write sizes: `20GiB`, `512MiB`, `1.5TiB`, `1000000`, `20GB` (decimal units too).
package struct Bytes: Hashable, Sendable, CustomStringConvertible {
    package let count: Int64

    package init(count: Int64) { self.count = count }

    /// Nil: not a size, negative, not a whole number of bytes, or more than Int64 holds.
    package init?(_ text: String) {
        let digits = text.prefix { $0.isASCII && ($0.isNumber || $0 == ".") }
        guard let unit = Self.units[text.dropFirst(digits.count).drop { $0 == " " }.lowercased()], let count = Self.whole(digits, times: unit) else { return nil }
        self.count = count
    }

    /// In the largest binary unit that says it exactly.
    package var description: String {
        for (name, size) in Self.binary where count >= size && count % size == 0 { return "\(count / size)\(name)" }
        return "\(count)"
    }

    private static let binary: [(String, Int64)] = [("TiB", 1 << 40), ("GiB", 1 << 30), ("MiB", 1 << 20), ("KiB", 1 << 10)]

    private static let units: [String: Int64] = [
        "": 1, "b": 1, "k": 1 << 10, "kib": 1 << 10, "m": 1 << 20, "mib": 1 << 20, "g": 1 << 30, "gib": 1 << 30, "t": 1 << 40, "tib": 1 << 40,
        "kb": 1_000, "mb": 1_000_000, "gb": 1_000_000_000, "tb": 1_000_000_000_000,
    ]

    /// digits × unit in integers, so that `0.1GB` is what it says.
    private static func whole(_ digits: Substring, times unit: Int64) -> Int64? {
        let parts = digits.split(separator: ".", maxSplits: 1, omittingEmptySubsequences: false)
        guard let first = parts.first, let whole = Int64(first) else { return nil }
        let (product, overflow) = whole.multipliedReportingOverflow(by: unit)
        guard !overflow else { return nil }
        guard parts.count == 2 else { return product }
        guard let fraction = Int64(parts[1]), parts[1].count <= 6 else { return nil }
        let scale = (0..<parts[1].count).reduce(Int64(1)) { scale, _ in scale * 10 }
        let (part, tooLarge) = fraction.multipliedReportingOverflow(by: unit)
        guard !tooLarge, part % scale == 0 else { return nil }
        let (sum, sumOverflow) = product.addingReportingOverflow(part / scale)
        return sumOverflow ? nil : sum
    }
}
