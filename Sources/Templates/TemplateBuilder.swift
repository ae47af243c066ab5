package import Disks
internal import FoundationEssentials
internal import Kernel

/// Makes templates from recipes, in a pool. A template of the same name is replaced whole when the new one is complete; disks that
/// were made from the old one do not need it. Blocks for seconds to minutes: call it from a thread that may.
package struct TemplateBuilder: Sendable {
    package let pool: Pool
    package let recipes: RecipeShelf
    let aptConfiguration: String

    /// `recipes`: the directory of the recipe files. `aptConfiguration`: where the host's package sources are described.
    package init(pool: Pool, recipes: String, aptConfiguration: String = "/etc/apt") {
        self.pool = pool
        self.recipes = RecipeShelf(directory: recipes)
        self.aptConfiguration = aptConfiguration
    }

    /// `progress`: 0…1, rising, and what is being done. Nothing is left of a build that fails.
    package func build(_ name: String, until stop: BuildStop = BuildStop(), progress: (Double, String) -> Void = { _, _ in }) throws(TemplateError) -> Template {
        let recipe = try recipes.read(name)
        let all = try inPool { () throws(DiskError) in try pool.templates() }
        // One at a time, and none while the builder of an ended node still writes: that has inherited the lock.
        guard try attempt("locking the templates", { () throws(KernelError) in try all.descriptor.tryLock() }) else { throw .buildRunning }
        let working = ".\(name).building"
        try attempt("preparing the build") { () throws(KernelError) in
            try all.removeTree(working)  // of a node that ended while building
            try all.makeDirectory(working, mode: 0o700)
        }
        do {
            let place = try attempt("preparing the build") { () throws(KernelError) in try all.directory(working) }
            let path = "\(pool.directory)/\(Layout.templates)/\(working)"
            let template = try make(recipe, in: place, path: path, holding: all.descriptor, until: stop, progress)
            try stop.require()
            try attempt("putting the template in place") { () throws(KernelError) in try install(working, as: name, in: all) }
            progress(1, "template \(name) is built")
            return template
        } catch {
            remove(working, from: all)
            throw error
        }
    }

    /// What was killed may be dying still, and write meanwhile. What stays nevertheless the next build removes: the reason of this failure is worth more.
    private func remove(_ working: String, from all: borrowing Directory) {
        for _ in 0..<100 {
            do { return try all.removeTree(working) } catch { Pause.milliseconds(20) }
        }
    }

    private func make(
        _ recipe: Recipe, in place: borrowing Directory, path: String, holding lock: borrowing Descriptor, until stop: BuildStop, _ progress: (Double, String) -> Void
    ) throws(TemplateError) -> Template {
        switch recipe.builder {
        case .mmdebstrap(let suite, let packages, let leaveOut, let keep):
            let tree = DebianTree(suite: suite, packages: packages, leaveOut: leaveOut, keep: keep, aptConfiguration: aptConfiguration)
            try tree.build(in: place, path: path, holding: lock, until: stop) { progress($0 * 0.9, $1) }
        case .busybox:
            progress(0.1, "linking busybox's applets")
            try BusyboxTree().build(in: place)
        }
        let root = try attempt("opening the tree") { () throws(KernelError) in try place.directory("root") }
        try stop.require()
        try TreeFinish.apply(recipe, to: root)
        progress(0.92, "writing the image")
        let size = ImageSize(for: try TreeFinish.measure(root))
        try Ext4Image(size: size).write(tree: "\(path)/root", to: "\(path)/\(Layout.image)")
        try stop.require()
        progress(0.97, "computing the digest")
        let digest = try inPool { () throws(DiskError) in try Digest.ofFile("\(path)/\(Layout.image)") }
        let template = Template(
            name: recipe.name.text, summary: recipe.summary, recipeVersion: recipe.version, digest: digest, imageBytes: size.bytes,
            minimumDiskBytes: max(recipe.minimumDiskBytes, size.bytes), builtAt: Int64(Date().timeIntervalSince1970), initPath: recipe.initPath.description,
            shutdownSignal: recipe.shutdownSignal.number, firstBoot: recipe.firstBoot)
        let record = try inPool { () throws(DiskError) in try TemplateLibrary.encode(template) }
        try attempt("completing the template") { () throws(KernelError) in
            for entry in try place.entries() where entry.name != Layout.image { try place.removeTree(entry.name) }
            try place.replace(Layout.metadata, with: record, mode: 0o600)
            try place.makeDirectory(Layout.sizes, mode: 0o700)
            let image = try place.open(Layout.image, .readWrite)
            try image.changeMode(0o400)
            try image.synchronise()
            try place.synchronise()
        }
        return template
    }

    /// The old one is out of its place in the same step in which the new one is in it.
    private func install(_ working: String, as name: String, in all: borrowing Directory) throws(KernelError) {
        if try all.information(of: name) == nil {
            try all.rename(working, to: name)
        } else {
            try all.exchange(working, with: name)
            try all.removeTree(working)
        }
        try all.synchronise()
    }
}
