/// What a VPS used and where it met its limits. Counts go up as long as the groups live; a new boot of the VPS in
/// groups made anew starts from zero.
package struct CgroupUsage: Sendable, Equatable {
    package var cpuNanoseconds: Int64 = 0
    /// Periods of 100 ms in which it had used up its quota, and the time that its processes waited.
    package var throttledPeriods: Int64 = 0
    package var throttledNanoseconds: Int64 = 0
    package var memoryBytes: Int64 = 0
    /// Times it was slowed down just below the limit; v2 only.
    package var memorySlowdowns: Int64 = 0
    package var memoryLimitHits: Int64 = 0
    package var outOfMemoryKills: Int64 = 0
    package var processes: Int64 = 0
    /// On v2 before Linux 6.11: at least so many (those in groups that the guest removed are forgotten).
    package var processesRefused: Int64 = 0

    package init() {}
}
