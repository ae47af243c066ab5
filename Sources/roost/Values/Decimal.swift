/// A decimal number as it was written, without rounding: `digits` divided by ten to the power `places`.
struct Decimal: Equatable {
    let digits: Int64
    let places: Int

    init(digits: Int64, places: Int) {
        self.digits = digits
        self.places = places
    }

    /// "12", "0.5", ".5": digits of ASCII with at most one point, at most 18 of them.
    init?(_ text: some StringProtocol) {
        let halves = text.split(separator: ".", maxSplits: 1, omittingEmptySubsequences: false)
        let fraction = halves.count == 2 ? halves[1] : ""
        let digits = String(halves[0]) + fraction
        guard !digits.isEmpty, digits.allSatisfy({ $0.isASCII && $0.isNumber }), let value = Int64(digits.drop { $0 == "0" }.isEmpty ? "0" : digits) else { return nil }
        if halves.count == 2 && fraction.isEmpty { return nil }
        guard fraction.count <= 18 else { return nil }
        self.init(digits: value, places: fraction.count)
    }

    var isZero: Bool { digits == 0 }

    /// Nil: beyond Int64.
    func times(_ factor: Int64) -> Decimal? {
        let (product, overflow) = digits.multipliedReportingOverflow(by: factor)
        return overflow ? nil : Decimal(digits: product, places: places)
    }

    /// Nil: there is a fraction.
    var whole: Int64? {
        let scale = (0..<places).reduce(Int64(1)) { scale, _ in scale * 10 }
        return digits % scale == 0 ? digits / scale : nil
    }
}
