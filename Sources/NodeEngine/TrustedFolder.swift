internal import Kernel
internal import NodeModel

/// What root makes, opens and mounts must lie where nobody else can put something in its place.
enum TrustedFolder {
    /// Every folder on the way to each of these paths, as far as it exists, is root's, and only root may change its entries.
    static func check(_ paths: [String]) throws {
        for path in paths {
            var folder = ""
            for part in path.split(separator: "/").dropLast() {
                folder += "/\(part)"
                guard HostFile.exists(folder) else { break }
                let info = try Descriptor.open(folder, .path).information()
                if let fault = fault(owner: info.owner, mode: info.mode) {
                    throw NodeProblem(.invalid, "\(folder), on the way to \(path), \(fault): whoever may change it could take over this host. Make it root's (chown root; chmod go-w), or choose another place in the settings")
                }
            }
        }
    }

    /// A folder that everybody may write to is fine when it is sticky: there, only an entry's owner may replace it.
    static func fault(owner: UInt32, mode: UInt32) -> String? {
        if owner != 0 { return "belongs to user \(owner)" }
        if mode & 0o022 != 0, mode & 0o1000 == 0 { return "may be written to by others than root" }
        return nil
    }
}
