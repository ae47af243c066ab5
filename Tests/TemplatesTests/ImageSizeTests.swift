import Testing
@testable import Templates

struct ImageSizeTests {
    @Test(arguments: [TreeMeasure(entries: 300, bytes: 3 << 20), TreeMeasure(entries: 7700, bytes: 180 << 20), TreeMeasure(entries: 100_000, bytes: 200 << 20), TreeMeasure(entries: 400_000, bytes: 6 << 30)])
    func theImageHoldsItsTreeAndEachGroupHasTheInodesOfALargeDisk(_ tree: TreeMeasure) {
        let size = ImageSize(for: tree)
        #expect(size.bytes > tree.bytes + size.inodes * ImageSize.inodeBytes + size.journalMebibytes << 20)
        #expect(size.inodes > Int64(tree.entries) + 11)
        #expect(size.inodes % ImageSize.inodesPerGroup == 0)
        #expect(size.bytes % 4096 == 0)
    }
}
