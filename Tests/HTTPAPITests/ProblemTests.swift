internal import APIModel
internal import ControlPlane
internal import Domain
internal import Store
internal import Testing

@testable internal import HTTPAPI

struct ProblemTests {
    @Test("What others have and use is told only to whom it belongs", arguments: [
        ("a reseller's, to its customer", ControlPlaneError.refused(.resellerQuotaExceeded(reseller: "agent", [all])), "agent-one", false), ("a reseller's, to itself", .refused(.resellerQuotaExceeded(reseller: "agent", [all])), "agent", true),
        ("a reseller's, to an admin", .refused(.resellerQuotaExceeded(reseller: "agent", [all])), nil, true), ("a node's, to a tenant", .refused(.nodeFull([all])), "acme", false), ("a node's, to an admin", .refused(.nodeFull([all])), nil, true),
        ("a tenant's, to itself", .refused(.quotaExceeded([all])), "acme", true),
    ] as [(String, ControlPlaneError, String?, Bool)])
    func disclosure(label: String, error: ControlPlaneError, tenant: String?, isTold: Bool) throws {
        let problem = Problem(error, for: try tenant.map { Scope.tenant(try Name($0)) } ?? .admin)
        #expect((problem.exceeded != nil) == isTold && problem.detail.contains("77") == isTold, "\(label): \(problem)")
        #expect(problem.status == 422)
    }

    private static let all = Domain.Exceeded(.vps, limit: 77, used: 77, requested: 1)
}
