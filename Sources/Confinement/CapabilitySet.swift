internal import CCapability
internal import Kernel

/// A set of capabilities(7), as the kernel's 64-bit mask.
package struct CapabilitySet: Sendable, Hashable {
    package private(set) var mask: UInt64

    package init(mask: UInt64) { self.mask = mask }

    /// By libcap's names ("cap_chown"). An unknown name is an error: dropped, it would be a wrong set.
    package init(_ names: [String]) throws(ConfinementError) {
        mask = 0
        for name in names {
            var number: cap_value_t = 0
            guard unsafe cap_from_name(name, &number) == 0 else { throw .unknownCapability(name) }
            mask |= 1 << UInt64(number)
        }
    }

    package func contains(_ number: Int32) -> Bool { mask >> UInt64(number) & 1 == 1 }

    /// The capabilities that the running kernel has and this set does not: what is to be dropped from the bounding set.
    /// `last`: the highest that the kernel knows, `/proc/sys/kernel/cap_last_cap`.
    package func dropped(upTo last: Int32) -> [Int32] { (0...last).filter { !contains($0) } }

    package static func lastOfKernel() throws(ConfinementError) -> Int32 {
        let text: String
        do { text = try HostFile.readText("/proc/sys/kernel/cap_last_cap") } catch { throw .kernel(error) }
        guard let last = Int32(text.trimmingNewline), (0..<64).contains(last) else { throw .unknownCapability("numbered \(text.trimmingNewline)") }
        return last
    }
}

extension String {
    fileprivate var trimmingNewline: String { String(prefix { !$0.isNewline }) }
}
