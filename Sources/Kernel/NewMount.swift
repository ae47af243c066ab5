internal import CKernel

/// Makes a mount that is attached nowhere: nobody sees it in a mount table (fsopen(2), fsconfig(2), fsmount(2)).
package enum NewMount {
    package struct Attributes: OptionSet, Sendable {
        package let rawValue: UInt64
        package init(rawValue: UInt64) { self.rawValue = rawValue }
        package static let noSetuid = Attributes(rawValue: UInt64(CK_MOUNT_NOSUID))
        package static let noDevices = Attributes(rawValue: UInt64(CK_MOUNT_NODEV))
        package static let noAccessTimes = Attributes(rawValue: UInt64(CK_MOUNT_NOATIME))
        package static let readOnly = Attributes(rawValue: UInt64(CK_MOUNT_RDONLY))
    }

    package enum Option: Sendable {
        case flag(String)
        case value(String, String)
    }

    /// The mount's root, opened for paths only: a start for openat2(2), and what move_mount(2) takes.
    package static func make(_ type: String, source: String, options: [Option] = [], attributes: Attributes) throws(KernelError) -> Descriptor {
        let context = Descriptor(owning: try unsafe checked(ck_fsopen(type), "open file system type", type))
        try unsafe checked(ck_fsconfig_string(context.number, "source", source), "use for \(type)", source)
        for option in options {
            switch option {
            case .flag(let key): try unsafe checked(ck_fsconfig_flag(context.number, key), "set mount option", key)
            case .value(let key, let value): try unsafe checked(ck_fsconfig_string(context.number, key, value), "set mount option", "\(key)=\(value)")
            }
        }
        try checked(ck_fsconfig_create(context.number), "mount \(type) on", source)
        return Descriptor(owning: try checked(ck_fsmount(context.number, attributes.rawValue), "mount \(type) on", source))
    }

    /// Attaches it at a directory of the host's own.
    package static func attach(_ mount: borrowing Descriptor, at directory: String) throws(KernelError) {
        try unsafe checked(ck_move_mount(mount.number, Int32(CK_AT_FDCWD), directory), "attach a mount at", directory)
    }

    /// umount2(2), following no link.
    package static func detach(_ directory: String) throws(KernelError) {
        try unsafe checked(ck_unmount(directory, Int32(CK_UNMOUNT_NOFOLLOW)), "unmount", directory)
    }
}
