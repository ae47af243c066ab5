import APIClient
import APIModel
import APIServerFake
import Kernel
@testable import roost
import Testing

@Suite("How errors are told") struct ProblemTextTests {
    @Test("a quota's denial lists what is exceeded, to the byte")
    func quota() {
        let problem = Problem(.resourceLimitExceeded, "acme has not enough left", exceeded: [
            .init(resource: "memoryBytes", limit: 1 << 30, used: 768 << 20, requested: (256 << 20) + 1), .init(resource: "cpuMillicores", limit: 1000, used: 500, requested: 1000),
            .init(resource: "vps", limit: 7, used: 7, requested: 1),
        ])
        #expect(ProblemText.text(problem) == """
            roost: acme has not enough left [resource_limit_exceeded]
            RESOURCE  LIMIT     USED    REQUESTED
            memory    1 GiB  768 MiB  268435457 B
            cpu           1      0.5            1
            vps           7        7            1
            remedy: ask for less, or raise the tenant's quota: `roost tenant set`

            """)
    }

    @Test("each code ends with its status", arguments: Problem.Code.allCases)
    func statuses(code: Problem.Code) {
        let expected: Int32 = switch code {
        case .invalidInput: 2
        case .notFound: 3
        case .resourceLimitExceeded: 4
        case .uniquenessError, .conflict, .suspended, .preconditionFailed: 5
        case .nodeUnavailable: 6
        case .jsonError, .methodNotAllowed, .resourceUnavailable, .operationFailed, .cancelled, .unauthenticated, .invalidCredentials, .secondFactorRequired, .forbidden, .rateLimitExceeded, .serviceError: 1
        }
        let failure = Failure(Problem(code, "what"))
        #expect(failure.status == expected)
        #expect(failure.text.hasPrefix("roost: what [\(code.rawValue)]\n"))
        #expect(Failure(OperationFailed(operation: Samples.operation("failed", error: Problem(code, "what")))).status == expected)
    }

    @Test("whoever cannot be reached is named, and what to do")
    func unreachable() {
        let failure = Failure(Unreachable(.unixSocket(path: "/run/x.sock"), .noSocket))
        #expect(failure.status == 6)
        #expect(failure.text.contains("/run/x.sock"))
        #expect(failure.text.contains("is roostd running?"))
        #expect(Failure(NoDoctor(cause: Unreachable(.standard, .nobodyListens))).text.contains("`roost-node doctor`"))
        let lost = Failure(OperationLost(id: "op1", cause: Unreachable(.standard, .cutOff)))
        #expect(lost.status == 6)
        #expect(lost.text.contains("`roost operation wait op1`"))
    }

    @Test("a failed operation says its id, and its message where it has no error")
    func operation() {
        let failure = Failure(OperationFailed(operation: Samples.operation("failed", message: "no mirror", error: nil)))
        #expect(failure == Failure(OperationFailed(operation: Samples.operation("failed", error: Problem(.operationFailed, "no mirror")))))
        #expect(failure.text.contains("roost: no mirror [operation_failed]\noperation: op1\n"))
    }

    @Test("strangers' words in errors cannot steer the terminal") func hidden() { #expect(!Failure(Problem(.conflict, "a\u{1B}]0;b")).text.contains("\u{1B}")) }

    @Test("a reader that left needs no words") func pipe() {
        #expect(Failure(KernelError("write to", "x", code: KernelError.brokenPipe)).text == "")
        #expect(Failure(KernelError("write to", "x", code: KernelError.brokenPipe)).status == 141)
    }

    @Test("a guest's status that a shell would not see as a failure stays one", arguments: [(0, 0), (1, 1), (255, 255), (256, 1), (-1, 1), (65536, 1)] as [(Int32, Int32)])
    func guestStatus(status: Int32, visible: Int32) { #expect(VPSCommand.Exec.visible(status) == visible) }
}
