package import Kernel
package import NodeModel

/// Why a disk, the pool or a template in it is not as asked. Each says what was tried, on what, why, and what to do.
package enum DiskError: Error, Equatable {
    case kernel(doing: String, KernelError)
    case program(String, Exit, lastLines: [String])
    case missingProgram(String, package: String)

    // The pool
    case poolFull(doing: String)
    case poolTooSmall(bytes: Int64, minimum: Int64)
    /// Something else is mounted where the pool belongs.
    case foreignMount(directory: String, type: String, source: String)
    /// The directory holds files, and would be hidden by a mount.
    case directoryNotEmpty(String)
    /// The pool's file exists and is not an XFS: it is somebody's data.
    case foreignFile(String)
    /// Attached elsewhere: another node uses it, or another mount namespace still holds it.
    case poolFileInUse(String)
    /// Disks are still attached.
    case poolInUse(directory: String)
    case noReflink(String)

    // Templates
    case badName(String)
    case templateMissing(String)
    /// The template was built anew since the specification was made.
    case templateChanged(String, wanted: String, found: String)
    case templateDamaged(String, why: String)

    // Disks
    case diskTooSmall(bytes: Int64, minimum: Int64, template: String)
    case noDisk(VPSID)
    case diskDiffers(VPSID, bytes: Int64, wanted: Int64)
    /// Attached: its VPS runs, or has not quite ended.
    case busy(VPSID)

    // The guest's tree
    /// A name in the guest's tree is not what a host may write through: a symbolic link where a directory belongs, say.
    case unsafeTree(path: String, KernelError)
    case badIdentity(String)
}

extension DiskError: CustomStringConvertible {
    package var description: String {
        switch self {
        case .kernel(let doing, let error): "\(doing): \(error)"
        case .program(let name, let exit, let lines): "\(name) failed (\(exit)): \(lines.joined(separator: " / "))"
        case .missingProgram(let file, let package): "\(file) is not there: install the package \(package)"
        case .poolFull(let doing): "the pool is full (\(doing)): remove a VPS or a template, or enlarge the pool"
        case .poolTooSmall(let bytes, let minimum): "a pool of \(bytes) bytes is too small: XFS needs \(minimum)"
        case .foreignMount(let directory, let type, let source): "\(directory) has \(source) (\(type)) mounted, which is not the pool: unmount it, or choose another directory"
        case .directoryNotEmpty(let directory): "\(directory) is not empty, and a pool mounted there would hide what it holds: empty it, or choose another directory"
        case .foreignFile(let file): "\(file) is there and is no XFS file system: move it away, or choose another pool file"
        case .poolFileInUse(let file): "\(file) is attached elsewhere: does another node run on it?"
        case .poolInUse(let directory): "the pool at \(directory) is in use: stop the VPSes first"
        case .noReflink(let directory): "the file system of \(directory) cannot share blocks between files: it has to be XFS with reflink, or btrfs"
        case .badName(let name): "not a template's name: \(name.debugDescription)"
        case .templateMissing(let name): "there is no template \(name): build it"
        case .templateChanged(let name, let wanted, let found): "template \(name) has the digest \(found), and \(wanted) was asked for: it was built anew"
        case .templateDamaged(let name, let why): "template \(name) is damaged (\(why)): build it again"
        case .diskTooSmall(let bytes, let minimum, let template): "a disk of \(bytes) bytes cannot hold template \(template), which needs \(minimum)"
        case .noDisk(let id): "VPS \(id) has no disk"
        case .diskDiffers(let id, let bytes, let wanted): "the disk of VPS \(id) has \(bytes) bytes, and \(wanted) were asked for"
        case .busy(let id): "the disk of VPS \(id) is attached: stop the VPS first"
        case .unsafeTree(let path, let error): "\(path) in the guest's tree cannot be written to safely: \(error)"
        case .badIdentity(let why): "not fit for a guest's files: \(why)"
        }
    }
}

/// Runs kernel calls and says of a failure what they were for; a file system that is full has its own name.
func attempt<Result: ~Copyable>(_ doing: @autoclosure () -> String, _ body: () throws(KernelError) -> Result) throws(DiskError) -> Result {
    do { return try body() } catch {
        if error.code == KernelError.noSpace { throw .poolFull(doing: doing()) }
        throw .kernel(doing: doing(), error)
    }
}
