package enum RandomBytes {
    /// From the kernel (getrandom(2)): good for keys and secrets.
    package static func of(_ count: Int) -> [UInt8] {
        var random = SystemRandomNumberGenerator()
        return (0..<count).map { _ in UInt8.random(in: .min ... .max, using: &random) }
    }
}
