internal import Kernel

/// A template's image enlarged to one disk size. Enlarging takes 5 to 30 ms and a program, so it is done once per size; a disk is
/// then a clone of the variant, 1 ms.
struct SizeVariant {
    let template: Template
    let bytes: Int64

    /// Open for reading, made if it is not there.
    func open(in folder: borrowing Directory) throws(DiskError) -> Descriptor {
        guard bytes >= max(template.minimumDiskBytes, template.imageBytes) else {
            throw .diskTooSmall(bytes: bytes, minimum: max(template.minimumDiskBytes, template.imageBytes), template: template.name)
        }
        do {
            if bytes == template.imageBytes { return try folder.open(Layout.image, .read) }
            if let made = try existing(folder) { return made }
        } catch { throw .kernel(doing: "opening template \(template.name)", error) }
        return try make(folder)
    }

    private func existing(_ folder: borrowing Directory) throws(KernelError) -> Descriptor? {
        do { return try folder.open("\(Layout.sizes)/\(Layout.variant(bytes))", .read) } catch {
            if error.code == KernelError.noEntry { return nil }
            throw error
        }
    }

    /// One at a time per template: whoever comes second finds it made.
    private func make(_ folder: borrowing Directory) throws(DiskError) -> Descriptor {
        let name = Layout.variant(bytes)
        let doing = "making the variant of \(bytes) bytes of template \(template.name)"
        let sizes = try attempt(doing) { () throws(KernelError) in
            try folder.makeDirectory(Layout.sizes, mode: 0o700)
            let sizes = try folder.directory(Layout.sizes)
            try sizes.descriptor.lock()
            return sizes
        }
        if let made = try attempt(doing, { () throws(KernelError) in try existing(folder) }) { return made }
        let temporary = ".\(name).new"
        let variant = try attempt(doing) { () throws(KernelError) in
            try sizes.remove(temporary)
            let image = try folder.open(Layout.image, .read)
            let variant = try sizes.open(temporary, .createNew, mode: 0o600)
            try variant.clone(image)
            try variant.truncate(to: bytes)
            return variant
        }
        // Not by its name: the template's folder may have been replaced by a new one since we opened it.
        do { try Tool.resizeExt4.run(["-f", variant.pathForChildren]) } catch {
            do { try sizes.remove(temporary) } catch { /* it is remade whole next time */ }
            throw error
        }
        return try attempt(doing) { () throws(KernelError) in
            try variant.synchronise()  // before the name says that it is complete
            try sizes.rename(temporary, to: name)
            return try sizes.open(name, .read)
        }
    }
}
