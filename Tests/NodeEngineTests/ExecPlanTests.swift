import NodeModel
import Testing
import WardenProtocol

@testable import NodeEngine

struct ExecPlanTests {
    private func plan(terminal: TerminalSize? = nil, environment: [String: String] = [:]) -> Plan {
        ExecPlan.plan(
            ExecRequest(command: ["sh", "-c", "true"], environment: environment, terminal: terminal), memoryPressure: [.writeFile(path: [1], content: [2])], filter: [1, 2, 3, 4, 5, 6, 7, 8],
            capabilities: 0b1011, lastCapability: 40, cgroupFiles: 3)
    }

    private func position(_ plan: Plan, _ matches: (Step) -> Bool) throws -> Int {
        let index = plan.child.firstIndex(where: matches)
        return try #require(index)
    }

    @Test func theHelperIsInTheGuestsCgroupsBeforeItIsInItsNamespaces() {
        let before = plan().before
        #expect(before == [.writeFile(path: [1], content: [2]), .placeSelf(4), .placeSelf(5), .placeSelf(6), .enter(0, flags: Namespaces.all)])
    }

    @Test func nothingIsMappedOrBornAnew() {
        #expect(plan().cloneFlags == 0)
        #expect(plan().bornIn == nil)
        #expect(plan().onChild.isEmpty)
        #expect(plan().afterwards == .wait)
    }

    /// The filter first refuses and is loaded by who may do so; only then are capabilities given up, and only then does anything of the guest's run.
    @Test(arguments: [nil, TerminalSize(rows: 24, columns: 80)])
    func whatNeedsACapabilityComesBeforeItIsGivenUp(_ terminal: TerminalSize?) throws {
        let plan = plan(terminal: terminal)
        #expect(plan.child.first == .becomeRoot)
        let filter = try position(plan) { if case .loadFilter = $0 { true } else { false } }
        let capabilities = try position(plan) { if case .limitCapabilities = $0 { true } else { false } }
        let keyring = try position(plan) { $0 == .newKeyring }
        #expect(keyring < filter && filter < capabilities)
        let streams = try position(plan) { step in if case .openTerminal = step { true } else if case .standardStreams = step { true } else { false } }
        #expect(streams < filter)
        guard case .execute = plan.child.last else { Issue.record("the last step executes"); return }
        #expect(plan.child.filter { if case .execute = $0 { true } else { false } }.count == 1)
    }

    @Test func withoutATerminalItHasASessionOfItsOwn() throws {
        #expect(plan().child.contains(.newSession))
        #expect(plan().child.contains(.standardStreams(1, 2, 3)))
        #expect(plan(terminal: TerminalSize(rows: 5, columns: 6)).child.contains(.openTerminal(bindTo: [], rows: 5, columns: 6)))
    }

    @Test func whatTheUserSetsWinsAndTheRestIsThere() throws {
        guard case .execute(let arguments, let environment) = plan(environment: ["HOME": "/tmp", "X": "1"]).child.last else { Issue.record("the last step executes"); return }
        #expect(arguments.map { String(decoding: $0, as: UTF8.self) } == ["sh", "-c", "true"])
        let variables = environment.map { String(decoding: $0, as: UTF8.self) }
        #expect(variables.contains("HOME=/tmp") && variables.contains("X=1") && variables.contains("USER=root"))
        #expect(!variables.contains { $0.hasPrefix("TERM=") } && variables.filter { $0.hasPrefix("HOME=") }.count == 1)
    }
}
