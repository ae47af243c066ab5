internal import Disks
internal import Kernel

/// Writes a tree into a new ext4 file system in a file, owners and extended attributes as they are (mke2fs(8), -d).
struct Ext4Image {
    let size: ImageSize

    private static let program = Tool("/usr/sbin/mke2fs", package: "e2fsprogs")

    func write(tree: String, to file: String) throws(TemplateError) {
        let options = "lazy_itable_init=1,nodiscard,root_owner=0:0,resize=\(ImageSize.headroomBlocks)"
        do {
            try Self.program.run([
                "-q", "-F", "-t", "ext4", "-b", "4096", "-I", "\(ImageSize.inodeBytes)", "-m", "0", "-N", "\(size.inodes)", "-J", "size=\(size.journalMebibytes)",
                "-E", options, "-d", tree, file, "\(size.bytes / 1024)k",
            ])
        } catch {
            if case .program(_, _, let lines) = error, lines.contains(where: { $0.contains("No space left") }) { throw .pool(.poolFull(doing: "writing the image")) }
            throw .pool(error)
        }
    }
}
