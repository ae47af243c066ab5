internal import Domain
internal import Synchronization

/// Who has asked how often. In memory only: a restart gives everybody a full bucket.
final class RateBook: Sendable {
    enum Key: Hashable, Sendable {
        case token(String)
        case tenant(Name)
        case reseller(Name)
        /// Whoever showed no good token, by the network that he calls from.
        case stranger(String)
    }

    private let buckets = Mutex<[Key: RequestBucket]>([:])
    /// Where so many have asked lately, those that need nothing remembered are forgotten.
    private static let most = 10_000

    func take(_ key: Key, _ rate: RequestRate, at now: Int64) -> Allowance {
        buckets.withLock { buckets in
            if buckets.count >= Self.most, buckets[key] == nil {
                buckets = buckets.filter { !$0.value.isFull(rate, at: now) }
                // As many strangers at once are one flood.
                if buckets.count >= Self.most { return buckets[.stranger(""), default: RequestBucket(full: rate, at: now)].take(rate, at: now) }
            }
            return buckets[key, default: RequestBucket(full: rate, at: now)].take(rate, at: now)
        }
    }
}
