import Testing

@testable import Disks

struct PoolSpaceTests {
    static let gibibyte: Int64 = 1 << 30

    @Test(arguments: [
        ("a pool of its own", 64 * gibibyte, 0, nil, 63 * gibibyte),
        ("its templates are not to be sold", 64 * gibibyte, 3 * gibibyte, nil, 60 * gibibyte),
        ("a file with room to grow", 64 * gibibyte, 0, (gibibyte, 100 * gibibyte), 63 * gibibyte),
        ("a host with less than the file would take", 64 * gibibyte, 0, (2 * gibibyte, 30 * gibibyte), 32 * gibibyte - gibibyte / 2),
        ("a host that is full", 64 * gibibyte, gibibyte, (gibibyte, 0), 0),
        ("templates that take all", gibibyte, 2 * gibibyte, nil, 0),
    ] as [(String, Int64, Int64, (Int64, Int64)?, Int64)])
    func onlyWhatCanBeKeptIsPromised(label: String, total: Int64, templates: Int64, file: (Int64, Int64)?, promised: Int64) {
        let space = PoolSpace(totalBytes: total, templateBytes: templates, file: file.map { (allocatedBytes: $0.0, freeBytes: $0.1) })
        #expect(space.promisableBytes == promised, "\(label)")
    }
}
