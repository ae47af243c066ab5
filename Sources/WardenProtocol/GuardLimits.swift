package enum GuardLimits {
    /// Of a packet, its kind included.
    package static let longest = 4096
    /// What is typed or said is cut to this.
    package static let longestContent = longest - 1
    /// Of one console.
    package static let mostListeners = 4
}

/// The first byte of a request or an answer.
enum GuardKind {
    static let status: UInt8 = 1
    static let attach: UInt8 = 2
    static let data: UInt8 = 3
    static let resize: UInt8 = 4
    static let full: UInt8 = 5
}
