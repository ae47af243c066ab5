/// One small thing that a warden does. All policy is decided before: a step only names what, where, with which numbers.
///
/// Paths of `writeFile` and `bindHost` are the host's; every other path is the guest's, resolved beneath
/// the guest's root with no symbolic link followed. `Slot`s index the table of descriptors that came with the plan
/// and that later messages append to.
package enum Step: Equatable, Sendable {
    package typealias Bytes = [UInt8]
    package typealias Slot = UInt8

    // In the warden or its child: to itself.
    /// Writes "0" into a v1 cgroup's tasks: the caller moves.
    case placeSelf(Slot)
    /// unshare(2)
    case unshare(flags: UInt64)

    // In the warden itself.
    /// One write(2) into an existing file.
    case writeFile(path: Bytes, content: Bytes)
    /// setns(2) with a pidfd.
    case enter(Slot, flags: UInt64)

    // In the warden, on its child.
    /// uid_map and gid_map: guest 0… is host `base`….
    case mapIDs(base: UInt32, count: UInt32)
    /// Tells the node the child's pid.
    case reportBirth
    /// Waits for a message from the node and appends its descriptors.
    case receive
    /// Maps a mount's ids into the child's user namespace (mount_setattr(2), MOUNT_ATTR_IDMAP).
    case mapMount(Slot)
    /// Hands a descriptor to the child, which is waiting in `take`.
    case give(Slot)
    /// Lets the child go on from `hold`.
    case release

    // In the child.
    /// Waits for a descriptor from the warden and appends it.
    case take
    /// Waits until the warden releases it.
    case hold
    /// Nothing mounted from here on is seen outside, and nothing from outside here.
    case makeMountsPrivate
    /// Makes an empty file system the directory that guest paths start from, until there is the guest's root.
    case stage
    /// Attaches the guest's root over the host's and makes it the directory that guest paths start from. Until `pivot`,
    /// absolute paths are still the host's.
    case placeRoot(Slot)
    /// Moves what is mounted at `path` in the stage to the same path of the guest's root, with all that is mounted in it.
    case unstage(path: Bytes)
    case makeDirectory(path: Bytes, mode: UInt32)
    case makeFile(path: Bytes, mode: UInt32)
    case link(path: Bytes, content: Bytes)
    /// A new file system (fsopen(2)) with options key = value; an empty value is a flag.
    case mount(type: Bytes, path: Bytes, attributes: UInt64, options: [Option])
    /// A new file system of which only `parts` are seen, in a small read-only file system at `path`: the rest of it is nowhere
    /// in the guest's mounts, and cannot be uncovered. A part that this kernel has not is left out.
    case mountParts(type: Bytes, path: Bytes, attributes: UInt64, parts: [Bytes])
    /// One file of the host, as a mount of its own.
    case bindHost(source: Bytes, path: Bytes)
    /// Hides a path of the guest, if it exists: a file behind an empty one, a directory behind an empty file system.
    case mask(path: Bytes)
    /// Makes a path of the guest read-only, if it exists.
    case makeReadOnly(path: Bytes)
    /// Opens a terminal in the guest's own devpts, sends its controlling side to the warden, makes it standard
    /// input, output and error and the controlling terminal. `bindTo`, if not empty: where it is also mounted.
    case openTerminal(bindTo: Bytes, rows: UInt16, columns: UInt16)
    case standardStreams(Slot, Slot, Slot)
    /// pivot_root(2): afterwards there is no way back to the host's files.
    case pivot
    case setHostname(Bytes)
    case newSession
    case newKeyring
    case becomeRoot
    case loadFilter(Bytes)
    /// Everything not in `keep` leaves the bounding, permitted and effective sets.
    case limitCapabilities(keep: UInt64, last: UInt8)
    case changeDirectory(Bytes)
    /// Likewise, but where that fails the program starts where it is.
    case tryDirectory(Bytes)
    /// execve(2), looked up in PATH of `environment` when it has no slash. Every other descriptor closes.
    case execute(arguments: [Bytes], environment: [Bytes])

    package struct Option: Equatable, Sendable {
        package var key: Bytes
        package var value: Bytes

        package init(key: Bytes, value: Bytes) {
            self.key = key
            self.value = value
        }
    }
}

extension Step {
    /// For messages, on the node's side and in tests.
    package var name: StaticString {
        switch self {
        case .unshare: "unshare"
        case .writeFile: "write file"
        case .placeSelf: "join cgroup"
        case .enter: "enter namespaces"
        case .mapIDs: "map ids"
        case .reportBirth: "report birth"
        case .receive: "receive"
        case .mapMount: "map the disk's ids"
        case .give: "give"
        case .release: "release"
        case .take: "take"
        case .hold: "hold"
        case .makeMountsPrivate: "make mounts private"
        case .stage: "make a stage"
        case .placeRoot: "place root"
        case .unstage: "mount"
        case .makeDirectory: "make directory"
        case .makeFile: "make file"
        case .link: "make link"
        case .mount: "mount"
        case .mountParts: "mount parts"
        case .bindHost: "bind"
        case .mask: "mask"
        case .makeReadOnly: "make read-only"
        case .openTerminal: "open terminal"
        case .standardStreams: "set standard streams"
        case .pivot: "pivot"
        case .setHostname: "set hostname"
        case .newSession: "new session"
        case .newKeyring: "new keyring"
        case .becomeRoot: "become root"
        case .loadFilter: "load filter"
        case .limitCapabilities: "limit capabilities"
        case .changeDirectory, .tryDirectory: "change directory"
        case .execute: "execute"
        }
    }
}
