internal import Domain
internal import Testing

@testable internal import Store

@Suite(.timeLimit(.minutes(5)))
struct ReadMemoryTests {
    @Test("Only what was read at the newest version is known, and of that no more than there is room for")
    func versions() {
        let memory = ReadMemory<String, Int>(most: 2)
        #expect(memory["a", at: 0] == nil)
        memory.keep(1, for: "a", at: 3)
        #expect(memory["a", at: 3] == 1 && memory["b", at: 3] == nil && memory["a", at: 2] == nil && memory["a", at: 4] == nil)
        memory.keep(0, for: "a", at: 2)
        #expect(memory["a", at: 3] == 1, "who read before and comes late changes nothing")
        memory.keep(2, for: "b", at: 3)
        memory.keep(3, for: "c", at: 3)
        #expect(memory["c", at: 3] == 3 && [memory["a", at: 3], memory["b", at: 3]].allSatisfy { $0 == nil })
        memory.keep(4, for: "a", at: 4)
        #expect(memory["a", at: 4] == 4 && memory["c", at: 4] == nil)
    }

    @Test("Whoever has written reads what he wrote, however many read meanwhile")
    func ownWrites() async throws {
        let bench = try await Bench()
        try await bench.create("a")
        let acme = try Name("acme")
        try await withThrowingTaskGroup { group in
            for _ in 0..<2 {
                group.addTask {
                    var last: Int64 = 0
                    while !Task.isCancelled {
                        let seen = try await bench.store.tenant(acme).ceilings[.vps] ?? 0
                        #expect(seen >= last || last < 1000, "what was seen once is not unseen")
                        last = seen
                        await Task.yield()
                    }
                }
            }
            for ceiling in Int64(1000)..<1300 {
                _ = try await bench.store.changeTenant(acme, Ceilings([.vps: ceiling]), by: "test")
                #expect(try await bench.store.tenant(acme).ceilings[.vps] == ceiling)
            }
            group.cancelAll()
            while let ended = await group.nextResult() { if case .failure(let error) = ended, !(error is CancellationError) { throw error } }
        }
    }
}
