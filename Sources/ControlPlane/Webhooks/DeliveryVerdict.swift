internal import Store

/// What is to be done after an attempt to deliver an event.
enum DeliveryVerdict: Equatable {
    case taken
    /// Nothing was tried: it counts for nothing.
    case later
    /// In milliseconds since 1970.
    case again(at: Int64)
    case disable(String)

    /// Pure. `chance`: from 0 to 1, so that those who failed together do not come again together.
    static func of(_ answer: DeliveryAnswer, _ webhook: WebhookRecord, at now: Int64, under patience: Patience, chance: Double) -> DeliveryVerdict {
        switch answer {
        case .status(200..<300): return .taken
        case .status(410): return .disable("it answered 410: whoever was there does not want it any more")
        case .none(.busy): return .later
        case .status, .none: break
        }
        // Both, as a clock that is set forward is no long time.
        guard webhook.attempts < leastAttempts || now - (webhook.failingSince ?? now) < patience.futility.milliseconds else { return .disable("every attempt of \(patience.futility.components.seconds / 3600) hours failed; the last: \(answer)") }
        return .again(at: now + delay(after: webhook.attempts + 1, under: patience, chance: chance))
    }

    /// In three days there are about eighty.
    private static let leastAttempts = 20

    /// Twice as long after each failure, less up to a quarter.
    private static func delay(after attempts: Int, under patience: Patience, chance: Double) -> Int64 {
        let whole = min(patience.redelivery.upperBound.milliseconds, patience.redelivery.lowerBound.milliseconds << Int64(min(attempts - 1, 20)))
        return whole - Int64(Double(whole) / 4 * chance)
    }
}

/// What was answered to an event.
enum DeliveryAnswer: Equatable, CustomStringConvertible {
    case status(Int)
    case none(WebhookLinkError)

    var description: String {
        switch self {
        case .status(let status): "\(status)"
        case .none(let error): error.description
        }
    }
}

extension Duration {
    var milliseconds: Int64 { components.seconds * 1000 + components.attoseconds / 1_000_000_000_000_000 }
}
