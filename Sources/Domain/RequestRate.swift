/// How many requests somebody may make: a bucket that holds `burst` of them, and is refilled with `perSecond`.
package struct RequestRate: Sendable, Equatable {
    package var perSecond: Int64
    package var burst: Int64

    /// `burst`: left out, what two seconds bring.
    package init(perSecond: Int64, burst: Int64? = nil) {
        self.perSecond = perSecond
        self.burst = burst ?? perSecond * 2
    }

    package func times(_ factor: Int64) -> RequestRate { RequestRate(perSecond: perSecond * factor, burst: burst * factor) }
}

/// What is left of a rate.
package struct Allowance: Sendable, Equatable {
    package var limit: Int64
    package var remaining: Int64
    /// Until the bucket is full again.
    package var fullInSeconds: Int64
    /// Until the next request will be let in. Nil: this one was.
    package var retryInSeconds: Int64?

    /// Nothing is, for so long.
    package static func none(forSeconds seconds: Int64) -> Allowance { Allowance(limit: 0, remaining: 0, fullInSeconds: seconds, retryInSeconds: seconds) }
}

/// Times are milliseconds of any clock; one that goes back refills nothing.
package struct RequestBucket: Sendable, Equatable {
    /// Of a request: what a millisecond brings is a whole number of these.
    private var thousandths: Int64
    private var at: Int64

    package init(full rate: RequestRate, at now: Int64) {
        thousandths = rate.burst * 1000
        at = now
    }

    package mutating func take(_ rate: RequestRate, at now: Int64) -> Allowance {
        refill(rate, at: now)
        let isEnough = thousandths >= 1000
        if isEnough { thousandths -= 1000 }
        return Allowance(
            limit: rate.burst, remaining: thousandths / 1000, fullInSeconds: Self.seconds(for: rate.burst * 1000 - thousandths, rate),
            retryInSeconds: isEnough ? nil : max(1, Self.seconds(for: 1000 - thousandths, rate)))
    }

    package func isFull(_ rate: RequestRate, at now: Int64) -> Bool {
        var later = self
        later.refill(rate, at: now)
        return later.thousandths == rate.burst * 1000
    }

    private mutating func refill(_ rate: RequestRate, at now: Int64) {
        let elapsed = min(max(0, now - at), 3_600_000)
        thousandths = min(rate.burst * 1000, thousandths + elapsed * rate.perSecond)
        at = now
    }

    private static func seconds(for thousandths: Int64, _ rate: RequestRate) -> Int64 { (thousandths + rate.perSecond * 1000 - 1) / (rate.perSecond * 1000) }
}
