/// What the kernel accounts for and limits by group (cgroups(7)).
package enum Controller: String, CaseIterable, Sendable {
    case cpu, cpuacct, memory, pids, io, devices, freezer

    var legacyName: String { self == .io ? "blkio" : rawValue }
    /// Nil: not a controller of v2, which has cpuacct in every group's `cpu.stat`, the freezer in every group, and a program for devices.
    var unifiedName: String? {
        switch self {
        case .cpu, .memory, .pids, .io: rawValue
        case .cpuacct, .devices, .freezer: nil
        }
    }

    /// A VPS without one of these would not be bounded.
    static let required: [Controller] = [.cpu, .memory, .pids]
}

package enum Dialect: Sendable, Equatable { case v1, v2 }
