package import Disks

/// How a template is made: what a file of the recipes' directory says. It names a builder that we wrote and fills its fields; it has no commands.
package struct Recipe: Sendable, Equatable {
    package enum Builder: Sendable, Equatable {
        /// A Debian suite from the host's own package sources. `leaveOut` and `keep`: dpkg's path-exclude and path-include patterns.
        case mmdebstrap(suite: String, packages: [String], leaveOut: [String], keep: [String])
        /// The host's static busybox, with a link for each of its applets.
        case busybox
    }
    package struct File: Sendable, Equatable {
        package let path: GuestPath
        package let mode: UInt32
        package let content: String
    }
    package struct Folder: Sendable, Equatable {
        package let path: GuestPath
        package let mode: UInt32
    }

    package let name: TemplateName
    package let summary: String
    /// Counts up when the recipe changes.
    package let version: Int
    package let builder: Builder
    package let initPath: GuestPath
    package let shutdownSignal: ShutdownSignal
    package let minimumDiskBytes: Int64
    package let firstBoot: [FirstBootStep]
    /// systemd units that are linked to /dev/null.
    package let mask: [UnitName]
    /// systemd units that are not started by themselves; the guest's owner can enable them.
    package let disable: [UnitName]
    /// In this order: removed, folders, files.
    package let remove: [GuestPath]
    package let folders: [Folder]
    package let files: [File]
}

/// An absolute path in a guest, of plain names: no `.`, no `..`, no control character.
package struct GuestPath: Sendable, Equatable, CustomStringConvertible {
    package let parts: [String]
    package var description: String { "/" + parts.joined(separator: "/") }

    package init?(_ text: String) {
        guard text.hasPrefix("/"), text.utf8.count <= 1024, !text.utf8.contains(where: { $0 < 32 || $0 == 127 }) else { return nil }
        let parts = text.dropFirst().split(separator: "/", omittingEmptySubsequences: false).map(String.init)
        guard !parts.contains(where: { $0.isEmpty || $0 == "." || $0 == ".." }) else { return nil }
        self.parts = parts
    }
}

/// A unit's name with its type (systemd.unit(5)).
package struct UnitName: Sendable, Equatable {
    package let text: String
    package init?(_ text: String) {
        let allowed = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789:-_.\\@".utf8
        guard text.utf8.count <= 255, !text.hasPrefix("."), text.contains("."), text.utf8.allSatisfy(allowed.contains) else { return nil }
        self.text = text
    }
}

/// The signal that makes an init shut its system down and power off.
package enum ShutdownSignal: String, Sendable, CaseIterable {
    case interrupt = "SIGINT"
    /// busybox init: power off. (There, SIGUSR1 halts and SIGTERM reboots.)
    case user2 = "SIGUSR2"
    case terminate = "SIGTERM"
    case power = "SIGPWR"
    /// systemd: power off.
    case realTime4 = "SIGRTMIN+4"

    /// signal(7); glibc keeps 32 and 33 for itself, so that SIGRTMIN is 34.
    package var number: Int32 {
        switch self {
        case .interrupt: 2
        case .user2: 12
        case .terminate: 15
        case .power: 30
        case .realTime4: 38
        }
    }
}
