import NodeModel
import Testing

@testable import NodeEngine

struct UndoStackTests {
    final class Log { var lines: [Int] = [] }

    @Test func whatWasDoneLastIsTakenBackFirstAndAllOfIt() {
        let log = Log()
        var undo = UndoStack()
        for number in 1...4 { undo.push { log.lines.append(number) } }
        undo.push { _ = try? Self.fail() }  // one that cannot be taken back does not keep the others
        undo.push { log.lines.append(5) }
        undo.unwind()
        #expect(log.lines == [5, 4, 3, 2, 1])
    }

    @Test func whatSucceedsIsNotTakenBack() {
        let log = Log()
        do {
            var undo = UndoStack()
            undo.push { log.lines.append(1) }
        }
        #expect(log.lines.isEmpty)
    }

    private static func fail() throws { throw NodeProblem(.failed, "no") }
}
