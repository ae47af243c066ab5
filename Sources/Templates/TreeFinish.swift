internal import Disks
internal import Kernel

/// What a recipe changes in a tree that its builder made.
enum TreeFinish {
    static func apply(_ recipe: Recipe, to root: borrowing Directory) throws(TemplateError) {
        try attempt("finishing the tree of \(recipe.name)") { () throws(KernelError) in
            for path in recipe.remove { try remove(path, from: root) }
            for folder in recipe.folders { try root.makeFolder(folder.path.parts).descriptor.changeMode(folder.mode) }
            for unit in recipe.disable { try disable(unit, in: root) }
            if !recipe.mask.isEmpty {
                let units = try root.makeFolder(["etc", "systemd", "system"])
                for unit in recipe.mask {
                    try units.remove(unit.text)
                    try units.link(unit.text, to: "/dev/null")
                }
            }
            for file in recipe.files {
                let folder = try root.makeFolder(file.path.parts.dropLast())
                let name = file.path.parts.last ?? ""  // a path has at least one part
                try folder.remove(name)
                let made = try folder.open(name, .createNew, mode: 0o600)
                try made.write(Array(file.content.utf8))
                try made.changeMode(file.mode)
            }
            try root.descriptor.changeMode(0o755)
        }
    }

    /// A last part `*` is all that is in the folder.
    private static func remove(_ path: GuestPath, from root: borrowing Directory) throws(KernelError) {
        var folder = try root.directory(".")
        for part in path.parts.dropLast() {
            guard try folder.information(of: part) != nil else { return }
            folder = try folder.directory(part)
        }
        guard let last = path.parts.last else { return }
        guard last == "*" else { return try folder.removeTree(last) }
        for entry in try folder.entries() { try folder.removeTree(entry.name) }
    }

    /// As `systemctl disable` does it: the links in *.wants and *.requires go.
    private static func disable(_ unit: UnitName, in root: borrowing Directory) throws(KernelError) {
        let units = try root.makeFolder(["etc", "systemd", "system"])
        for entry in try units.entries() where entry.kind == .directory && (entry.name.hasSuffix(".wants") || entry.name.hasSuffix(".requires")) {
            try units.directory(entry.name).remove(unit.text)
        }
    }

    /// Device nodes, sockets and pipes go (a guest's /dev is made anew at each start); the rest is counted.
    static func measure(_ root: borrowing Directory) throws(TemplateError) -> TreeMeasure {
        try attempt("measuring the tree") { () throws(KernelError) in try counted(root) }
    }

    private static func counted(_ folder: borrowing Directory) throws(KernelError) -> TreeMeasure {
        var sum = TreeMeasure()
        for entry in try folder.entries() {
            guard let info = try folder.information(of: entry.name) else { continue }
            guard info.isDirectory || info.isRegular || info.isSymbolicLink else {
                try folder.remove(entry.name)
                continue
            }
            sum.entries += 1
            // A link of less than 60 bytes lies in its inode; a folder takes a block at least.
            sum.bytes += info.isSymbolicLink && info.size < 60 ? 0 : max(info.isRegular ? 0 : 4096, (info.size + 4095) / 4096 * 4096)
            if info.isDirectory {
                let inner = try counted(try folder.directory(entry.name))
                sum.entries += inner.entries
                sum.bytes += inner.bytes
            }
        }
        return sum
    }
}
