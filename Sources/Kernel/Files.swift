internal import CKernel

extension Descriptor {
    /// Opens a path of the host's own making, never one that a tenant gave or can change: for those, `Directory`.
    package static func open(_ path: String, _ access: FileAccess, mode: UInt32 = 0o644) throws(KernelError) -> Descriptor {
        Descriptor(owning: try unsafe checked(ck_openat(Int32(CK_AT_FDCWD), path, access.flags, mode), "open", path))
    }

    package func write(_ bytes: [UInt8]) throws(KernelError) {
        var start = 0
        while start < bytes.count {
            let written = unsafe bytes.withUnsafeBytes { unsafe ck_write(number, $0.baseAddress! + start, $0.count - start) }  // not empty: start < count
            start += Int(try checked(written, "write to", "descriptor \(number)"))
        }
    }

    /// At most `limit` bytes; none at the end of the file.
    package func read(atMost limit: Int) throws(KernelError) -> [UInt8] {
        var result = 0
        let bytes = unsafe [UInt8](unsafeUninitializedCapacity: limit) { buffer, count in
            result = unsafe ck_read(number, buffer.baseAddress, limit)
            count = max(0, result)
        }
        try checked(result, "read", "descriptor \(number)")
        return bytes
    }

    package func readToEnd() throws(KernelError) -> [UInt8] {
        var all: [UInt8] = []
        while true {
            let part = try read(atMost: 16384)
            if part.isEmpty { return all }
            all += part
        }
    }

    package func synchronise() throws(KernelError) { try checked(ck_fsync(number), "synchronise", "descriptor \(number)") }
    package func truncate(to size: Int64) throws(KernelError) { try checked(ck_ftruncate(number, size), "resize", "descriptor \(number)") }
    package func changeMode(_ mode: UInt32) throws(KernelError) { try checked(ck_fchmod(number, mode), "change mode of", "descriptor \(number)") }
    package func changeOwner(uid: UInt32, gid: UInt32) throws(KernelError) { try checked(ck_fchown(number, uid, gid), "change owner of", "descriptor \(number)") }

    /// An exclusive lock that lives as long as the open file description, through every duplicate of it (flock(2)).
    /// False: somebody else has it.
    package func tryLock() throws(KernelError) -> Bool {
        let result = ck_flock(number, Int32(CK_LOCK_EXCLUSIVE) | Int32(CK_LOCK_NONBLOCKING))
        if result == -KernelError.tryAgain { return false }
        try checked(result, "lock", "descriptor \(number)")
        return true
    }

    package func information() throws(KernelError) -> FileInformation {
        var info = FileInformation()
        try unsafe checked(ck_stat(number, &info.device, &info.inode, &info.mode, &info.size, &info.owner), "look at", "descriptor \(number)")
        return info
    }

    package func fileSystem() throws(KernelError) -> FileSystemInformation {
        var info = FileSystemInformation()
        try unsafe checked(ck_statfs(number, &info.type, &info.blockSize, &info.blocks, &info.freeBlocks), "look at the file system of", "descriptor \(number)")
        return info
    }
}

package struct FileInformation: Sendable, Equatable {
    package var device: UInt64 = 0
    package var inode: UInt64 = 0
    package var mode: UInt32 = 0
    package var size: Int64 = 0
    package var owner: UInt32 = 0
    package var isDirectory: Bool { mode & 0o170000 == 0o040000 }
    package var isSymbolicLink: Bool { mode & 0o170000 == 0o120000 }
    package var isRegular: Bool { mode & 0o170000 == 0o100000 }
}

/// statfs(2); sizes in bytes are blocks × blockSize.
package struct FileSystemInformation: Sendable, Equatable {
    package var type: Int64 = 0
    package var blockSize: UInt64 = 0
    package var blocks: UInt64 = 0
    package var freeBlocks: UInt64 = 0
    package var totalBytes: UInt64 { blocks * blockSize }
    package var freeBytes: UInt64 { freeBlocks * blockSize }
}

/// Files of the host's own, by path.
package enum HostFile {
    package static func read(_ path: String) throws(KernelError) -> [UInt8] { try Descriptor.open(path, .read).readToEnd() }
    package static func readText(_ path: String) throws(KernelError) -> String { String(decoding: try read(path), as: UTF8.self) }
    /// Into an existing file, such as the kernel's control files: one write(2).
    package static func write(_ text: String, to path: String) throws(KernelError) {
        do { try Descriptor.open(path, .write).write(Array(text.utf8)) } catch { throw KernelError("write \(text) to", path, code: error.code) }
    }
    package static func exists(_ path: String) -> Bool { (try? Descriptor.open(path, .path)) != nil }  // unreadable counts as absent
    /// With all parents; already there is success.
    package static func makeDirectories(_ path: String, mode: UInt32 = 0o755) throws(KernelError) {
        var current = ""
        for part in path.split(separator: "/") {
            current += "/\(part)"
            let result = unsafe ck_mkdirat(Int32(CK_AT_FDCWD), current, mode)
            if result != -KernelError.exists { try checked(result, "make directory", current) }
        }
    }
    /// Already gone is success.
    package static func remove(_ path: String, isDirectory: Bool = false) throws(KernelError) {
        let result = unsafe ck_unlinkat(Int32(CK_AT_FDCWD), path, isDirectory ? Int32(CK_AT_REMOVEDIR) : 0)
        if result != -KernelError.noEntry { try checked(result, "remove", path) }
    }
}

extension HostFile {
    /// An absolute path's folder and its last name.
    package static func split(_ path: String) -> (folder: String, name: String) {
        let parts = path.split(separator: "/")
        return ("/" + parts.dropLast().joined(separator: "/"), parts.last.map(String.init) ?? "")
    }

    /// As `Directory.replace`, durable; the folder must be there.
    package static func replace(_ path: String, with bytes: [UInt8], mode: UInt32) throws(KernelError) {
        let (folder, name) = split(path)
        try Directory(folder).replace(name, with: bytes, mode: mode)
    }

    /// Of the name itself, never of what a link leads to.
    package static func changeOwner(_ path: String, uid: UInt32, gid: UInt32) throws(KernelError) {
        try unsafe checked(ck_fchownat(Int32(CK_AT_FDCWD), path, uid, gid, Int32(CK_AT_SYMLINK_NOFOLLOW)), "change owner of", path)
    }
}
