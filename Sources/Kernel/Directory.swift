internal import CKernel

/// A directory held open, and what is done to names in it. A name may not leave it: a symbolic link on the way is
/// refused (openat2(2), RESOLVE_BENEATH | RESOLVE_NO_SYMLINKS), so a tenant's tree can be written to from the host.
package struct Directory: ~Copyable, Sendable {
    package let descriptor: Descriptor
    private let path: String

    package init(_ path: String) throws(KernelError) {
        descriptor = Descriptor(owning: try unsafe checked(ck_openat(Int32(CK_AT_FDCWD), path, Int32(CK_O_RDONLY) | Int32(CK_O_DIRECTORY), 0), "open directory", path))
        self.path = path
    }

    /// `name`: for messages only.
    package init(_ descriptor: consuming Descriptor, called name: String) {
        self.descriptor = descriptor
        path = name
    }

    private static let confined = UInt64(CK_RESOLVE_BENEATH | CK_RESOLVE_NO_SYMLINKS | CK_RESOLVE_NO_MAGICLINKS)

    package func open(_ name: String, _ access: FileAccess, mode: UInt32 = 0o644) throws(KernelError) -> Descriptor {
        let mode = access.creates ? UInt64(mode) : 0
        return Descriptor(owning: try unsafe checked(ck_openat2(descriptor.number, name, UInt64(access.flags), mode, Self.confined), "open", "\(path)/\(name)"))
    }

    package func directory(_ name: String) throws(KernelError) -> Directory {
        Directory(try open(name, .directory), called: "\(path)/\(name)")
    }

    /// Already there is success.
    package func makeDirectory(_ name: String, mode: UInt32 = 0o755) throws(KernelError) {
        let result = unsafe ck_mkdirat(descriptor.number, name, mode)
        if result != -KernelError.exists { try checked(result, "make directory", "\(path)/\(name)") }
    }

    /// Already gone is success.
    package func remove(_ name: String, isDirectory: Bool = false) throws(KernelError) {
        let result = unsafe ck_unlinkat(descriptor.number, name, isDirectory ? Int32(CK_AT_REMOVEDIR) : 0)
        if result != -KernelError.noEntry { try checked(result, "remove", "\(path)/\(name)") }
    }

    package func rename(_ name: String, to newName: String) throws(KernelError) {
        try unsafe checked(ck_renameat(descriptor.number, name, descriptor.number, newName), "rename", "\(path)/\(name)")
    }

    package func link(_ name: String, to content: String) throws(KernelError) {
        try unsafe checked(ck_symlinkat(content, descriptor.number, name), "make link", "\(path)/\(name)")
    }

    /// Replaces the file whole or not at all: written beside it, synchronised, renamed. Durable: it is on the disk, under its
    /// name, when this returns (fsync(2): a name is the directory's, not the file's).
    package func replace(_ name: String, with bytes: [UInt8], mode: UInt32 = 0o644, durable: Bool = true) throws(KernelError) {
        let temporary = ".\(name).new"
        try remove(temporary)
        let file = try open(temporary, .createNew, mode: mode)
        try file.write(bytes)
        if durable { try file.synchronise() }
        try rename(temporary, to: name)
        if durable { try synchronise() }
    }

    package func read(_ name: String) throws(KernelError) -> [UInt8] { try open(name, .read).readToEnd() }

    package func synchronise() throws(KernelError) { try descriptor.synchronise() }
}

/// What a file is opened for (open(2)).
package enum FileAccess: Sendable {
    case read, write, append, readWrite, createNew, createOrTruncate, directory, path

    var creates: Bool { self == .createNew || self == .createOrTruncate }

    package var flags: Int32 {
        switch self {
        case .read: Int32(CK_O_RDONLY)
        case .write: Int32(CK_O_WRONLY)
        case .append: Int32(CK_O_WRONLY) | Int32(CK_O_APPEND)
        case .readWrite: Int32(CK_O_RDWR)
        case .createNew: Int32(CK_O_RDWR) | Int32(CK_O_CREAT) | Int32(CK_O_EXCL)
        case .createOrTruncate: Int32(CK_O_RDWR) | Int32(CK_O_CREAT) | Int32(CK_O_TRUNC)
        case .directory: Int32(CK_O_RDONLY) | Int32(CK_O_DIRECTORY)
        case .path: Int32(CK_O_PATH)
        }
    }
}
