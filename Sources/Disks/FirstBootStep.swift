/// What is written into a disk from the host. The names are those that recipes use.
package enum FirstBootStep: String, Codable, Sendable, CaseIterable {
    case hostname
    case hosts
    case resolver
    case authorizedKeys = "authorized-keys"
    case machineID = "machine-id"
    /// Those of the template, if any, go; the guest makes its own when it boots.
    case sshHostKeys = "ssh-host-keys"

    /// Those to be done, in order, when a disk was prepared for `before` (nil: never) and is now `now`.
    static func due(_ wanted: [FirstBootStep], before: GuestIdentity?, now: GuestIdentity) -> [FirstBootStep] {
        allCases.filter { step in
            guard wanted.contains(step) else { return false }
            guard let before, before.id == now.id else { return true }  // new, or a copy of another VPS's
            return switch step {
            case .hostname, .hosts: before.hostname != now.hostname
            case .resolver: before.nameServers != now.nameServers
            case .authorizedKeys: before.sshKeys != now.sshKeys
            case .machineID, .sshHostKeys: false
            }
        }
    }
}
