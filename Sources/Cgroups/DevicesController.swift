/// The devices that a guest may open: those that have no state to share. A guest's /dev/console is a pts; the host's
/// own (5:1) is not among them.
struct DeviceRule: Equatable, Sendable {
    var name: String
    /// Character devices only.
    var major: UInt32
    /// Nil: every.
    var minor: UInt32?

    static let guest = [
        DeviceRule(name: "null", major: 1, minor: 3), DeviceRule(name: "zero", major: 1, minor: 5), DeviceRule(name: "full", major: 1, minor: 7),
        DeviceRule(name: "random", major: 1, minor: 8), DeviceRule(name: "urandom", major: 1, minor: 9),
        DeviceRule(name: "tty", major: 5, minor: 0), DeviceRule(name: "ptmx", major: 5, minor: 2), DeviceRule(name: "pts", major: 136, minor: nil),
    ]
}

enum DevicesController {
    /// v1. Deny first: it empties the list. Only for a new group: a running guest would be refused in between.
    static func writes(_ rules: [DeviceRule]) -> [ControlWrite] {
        [ControlWrite("devices.deny", "a")] + rules.map { ControlWrite("devices.allow", "c \($0.major):\($0.minor.map(String.init) ?? "*") rw") }
    }

    /// The text of `devices.list` in a group with these rules.
    static func list(_ rules: [DeviceRule]) -> String { rules.map { "c \($0.major):\($0.minor.map(String.init) ?? "*") rw\n" }.joined() }
}

/// How devices are refused on this host.
package enum DeviceGuard: Sendable, Equatable {
    case legacyController
    case program
    /// The kernel lacks both. A guest still cannot make a device, nor open one outside its own /dev.
    case absent(reason: String)
}
