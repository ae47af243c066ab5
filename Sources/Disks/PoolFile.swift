internal import Kernel

/// The sparse XFS file behind a pool.
struct PoolFile {
    let path: String

    /// What XFS asks for, and so does xfsprogs since 5.19.
    static let minimumBytes: Int64 = 300 << 20

    func state() throws(DiskError) -> PoolObservation.File {
        do {
            let magic = try Descriptor.open(path, .read).read(atMost: 4)
            return magic == Array("XFSB".utf8) ? .xfs : .other
        } catch {
            if error.code == KernelError.noEntry { return .absent }
            throw .kernel(doing: "looking at the pool's file", error)
        }
    }

    /// Under another name until it is complete, so that a half-made one was never in use, and is made anew.
    func make(bytes: Int64) throws(DiskError) {
        guard bytes >= Self.minimumBytes else { throw .poolTooSmall(bytes: bytes, minimum: Self.minimumBytes) }
        let (parent, name) = HostFile.split(path)
        let temporary = "\(name).new"
        try attempt("making the pool's file") { () throws(KernelError) in
            try HostFile.makeDirectories(parent)
            let directory = try Directory(parent)
            try directory.remove(temporary)
            let file = try directory.open(temporary, .createNew, mode: 0o600)
            try file.truncate(to: bytes / 4096 * 4096)
        }
        // 4096-byte sectors: one with 512 does not mount on a loop device of 4096-byte blocks. -K: the file is all holes.
        try Tool.makeXFS.run(["-q", "-K", "-s", "size=4096", "-m", "reflink=1", "\(parent)/\(temporary)"])
        try attempt("making the pool's file") { () throws(KernelError) in
            let directory = try Directory(parent)
            try directory.open(temporary, .readWrite).synchronise()
            try directory.rename(temporary, to: name)
            try directory.synchronise()
        }
    }

    /// The lock is held by the loop device from then on, whoever mounts it wherever: one file is never attached twice.
    func mount(at directory: String) throws(DiskError) {
        let locked = try attempt("opening the pool's file") { () throws(KernelError) in
            let file = try Descriptor.open(path, .readWrite)
            guard try file.tryLock() else { return false }
            let loop = try LoopDevice.attach(file)
            let mount = try NewMount.make("xfs", source: loop.path, options: [.flag("discard")], attributes: [.noSetuid, .noDevices, .noAccessTimes])
            try NewMount.attach(mount, at: directory)
            return true
        }
        if !locked { throw .poolFileInUse(path) }
    }

    func isBehind(loopDevice source: String) throws(DiskError) -> Bool {
        guard source.hasPrefix("/dev/loop"), let number = Int32(source.dropFirst("/dev/loop".count)) else { return false }
        return try attempt("looking at the pool's mount") { () throws(KernelError) in
            guard let behind = try LoopDevice.backing(of: number), let file = try information() else { return false }
            return behind == (file.device, file.inode)
        }
    }

    private func information() throws(KernelError) -> FileInformation? {
        do { return try Descriptor.open(path, .path).information() } catch {
            if error.code == KernelError.noEntry { return nil }
            throw error
        }
    }

    /// Whether no loop device has it any more.
    func isFree() throws(DiskError) -> Bool {
        try attempt("opening the pool's file") { () throws(KernelError) in try Descriptor.open(path, .readWrite).tryLock() }
    }
}
