internal import Foundation

/// RFC 3339 in UTC, with milliseconds.
func timestamp(milliseconds: Int64) -> String {
    Date(timeIntervalSince1970: Double(milliseconds) / 1000).formatted(Date.ISO8601FormatStyle(includingFractionalSeconds: true))
}

/// Nil: it is no RFC 3339 time.
func milliseconds(timestamp text: String) -> Int64? {
    let forms = [true, false].map { Date.ISO8601FormatStyle(includingFractionalSeconds: $0) }
    return forms.lazy.compactMap { try? $0.parse(text) }.first.map { Int64(($0.timeIntervalSince1970 * 1000).rounded()) }  // one of the two forms, or neither
}

func timestamp(seconds: Int64) -> String { Date(timeIntervalSince1970: Double(seconds)).formatted(.iso8601) }
