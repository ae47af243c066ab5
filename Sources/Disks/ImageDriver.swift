internal import Kernel
package import NodeModel

/// Each disk an ext4 file system in a file of its own, cloned from its template's by reflink, attached by a loop device.
package struct ImageDriver: DiskDriver {
    package let pool: Pool

    package init(_ pool: Pool) { self.pool = pool }

    package func create(_ id: VPSID, from template: TemplateName, digest: String?, bytes: Int64) throws(DiskError) {
        let bytes = Layout.wholeBlocks(bytes)
        let folder = try pool.folder(of: id)
        let doing = "making the disk of VPS \(id)"
        try attempt(doing) { () throws(KernelError) in try folder.descriptor.lock() }
        if let there = try attempt(doing, { () throws(KernelError) in try folder.information(of: Layout.disk) }) {
            guard there.size == bytes else { throw .diskDiffers(id, bytes: there.size, wanted: bytes) }
            return
        }
        let source = try image(of: template, digest: digest, bytes: bytes)
        try attempt(doing) { () throws(KernelError) in
            try folder.remove(Layout.newDisk)
            do throws(KernelError) {
                let disk = try folder.open(Layout.newDisk, .createNew, mode: 0o600)
                try disk.clone(source)
                try folder.rename(Layout.newDisk, to: Layout.disk)
            } catch {
                try? folder.remove(Layout.newDisk)  // the first error counts
                throw error
            }
        }
    }

    private func image(of name: TemplateName, digest: String?, bytes: Int64) throws(DiskError) -> Descriptor {
        let folder = try TemplateLibrary(pool).folder(name)
        let template = try TemplateLibrary.read(folder, name)
        if let digest, digest != template.digest { throw .templateChanged(name.text, wanted: digest, found: template.digest) }
        return try SizeVariant(template: template, bytes: bytes).open(in: folder)
    }

    package func attach(_ id: VPSID) throws(DiskError) -> MountedDisk {
        guard let image = try existing(id) else { throw .noDisk(id) }
        let doing = "attaching the disk of VPS \(id)"
        // The lock belongs to the open file description, and the loop device keeps that: it is held exactly as long as
        // the image is attached, through every crash and restart of ours.
        guard try attempt(doing, { () throws(KernelError) in try image.tryLock() }) else { throw .busy(id) }
        guard try isStill(image, id) else { throw .noDisk(id) }
        return try attempt(doing) { () throws(KernelError) in
            let loop = try LoopDevice.attach(image)
            return MountedDisk(id: id, mount: try NewMount.make("ext4", source: loop.path, options: Self.options, attributes: [.noDevices, .noAccessTimes]))
        }
    }

    /// minixdf: `df` shows the size that was sold, not what is left of it after the file system's own tables.
    /// noinit_itable: the inode tables of a variant are holes, zeros already. discard: what the guest deletes is the pool's again.
    private static let options: [NewMount.Option] = [.flag("minixdf"), .flag("discard"), .flag("noinit_itable"), .value("errors", "remount-ro")]

    package func isAttached(_ id: VPSID) throws(DiskError) -> Bool {
        guard let image = try existing(id) else { return false }
        return try !attempt("looking at the disk of VPS \(id)") { () throws(KernelError) in try image.tryLock() }
    }

    package func remove(_ id: VPSID) throws(DiskError) {
        let all = try pool.disks()
        if let image = try existing(id) {
            guard try attempt("removing the disk of VPS \(id)", { () throws(KernelError) in try image.tryLock() }) else { throw .busy(id) }
            try erase(id, in: all, holding: image)
        } else {
            try erase(id, in: all, holding: all.descriptor)
        }
    }

    /// `lock`: on the image, held until its name is gone, so that nobody attaches what is being removed.
    private func erase(_ id: VPSID, in all: borrowing Directory, holding lock: borrowing Descriptor) throws(DiskError) {
        let going = Layout.removedPrefix + id.text
        try attempt("removing the disk of VPS \(id)") { () throws(KernelError) in
            try all.removeTree(going)
            guard try all.information(of: id.text) != nil else { return }
            try all.rename(id.text, to: going)  // one step: a disk is there with all that belongs to it, or not at all
            try all.removeTree(going)
        }
    }

    package func list() throws(DiskError) -> [VPSID] {
        let all = try pool.disks()
        return try attempt("listing disks") { () throws(KernelError) in
            var found: [VPSID] = []
            for entry in try all.entries() {
                guard let id = VPSID(entry.name) else { continue }
                if try all.information(of: "\(entry.name)/\(Layout.disk)") != nil { found.append(id) }
            }
            return found.sorted { $0.text < $1.text }
        }
    }

    package func usage(_ id: VPSID) throws(DiskError) -> DiskUsage {
        let all = try pool.disks()
        let info = try attempt("measuring the disk of VPS \(id)") { () throws(KernelError) in try all.information(of: "\(id.text)/\(Layout.disk)") }
        guard let info else { throw .noDisk(id) }
        return DiskUsage(bytes: info.size, allocatedBytes: info.allocated)
    }

    /// A new open file description each time: its lock is its own.
    private func existing(_ id: VPSID) throws(DiskError) -> Descriptor? {
        let all = try pool.disks()
        do { return try all.open("\(id.text)/\(Layout.disk)", .readWrite) } catch {
            if error.code == KernelError.noEntry { return nil }
            throw .kernel(doing: "opening the disk of VPS \(id)", error)
        }
    }

    /// Whether the name still leads to it: it may have been removed between opening and locking.
    private func isStill(_ image: borrowing Descriptor, _ id: VPSID) throws(DiskError) -> Bool {
        guard let now = try existing(id) else { return false }
        return try attempt("looking at the disk of VPS \(id)") { () throws(KernelError) in try now.information().inode == image.information().inode }
    }
}
