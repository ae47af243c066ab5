import Kernel
import Testing

/// What the pool's clearing up rests on.
@Suite(.enabled(if: isRoot, "needs root: it mounts"), .serialized)
struct TreeRemovalTests {
    @Test func everyNameOfALargeFolderIsListedOnce() async throws {
        let base = try newFolder()
        let folder = try Directory(base)
        for number in 0..<5000 { _ = try folder.open("a-name-of-some-length-\(number)", .createNew) }
        let names = try folder.entries()
        #expect(names.count == 5000 && Set(names.map(\.name)).count == 5000)
        #expect(names.allSatisfy { $0.kind == .file })
        try Directory("/var/tmp").removeTree(String(base.dropFirst("/var/tmp/".count)))
        #expect(!HostFile.exists(base))
    }

    @Test func aRemovalFollowsNoLinkAndCrossesNoMount() async throws {
        let base = try newFolder()
        for folder in ["tree/deep/mounted", "canary"] { try HostFile.makeDirectories("\(base)/\(folder)") }
        try put("safe", "\(base)/canary/file")
        try Directory("\(base)/tree").link("link", to: "\(base)/canary")
        try NewMount.attach(NewMount.make("tmpfs", source: "inner", attributes: []), at: "\(base)/tree/deep/mounted")
        try put("theirs", "\(base)/tree/deep/mounted/file")
        #expect(throws: KernelError.self) { try Directory(base).removeTree("tree") }
        #expect(try HostFile.readText("\(base)/tree/deep/mounted/file") == "theirs")
        try NewMount.detach("\(base)/tree/deep/mounted")
        try Directory(base).removeTree("tree")
        try Directory(base).removeTree("tree")
        #expect(try HostFile.readText("\(base)/canary/file") == "safe")
        try Directory("/var/tmp").removeTree(String(base.dropFirst("/var/tmp/".count)))
    }

    @Test func twoNamesAreExchangedInOneStep() async throws {
        let base = try newFolder()
        let folder = try Directory(base)
        try put("1", "\(base)/one")
        try put("2", "\(base)/two")
        try folder.exchange("one", with: "two")
        #expect(try folder.read("one") == Array("2".utf8))
        #expect(try folder.read("two") == Array("1".utf8))
        #expect(throws: KernelError.self) { try folder.exchange("one", with: "three") }
        try Directory("/var/tmp").removeTree(String(base.dropFirst("/var/tmp/".count)))
    }
}
