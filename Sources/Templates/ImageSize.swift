/// What a tree needs of a file system.
struct TreeMeasure: Equatable {
    var entries = 0
    /// Whole blocks of 4096 bytes.
    var bytes: Int64 = 0
}

/// The numbers of a template's ext4. A disk is this file system enlarged, and inodes come per block group, so the template's
/// groups have those of a large disk: 8192 for each 128 MiB.
struct ImageSize: Equatable {
    let bytes: Int64
    let inodes: Int64
    let journalMebibytes: Int64

    static let groupBytes: Int64 = 128 << 20
    static let inodesPerGroup: Int64 = 8192
    static let inodeBytes: Int64 = 256
    /// In blocks: 1 TiB. Room for the block groups' descriptors up to there is kept, so that growing moves nothing.
    static let headroomBlocks: Int64 = 1 << 28

    init(for tree: TreeMeasure) {
        journalMebibytes = tree.bytes > 64 << 20 ? 16 : 4
        // An eighth more for directories, extents and what first boot writes; the tables of each group; the headroom's descriptors.
        let content = tree.bytes + tree.bytes / 8 + (journalMebibytes + 6) << 20
        let inodesWanted = Int64(tree.entries) + Int64(tree.entries) / 4 + 64
        let groups = max((content + Self.groupBytes - 1) / (Self.groupBytes - Self.inodesPerGroup * Self.inodeBytes), (inodesWanted + Self.inodesPerGroup - 1) / Self.inodesPerGroup, 1)
        let wanted = content + groups * Self.inodesPerGroup * Self.inodeBytes
        // Inodes are spread evenly: a second group must be there in fact to have its own.
        bytes = max((wanted + (4 << 20) - 1) / (4 << 20) * (4 << 20), (groups - 1) * Self.groupBytes + (groups > 1 ? 16 << 20 : 0))
        inodes = (bytes + Self.groupBytes - 1) / Self.groupBytes * Self.inodesPerGroup
    }
}
