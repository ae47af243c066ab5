import Testing

@testable import NodeEngine

struct StopwatchTests {
    @Test func eachLapIsNamedInItsOrderWithItsMilliseconds() throws {
        var watch = Stopwatch()
        watch.lap("first")
        watch.lap("second")
        #expect(try /first \d+\.\d, second \d+\.\d/.wholeMatch(in: watch.text) != nil, "\(watch.text)")
    }
}
