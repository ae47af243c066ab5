import Testing

@testable import NodeEngine

struct TrustedFolderTests {
    @Test(arguments: [
        ("root's", UInt32(0), UInt32(0o40755), true), ("another user's", 1000, 0o40755, false), ("writable by its group", 0, 0o40775, false),
        ("writable by all", 0, 0o40777, false), ("sticky, as /tmp is", 0, 0o41777, true), ("sticky and another user's", 1000, 0o41777, false),
    ])
    func onlyWhatRootAloneCanChangeIsTrusted(_ label: String, _ owner: UInt32, _ mode: UInt32, _ isTrusted: Bool) {
        #expect((TrustedFolder.fault(owner: owner, mode: mode) == nil) == isTrusted, "\(label)")
    }
}
