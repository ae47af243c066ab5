internal import CKernel

package struct DirectoryEntry: Sendable, Equatable {
    package enum Kind: Sendable, Equatable { case file, directory, link, device, socket, pipe, unknown }
    package let name: String
    package let kind: Kind
}

package struct EntryInformation: Sendable, Equatable {
    package var mode: UInt32 = 0
    package var size: Int64 = 0
    /// What it takes on the file system, holes left out; blocks that are shared by reflink count in every file.
    package var allocated: Int64 = 0
    package var isRegular: Bool { mode & 0o170000 == 0o100000 }
    package var isDirectory: Bool { mode & 0o170000 == 0o040000 }
    package var isSymbolicLink: Bool { mode & 0o170000 == 0o120000 }
}

extension Directory {
    /// All names but `.` and `..`, in no order (getdents64(2)). A name that is not UTF-8 is left out: none of ours is such.
    package func entries() throws(KernelError) -> [DirectoryEntry] {
        let listing = try open(".", .directory)  // an offset of its own
        var found: [DirectoryEntry] = []
        while true {
            var count = 0
            let bytes = unsafe [UInt8](unsafeUninitializedCapacity: 1 << 16) { buffer, filled in
                count = unsafe ck_read_directory(listing.number, buffer.baseAddress, buffer.count)
                filled = max(0, count)
            }
            try checked(count, "list", "descriptor \(descriptor.number)")
            if bytes.isEmpty { return found }
            found += Self.parse(bytes)
        }
    }

    /// struct linux_dirent64: inode 8 bytes, offset 8, record length 2, type 1, name with its NUL.
    static func parse(_ bytes: [UInt8]) -> [DirectoryEntry] {
        var found: [DirectoryEntry] = []
        var start = 0
        while start + 19 <= bytes.count {
            let length = Int(bytes[start + 16]) | Int(bytes[start + 17]) << 8
            guard length >= 20, start + length <= bytes.count else { break }
            let name = bytes[(start + 19)..<(start + length)].prefix { $0 != 0 }
            if let text = String(validating: name, as: UTF8.self), text != ".", text != ".." {
                found.append(DirectoryEntry(name: text, kind: kind(bytes[start + 18])))
            }
            start += length
        }
        return found
    }

    private static func kind(_ type: UInt8) -> DirectoryEntry.Kind {
        switch type {
        case 1: .pipe
        case 2, 6: .device
        case 4: .directory
        case 8: .file
        case 10: .link
        case 12: .socket
        default: .unknown
        }
    }

    /// What a name is, a link itself and not what it leads to; nil when it is not there.
    package func information(of name: String) throws(KernelError) -> EntryInformation? {
        var info = EntryInformation()
        let result = unsafe ck_stat_entry(descriptor.number, name, &info.mode, &info.size, &info.allocated)
        if result == -KernelError.noEntry { return nil }
        try checked(result, "look at", name)
        return info
    }

    /// Removes a name and all below it, following no link and crossing no mount; already gone is success. Each level takes a descriptor and a frame:
    /// for trees of the host's own making, never a guest's.
    package func removeTree(_ name: String) throws(KernelError) {
        guard let info = try information(of: name) else { return }
        guard info.isDirectory else { return try remove(name) }
        // Not across a mount: what is mounted there is something else's.
        let resolve = UInt64(CK_RESOLVE_BENEATH | CK_RESOLVE_NO_SYMLINKS | CK_RESOLVE_NO_MAGICLINKS | CK_RESOLVE_NO_XDEV)
        let opened = try unsafe checked(ck_openat2(descriptor.number, name, UInt64(FileAccess.directory.flags), 0, resolve), "open directory", name)
        let inner = Directory(Descriptor(owning: opened), called: name)
        for entry in try inner.entries() {
            if entry.kind == .directory || entry.kind == .unknown { try inner.removeTree(entry.name) } else { try inner.remove(entry.name) }
        }
        try remove(name, isDirectory: true)
    }

    /// Swaps what two existing names mean, in one step (renameat2(2), RENAME_EXCHANGE).
    package func exchange(_ one: String, with other: String) throws(KernelError) {
        try unsafe checked(ck_exchange(descriptor.number, one, other), "exchange \(one) with", other)
    }
}
