/// How much of a pool may be promised to VPSes' disks. Pure.
struct PoolSpace {
    /// As its file system says (statfs(2)).
    var totalBytes: Int64
    var templateBytes: Int64
    /// Of a pool in a sparse file: what the file takes already, and what is free around it. It cannot grow beyond.
    var file: (allocatedBytes: Int64, freeBytes: Int64)?

    /// 1/64 is kept for the file system's own records: extents, reference counts, the reverse map.
    var promisableBytes: Int64 {
        let whole = file.map { min(totalBytes, $0.allocatedBytes + $0.freeBytes) } ?? totalBytes
        return max(0, whole - templateBytes - whole / 64)
    }
}
