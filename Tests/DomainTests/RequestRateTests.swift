internal import Domain
internal import Testing

struct RequestRateTests {
    private let rate = RequestRate(perSecond: 10, burst: 3)

    @Test("What is let in, and when the next will be", arguments: [
        ("at once: the burst", [0, 0, 0], [2, 1, 0], nil), ("one too many", [0, 0, 0, 0], [2, 1, 0, 0], 1), ("a tenth of a second brings one", [0, 0, 0, 100], [2, 1, 0, 0], nil),
        ("less brings none", [0, 0, 0, 99], [2, 1, 0, 0], 1), ("never more than the burst", [0, 1_000_000], [2, 2], nil), ("a clock that goes back brings nothing", [1000, 1000, 1000, 0], [2, 1, 0, 0], 1),
        ("and goes on from there", [1000, 1000, 1000, 0, 100], [2, 1, 0, 0, 0], nil),
    ] as [(String, [Int64], [Int64], Int64?)])
    func table(label: String, times: [Int64], remaining: [Int64], retry: Int64?) {
        var bucket = RequestBucket(full: rate, at: times[0])
        let taken = times.map { bucket.take(rate, at: $0) }
        #expect(taken.map(\.remaining) == remaining, "\(label)")
        #expect(taken.last?.retryInSeconds == retry, "\(label)")
    }

    @Test("In no stretch of time are more let in than the burst and what the time brings")
    func property() {
        var random = SystemRandomNumberGenerator()
        for _ in 0..<200 {
            let rate = RequestRate(perSecond: .random(in: 1...50, using: &random), burst: .random(in: 1...40, using: &random))
            var now: Int64 = 0
            var bucket = RequestBucket(full: rate, at: now)
            var admitted: [Int64] = []
            for _ in 0..<300 {
                now += .random(in: 0...60, using: &random)
                if bucket.take(rate, at: now).retryInSeconds == nil { admitted.append(now) }
            }
            for (first, begin) in admitted.enumerated() {
                for (last, end) in admitted.enumerated().dropFirst(first) { #expect(Int64(last - first + 1) * 1000 <= rate.burst * 1000 + (end - begin) * rate.perSecond) }
            }
        }
    }
}
