internal import Foundation

/// RFC 3339 in UTC, with milliseconds.
func timestamp(milliseconds: Int64) -> String {
    Date(timeIntervalSince1970: Double(milliseconds) / 1000).formatted(Date.ISO8601FormatStyle(includingFractionalSeconds: true))
}

/// Nil: it is no RFC 3339 time. (Foundation's parser takes the 30th of February, and not every offset.)
func milliseconds(timestamp text: String) -> Int64? {
    let form = /([0-9]{4})-([0-9]{2})-([0-9]{2})[Tt]([01][0-9]|2[0-3]):([0-5][0-9]):([0-5][0-9])(?:\.([0-9]+))?(?:[Zz]|([+-])([01][0-9]|2[0-3]):([0-5][0-9]))/
    guard let parts = text.wholeMatch(of: form)?.output else { return nil }
    func number(_ digits: Substring?) -> Int64 { digits.flatMap { Int64($0) } ?? 0 }
    guard let days = days(number(parts.1), number(parts.2), number(parts.3)) else { return nil }
    let fraction = number((parts.7.map { String($0) } ?? "").padding(toLength: 3, withPad: "0", startingAt: 0)[...])
    let offset = (number(parts.9) * 60 + number(parts.10)) * (parts.8 == "-" ? -1 : 1)
    return (((days * 24 + number(parts.4)) * 60 + number(parts.5) - offset) * 60 + number(parts.6)) * 1000 + fraction
}

/// From 1970-01-01 to a day of the Gregorian calendar. Nil: there is no such day.
private func days(_ year: Int64, _ month: Int64, _ day: Int64) -> Int64? {
    let isLeap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
    let lengths: [Int64] = [31, isLeap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
    guard (1...12).contains(month), (1...lengths[Int(month) - 1]).contains(day) else { return nil }
    let before = year - 1
    let leapDays = year == 0 ? -1 : before / 4 - before / 100 + before / 400
    return before * 365 + leapDays + lengths[..<(Int(month) - 1)].reduce(0, +) + day - 1 - 719_162  // those before 1970
}

func timestamp(seconds: Int64) -> String { Date(timeIntervalSince1970: Double(seconds)).formatted(.iso8601) }
