/// CPU as cores outside, millicores inside.
enum CPUText {
    /// "0.5" is 500 millicores.
    static func parse(_ text: String) throws -> Int64 {
        if text.hasPrefix("-") { throw InvalidValue("a number of cores cannot be negative") }
        guard let cores = Decimal(text) else { throw InvalidValue("not a number of cores: 0.5 or 2 is expected") }
        if cores.isZero { throw InvalidValue("a number of cores must be above zero") }
        guard let thousandths = cores.times(1000) else { throw InvalidValue("too many cores") }
        guard let millicores = thousandths.whole else { throw InvalidValue("at most three decimals: a core is shared in thousandths") }
        return millicores
    }

    /// "0.5"
    static func cores(_ millicores: Int64) -> String {
        (millicores < 0 ? "-" : "") + "\(millicores.magnitude / 1000)" + SizeText.fraction(millicores.magnitude % 1000, places: 3)
    }
}
