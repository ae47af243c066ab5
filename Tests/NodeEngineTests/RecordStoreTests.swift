import Foundation
import Kernel
import NodeModel
import Testing

@testable import NodeEngine

struct RecordStoreTests {
    private func withStore(_ body: (RecordStore, String) throws -> Void) throws {
        let folder = "\(NSTemporaryDirectory())roost-records-\(VPSID.random())"
        defer { try? FileManager.default.removeItem(atPath: folder) }  // best effort: a temporary folder
        try body(RecordStore(pool: folder), folder)
    }

    @Test(arguments: [true, false])
    func whatIsSavedIsLoaded(durable: Bool) throws {
        try withStore { store, folder in
            var record = EndDecisionTests.record(halted: true)
            record.failure = "it was so"
            let id = record.specification.id
            #expect(try store.load(id) == nil)
            #expect(store.ids().isEmpty)
            try store.save(record, durable: durable)
            #expect(try store.load(id) == record)
            record.haltedByGuest = false
            try store.save(record, durable: durable)
            #expect(try store.load(id) == record)
            #expect(try FileManager.default.contentsOfDirectory(atPath: "\(folder)/vps/\(id)") == ["record.json"])
        }
    }

    @Test func whatIsDeletedIsGoneAndCanBeDeletedAgain() throws {
        try withStore { store, folder in
            let record = EndDecisionTests.record(), id = record.specification.id
            try store.save(record)
            try store.delete(id)
            #expect(try store.find(id) == .absent)
            #expect(store.ids().isEmpty)
            #expect(!HostFile.exists("\(folder)/vps/\(id)"))
            try store.delete(id)
        }
    }

    @Test(arguments: ["", "{", "{}", "null", #"{"specification":7}"#])
    func aDamagedRecordIsAnErrorAndNotNone(_ content: String) throws {
        try withStore { store, folder in
            let record = EndDecisionTests.record(), id = record.specification.id
            try store.save(record)
            try Data(content.utf8).write(to: URL(filePath: "\(folder)/vps/\(id)/record.json"))
            #expect { try store.load(id) } throws: { ($0 as? NodeProblem)?.code == .failed && "\($0)".contains("\(id)") }
            guard case .unreadable = try store.find(id) else { Issue.record("found as \(try store.find(id))"); return }
            #expect(store.ids() == [id])
            try store.save(record)
            #expect(try store.load(id) == record)
        }
    }

    /// As it was written before there was anything more to say.
    @Test func anOlderRecordIsUnderstood() throws {
        try withStore { store, folder in
            let record = EndDecisionTests.record(), id = record.specification.id
            try store.save(record)
            let path = "\(folder)/vps/\(id)/record.json"
            let object = try #require(try JSONSerialization.jsonObject(with: Data(try HostFile.read(path))) as? [String: Any])
            #expect(Set(object.keys) == ["specification", "guest", "haltedByGuest", "removing"])
        }
    }

    @Test func namesThatAreNoIdsAreIgnored() throws {
        try withStore { store, folder in
            let record = EndDecisionTests.record()
            try store.save(record)
            for name in [".removed.abcdefghjk", "lost+found", "short", "abcdefghjkl", "ABCDEFGHJK", "abcdefghj1"] { try HostFile.makeDirectories("\(folder)/vps/\(name)") }
            #expect(store.ids() == [record.specification.id])
        }
    }
}
