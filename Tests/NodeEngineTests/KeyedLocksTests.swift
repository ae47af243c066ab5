import Foundation
import NodeModel
import Synchronization
import Testing

@testable import NodeEngine

@Suite(.timeLimit(.minutes(5)))
struct KeyedLocksTests {
    @Test func oneAtATimeForEachKey() throws {
        let locks = KeyedLocks()
        let ids = [VPSID.random(), VPSID.random()]
        let inside = Mutex<[VPSID: Int]>([:])
        let most = Mutex(0)
        let errands = (0..<16).map { number in
            Errand {
                for _ in 0..<200 {
                    let id = ids[number % 2]
                    locks.withLock(id) {
                        let now = inside.withLock { $0[id, default: 0] += 1; return $0[id] ?? 0 }
                        most.withLock { $0 = max($0, now) }
                        inside.withLock { $0[id, default: 0] -= 1 }
                    }
                }
            }
        }
        for errand in errands { try errand.wait() }
        #expect(most.withLock { $0 } == 1)
    }

    @Test func anotherKeyDoesNotWait() throws {
        let locks = KeyedLocks()
        try locks.withLock(.random()) {
            // On a thread of its own: were it to wait, it would wait for ever.
            try Errand { locks.withLock(.random()) {} }.wait()
        }
    }

    @Test func aKeyIsFreeAgainAfterAnError() {
        let locks = KeyedLocks()
        let id = VPSID.random()
        #expect(throws: NodeProblem.self) { try locks.withLock(id) { throw NodeProblem(.failed, "no") } }
        #expect(locks.withLock(id) { true })
    }
}
