internal import CKernel
internal import WardenProtocolEmbedded

/// Mounts into the guest's tree. The tree is the tenant's: a path in it is opened once, beneath the root and through no
/// symbolic link, and used by its descriptor from then on (CVE-2025-31133 and its kin).
extension ChildSteps {
    private static let confined = UInt64(CK_RESOLVE_IN_ROOT | CK_RESOLVE_NO_SYMLINKS | CK_RESOLVE_NO_MAGICLINKS)

    func openBeneath(_ directory: Int32, _ path: [UInt8], flags: UInt64) throws(Failure) -> Int32 {
        try checked(unsafe withCString(path) { unsafe ck_openat2(directory, $0, flags, 0, Self.confined) })
    }

    /// Makes the last component of `path`, in its parent. Already there is success; what is there is checked by its use.
    func make(_ path: [UInt8], _ make: (Int32, UnsafePointer<CChar>) -> Int32) throws(Failure) {
        var parent = root
        var name = path
        if let slash = path.lastIndex(of: 47) {
            parent = try openBeneath(root, Array(path[0..<slash]), flags: UInt64(CK_O_PATH | CK_O_DIRECTORY))
            name = Array(path[(slash + 1)...])
        }
        let result = unsafe withCString(name) { unsafe make(parent, $0) }
        if parent != root { _ = ck_close(parent) }
        if result != -Failure.exists { try checked(result) }
    }

    func attach(_ tree: Int32, at path: [UInt8]) throws(Failure) {
        let target = try openBeneath(root, path, flags: UInt64(CK_O_PATH))
        try checked(unsafe withCString([]) { unsafe ck_move_mount(tree, target, $0) })
        _ = ck_close(target)
        _ = ck_close(tree)
    }

    /// Over a folder of the host that the child has no more use for. It goes with the host's tree, at `pivot`.
    mutating func makeStage() throws(Failure) {
        stage = try fileSystem(bytes("tmpfs"), UInt64(CK_MOUNT_NOSUID | CK_MOUNT_NODEV | CK_MOUNT_NOEXEC), Self.small)
        try checked(unsafe withCString(bytes("/run")) { unsafe ck_move_mount(stage, Int32(CK_AT_FDCWD), $0) })
        try checked(ck_change_directory_fd(stage))
        root = stage
    }

    func mount(_ type: [UInt8], at path: [UInt8], _ attributes: UInt64, _ options: [Step.Option]) throws(Failure) {
        try attach(try fileSystem(type, attributes, options), at: path)
    }

    private func fileSystem(_ type: [UInt8], _ attributes: UInt64, _ options: [Step.Option]) throws(Failure) -> Int32 {
        let context = try checked(unsafe withCString(type) { unsafe ck_fsopen($0) })
        defer { _ = ck_close(context) }
        for option in options {
            let result = unsafe withCString(option.key) { key in
                option.value.isEmpty ? unsafe ck_fsconfig_flag(context, key) : unsafe withCString(option.value) { unsafe ck_fsconfig_string(context, key, $0) }
            }
            try checked(result)
        }
        try checked(ck_fsconfig_create(context))
        return try checked(ck_fsmount(context, attributes))
    }

    func mountParts(_ type: [UInt8], at path: [UInt8], _ attributes: UInt64, _ parts: [[UInt8]]) throws(Failure) {
        // Attached for as long as it is taken apart: before 6.15 nothing can be cloned from a mount that is not.
        try mount(type, at: path, attributes, [])
        var trees: [(part: [UInt8], tree: Int32, isDirectory: Bool)] = []
        for part in parts {
            guard let target = try openIfThere(path + [47] + part) else { continue }
            let isDirectory = try self.isDirectory(target)
            trees.append((part, try checked(unsafe withCString([]) { unsafe ck_open_tree(target, $0, true, false) }), isDirectory))
            _ = ck_close(target)
        }
        try checked(unsafe withCString(path) { unsafe ck_unmount($0, Self.detach) })
        try mount(bytes("tmpfs"), at: path, UInt64(CK_MOUNT_NOSUID | CK_MOUNT_NODEV | CK_MOUNT_NOEXEC), Self.small)
        for (part, tree, isDirectory) in trees {
            let place = path + [47] + part
            for slash in part.indices where part[slash] == 47 { try makeDirectory(path + [47] + part[..<slash]) }
            if isDirectory { try makeDirectory(place) } else { try makeFile(place, mode: 0o444) }
            try attach(tree, at: place)
        }
        let whole = try openBeneath(root, path, flags: UInt64(CK_O_PATH))
        try checked(ck_mount_setattr(whole, UInt64(CK_MOUNT_RDONLY), 0, 0, -1, false))
        _ = ck_close(whole)
    }

    private static var small: [Step.Option] { [Step.Option(key: bytes("mode"), value: bytes("755")), Step.Option(key: bytes("size"), value: bytes("64k"))] }

    /// MNT_DETACH | UMOUNT_NOFOLLOW
    private static let detach: Int32 = 0xA

    private func makeDirectory(_ path: [UInt8]) throws(Failure) { try unsafe make(path) { parent, name in unsafe ck_mkdirat(parent, name, 0o755) } }

    func makeFile(_ path: [UInt8], mode: UInt32) throws(Failure) {
        try unsafe make(path) { parent, name in
            let file = unsafe ck_openat(parent, name, Int32(CK_O_CREAT | CK_O_EXCL | CK_O_WRONLY), mode)
            return file < 0 ? file : ck_close(file)
        }
    }

    private func isDirectory(_ target: Int32) throws(Failure) -> Bool {
        var device: UInt64 = 0, inode: UInt64 = 0, mode: UInt32 = 0, size: Int64 = 0, owner: UInt32 = 0
        try checked(unsafe ck_stat(target, &device, &inode, &mode, &size, &owner))
        return mode & 0o170000 == 0o040000
    }

    mutating func mask(_ path: [UInt8]) throws(Failure) {
        guard let target = try openIfThere(path) else { return }
        defer { _ = ck_close(target) }
        let cover: Int32
        if try isDirectory(target) {
            cover = try emptyDirectory()
        } else {
            let null = try openBeneath(root, bytes("dev/null"), flags: UInt64(CK_O_PATH))
            defer { _ = ck_close(null) }
            cover = try checked(unsafe withCString([]) { unsafe ck_open_tree(null, $0, true, false) })
        }
        try checked(unsafe withCString([]) { unsafe ck_move_mount(cover, target, $0) })
        _ = ck_close(cover)
    }

    /// The first of them is attached, the others are clones of it: a file system for each would cost a third of a millisecond.
    private mutating func emptyDirectory() throws(Failure) -> Int32 {
        if emptiness >= 0 { return try checked(unsafe withCString([]) { unsafe ck_open_tree(emptiness, $0, true, false) }) }
        let made = try fileSystem(bytes("tmpfs"), UInt64(CK_MOUNT_RDONLY | CK_MOUNT_NOSUID | CK_MOUNT_NODEV | CK_MOUNT_NOEXEC), [])
        emptiness = try checked(ck_duplicate(made))
        return made
    }

    func makeReadOnly(_ path: [UInt8]) throws(Failure) {
        guard let target = try openIfThere(path) else { return }
        defer { _ = ck_close(target) }
        let tree = try checked(unsafe withCString([]) { unsafe ck_open_tree(target, $0, true, true) })
        try checked(ck_mount_setattr(tree, UInt64(CK_MOUNT_RDONLY), 0, 0, -1, true))
        try checked(unsafe withCString([]) { unsafe ck_move_mount(tree, target, $0) })
        _ = ck_close(tree)
    }

    private func openIfThere(_ path: [UInt8]) throws(Failure) -> Int32? {
        do { return try openBeneath(root, path, flags: UInt64(CK_O_PATH)) } catch {
            if error.code == Failure.missing { return nil }
            throw error
        }
    }
}
