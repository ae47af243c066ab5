/// What is at the pool's two places before anything is done.
struct PoolObservation: Equatable {
    enum Mount: Equatable {
        case none
        /// Our file, through a loop device.
        case ours
        case other(type: String, source: String)
    }
    enum File: Equatable { case absent, xfs, other }
    var mount: Mount
    var file: File
    /// Whether the file system that the directory lies on shares blocks between files.
    var directoryReflinks: Bool
    var directoryIsEmpty: Bool
}

/// How a pool comes to be where it is wanted. The file has the say when there is one: the disks are in it.
enum PoolDecision: Equatable {
    case useMountedFile
    case useDirectory
    case mountFile
    case makeFile
    case refuseMount(type: String, source: String)
    case refuseFile
    case refuseFullDirectory

    static func decide(_ seen: PoolObservation) -> PoolDecision {
        switch (seen.mount, seen.file) {
        case (.ours, _): .useMountedFile
        case (.other(let type, let source), .absent) where !seen.directoryReflinks: .refuseMount(type: type, source: source)
        case (.other, .absent): .useDirectory
        case (.other(let type, let source), .xfs), (.other(let type, let source), .other): .refuseMount(type: type, source: source)
        case (.none, .other): .refuseFile
        case (.none, .xfs): seen.directoryIsEmpty ? .mountFile : .refuseFullDirectory
        case (.none, .absent) where seen.directoryReflinks: .useDirectory
        case (.none, .absent): seen.directoryIsEmpty ? .makeFile : .refuseFullDirectory
        }
    }
}
