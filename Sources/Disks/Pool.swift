package import Kernel
package import NodeModel

/// Where a node keeps templates and disks: a directory of a file system whose files can share blocks (reflink). Only root sees into it.
package struct Pool: Sendable, Equatable {
    package let directory: String
    /// The sparse XFS file that is mounted there; nil: the directory's own file system can do it.
    package let file: String?

    /// Idempotent: an open pool is found again, after a restart too. `directory` and `file` are absolute paths of the host's own;
    /// `size` (bytes) counts only when the file is made.
    package static func open(directory: String, file: String, size: Int64) throws(DiskError) -> Pool {
        try makePlace(directory)
        let backing = PoolFile(path: file)
        switch PoolDecision.decide(try observe(directory, backing)) {
        case .useMountedFile: return try Pool(directory: directory, file: file).prepared()
        case .useDirectory: return try Pool(directory: directory, file: nil).prepared()
        case .makeFile:
            try backing.make(bytes: size)
            try backing.mount(at: directory)
            return try Pool(directory: directory, file: file).prepared()
        case .mountFile:
            try backing.mount(at: directory)
            return try Pool(directory: directory, file: file).prepared()
        case .refuseMount(let type, let source): throw .foreignMount(directory: directory, type: type, source: source)
        case .refuseFile: throw .foreignFile(file)
        case .refuseFullDirectory: throw .directoryNotEmpty(directory)
        }
    }

    /// Unmounts it, and returns when its file is free. Everything stays in the file. A pool in a directory of the host's stays as it is.
    /// The file is in use for as long as any process has a mount namespace that was copied from ours before, a template's builder
    /// for one: `poolFileInUse` after `seconds`; called again, it goes on waiting.
    package func close(waiting seconds: Int = 10) throws(DiskError) {
        guard let file else { return }
        let backing = PoolFile(path: file)
        guard try backing.state() == .xfs else { return }
        if try Self.mount(at: directory, backing) == .ours {
            // A program that is being started, by whatever thread of ours, has copies of our open files for a moment.
            do { try Pause.whileBusy { () throws(KernelError) in try NewMount.detach(directory) } } catch {
                if error.code == KernelError.busy { throw .poolInUse(directory: directory) }
                throw .kernel(doing: "closing the pool", error)
            }
        }
        for _ in 0...(seconds * 200) {
            if try backing.isFree() { return }
            Pause.milliseconds(5)
        }
        throw .poolFileInUse(file)
    }

    /// `totalBytes`: all that disks may ever take together.
    package func capacity() throws(DiskError) -> (totalBytes: Int64, freeBytes: Int64) {
        let templates = try templates()
        return try attempt("measuring the pool") { () throws(KernelError) in
            let info = try Descriptor.open(directory, .directory).fileSystem()
            var space = PoolSpace(totalBytes: Int64(info.totalBytes), templateBytes: try Self.allocated(below: templates))
            if let file {
                let (parent, name) = HostFile.split(file)
                let folder = try Directory(parent)
                space.file = (try folder.information(of: name)?.allocated ?? 0, Int64(try folder.descriptor.fileSystem().freeBytes))
            }
            return (space.promisableBytes, Int64(info.freeBytes))
        }
    }

    /// Blocks that are shared count in every file: rather too much than too little.
    private static func allocated(below folder: borrowing Directory) throws(KernelError) -> Int64 {
        var sum: Int64 = 0
        for entry in try folder.entries() {
            if entry.kind == .directory { sum += try allocated(below: folder.directory(entry.name)) } else { sum += try folder.information(of: entry.name)?.allocated ?? 0 }
        }
        return sum
    }

    private init(directory: String, file: String?) {
        self.directory = directory
        self.file = file
    }

    /// The first level of folders, and what was on its way out when a node ended.
    private func prepared() throws(DiskError) -> Pool {
        try attempt("preparing the pool") { () throws(KernelError) in
            let root = try Directory(directory)
            try root.descriptor.changeMode(0o700)
            for name in [Layout.templates, Layout.disks] { try root.makeDirectory(name, mode: 0o700) }
            let disks = try root.directory(Layout.disks)
            for entry in try disks.entries() where entry.name.hasPrefix(Layout.removedPrefix) { try disks.removeTree(entry.name) }
            let templates = try root.directory(Layout.templates)
            if try templates.descriptor.tryLock() {  // else a build goes on, ours or that of a node before us
                for entry in try templates.entries() where entry.name.hasPrefix(".") { try templates.removeTree(entry.name) }
            }
        }
        return self
    }
}

extension Pool {
    /// `templates/`, and `vps/`.
    package func templates() throws(DiskError) -> Directory { try folder(Layout.templates) }
    package func disks() throws(DiskError) -> Directory { try folder(Layout.disks) }

    /// A VPS's own folder, for what belongs beside its disk; made if it is not there. It goes with the disk.
    package func folder(of id: VPSID) throws(DiskError) -> Directory {
        let all = try disks()
        return try attempt("making the folder of VPS \(id)") { () throws(KernelError) in
            try all.makeDirectory(id.text, mode: 0o700)
            return try all.directory(id.text)
        }
    }

    private func folder(_ name: String) throws(DiskError) -> Directory {
        try attempt("opening the pool") { () throws(KernelError) in try Directory("\(directory)/\(name)") }
    }
}

extension Pool {
    private static func makePlace(_ directory: String) throws(DiskError) {
        try attempt("making the pool's directory") { () throws(KernelError) in
            try HostFile.makeDirectories(HostFile.split(directory).folder)
            try HostFile.makeDirectories(directory, mode: 0o700)
            try Descriptor.open(directory, .directory).changeMode(0o700)
        }
    }

    private static func observe(_ directory: String, _ file: PoolFile) throws(DiskError) -> PoolObservation {
        let mount = try mount(at: directory, file)
        let state = try file.state()
        var seen = PoolObservation(mount: mount, file: state, directoryReflinks: false, directoryIsEmpty: false)
        if mount != .ours {
            if state == .absent { seen.directoryReflinks = try reflinks(directory) }
            seen.directoryIsEmpty = try attempt("looking into \(directory)") { () throws(KernelError) in try Directory(directory).entries().isEmpty }
        }
        return seen
    }

    private static func mount(at directory: String, _ file: PoolFile) throws(DiskError) -> PoolObservation.Mount {
        let table = try attempt("reading the mount table") { () throws(KernelError) in try HostFile.readText("/proc/self/mountinfo") }
        guard let top = MountEntry.top(at: directory, in: table) else { return .none }
        return try file.isBehind(loopDevice: top.source) ? .ours : .other(type: top.type, source: top.source)
    }

    /// Tried, not guessed from the file system's type: XFS can be made without.
    private static func reflinks(_ directory: String) throws(DiskError) -> Bool {
        try attempt("trying whether \(directory) can share blocks") { () throws(KernelError) in
            let place = try Directory(directory)
            let names = (".reflink-source", ".reflink-copy")
            let source = try place.open(names.0, .createOrTruncate, mode: 0o600)
            let copy = try place.open(names.1, .createOrTruncate, mode: 0o600)
            try place.remove(names.0)
            try place.remove(names.1)
            try source.write([UInt8](repeating: 1, count: 4096))
            do { try copy.clone(source) } catch { return false }
            return true
        }
    }
}
