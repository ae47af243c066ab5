package import Kernel

/// A folder in a guest's tree, which the guest may have filled with anything: links to the host, pipes, files without end.
package struct GuestFolder: ~Copyable {
    private let directory: Directory
    private let path: String

    /// `name`: of a folder in `root`, itself no link.
    package init(_ root: borrowing Directory, _ name: String) throws(DiskError) {
        path = "/\(name)"
        do { directory = try root.directory(name) } catch { throw .unsafeTree(path: "/\(name)", error) }
    }

    private init(_ directory: consuming Directory, path: String) {
        self.directory = directory
        self.path = path
    }

    /// A folder in it; with `making`, made with that mode if there is none.
    func folder(_ name: String, making mode: UInt32? = nil) throws(DiskError) -> GuestFolder {
        let inner = try confined(name) { () throws(KernelError) in
            if let mode { try directory.makeDirectory(name, mode: mode) }
            let inner = try directory.directory(name)
            if let mode { try inner.descriptor.changeMode(mode) }
            return inner
        }
        return GuestFolder(inner, path: "\(path)/\(name)")
    }

    func has(_ name: String) throws(DiskError) -> Bool { try confined(name) { () throws(KernelError) in try directory.information(of: name) != nil } }
    func remove(_ name: String) throws(DiskError) { try confined(name) { () throws(KernelError) in try directory.remove(name) } }

    /// Whatever has the name is replaced, a link itself and not what it leads to; only a folder is not.
    package func write(_ name: String, _ bytes: [UInt8], mode: UInt32 = 0o644) throws(DiskError) {
        try confined(name) { () throws(KernelError) in
            let temporary = ".\(name).roost"
            try directory.remove(temporary)  // a folder of that name stays, and is an error: it could be of any depth
            let file = try directory.open(temporary, .createNew, mode: 0o600)
            try file.write(bytes)
            try file.changeMode(mode)
            try directory.rename(temporary, to: name)
        }
    }

    /// The first 64 KiB of an ordinary file; nil when it is not there or is something else (a pipe would never answer).
    func read(_ name: String) throws(DiskError) -> [UInt8]? {
        try confined(name) { () throws(KernelError) in
            guard let info = try directory.information(of: name), info.isRegular else { return nil }
            return try directory.open(name, .read).read(atMost: 1 << 16)
        }
    }

    private func confined<Result: ~Copyable>(_ name: String, _ body: () throws(KernelError) -> Result) throws(DiskError) -> Result {
        do { return try body() } catch {
            if error.code == KernelError.noSpace { throw .kernel(doing: "writing \(path)/\(name)", error) }  // the guest's own disk is full
            throw .unsafeTree(path: "\(path)/\(name)", error)
        }
    }
}
