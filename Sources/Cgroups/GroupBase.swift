internal import Kernel
internal import NodeModel

/// The project's own group in one of the kernel's trees, held open: each VPS's is a child of it.
final class GroupBase: Sendable {
    let path: String
    let dialect: Dialect
    let controllers: [Controller]
    let directory: Directory

    init(path: String, dialect: Dialect, controllers: [Controller]) throws(KernelError) {
        self.path = path
        self.dialect = dialect
        self.controllers = controllers
        directory = try Directory(path)
    }

    func has(_ name: String) -> Bool { (try? directory.open(name, .path)) != nil }  // unreadable counts as absent

    /// None where the base itself was removed.
    func groups() throws(KernelError) -> [Directory.RawEntry] {
        do throws(KernelError) {
            return try directory.rawEntries().filter(\.isDirectory)
        } catch {
            if error.meansGone { return [] }
            throw error
        }
    }

    /// Processes in a group and all below it. A group that goes away meanwhile has none.
    func processes(_ group: String) throws(KernelError) -> Set<Int32> {
        var found: Set<Int32> = []
        do throws(KernelError) { try Self.collect(directory.directory(group), into: &found) } catch { if !error.meansGone { throw error } }
        return found
    }

    private static func collect(_ group: borrowing Directory, into found: inout Set<Int32>) throws(KernelError) {
        do throws(KernelError) {
            for line in String(decoding: try group.read("cgroup.procs"), as: UTF8.self).split(separator: "\n") {
                if let pid = Int32(line), pid > 0 { found.insert(pid) }
            }
        } catch {  // EOPNOTSUPP: a threaded group, whose processes are listed above it
            if error.code != KernelError.notSupported { throw error }
        }
        for entry in try group.rawEntries() where entry.isDirectory {
            do throws(KernelError) { try collect(group.directory(entry), into: &found) } catch { if !error.meansGone { throw error } }
        }
    }

    /// Deepest first. False: a process is in one of them. The depth is bounded by `cgroup.max.depth`.
    func removeTree(_ group: String) throws(KernelError) -> Bool {
        do throws(KernelError) {
            guard try Self.removeChildren(of: directory.directory(group)) else { return false }
            try directory.remove(group, isDirectory: true)
        } catch {
            if error.meansGone { return true }
            if error.code == KernelError.busy { return false }
            throw error
        }
        return true
    }

    private static func removeChildren(of group: borrowing Directory) throws(KernelError) -> Bool {
        var all = true
        for entry in try group.rawEntries() where entry.isDirectory {
            do throws(KernelError) {
                if try removeChildren(of: group.directory(entry)) { try group.remove(entry) } else { all = false }
            } catch {
                if error.code == KernelError.busy { all = false } else if !error.meansGone { throw error }
            }
        }
        return all
    }
}

extension KernelError {
    static let notSupported: Int32 = 95
    /// ENOENT, or ENODEV from a control file of a group that was removed while it was open.
    var meansGone: Bool { code == Self.noEntry || code == 19 }
}
