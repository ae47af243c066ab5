import Netlinking
import Testing

@Suite struct PlanTests {
    @Test func theHostsEndIsSetAndSettledBeforeItGoesUp() throws {
        let steps = plan("abcdefghjk").steps
        let up = try #require(steps.firstIndex(of: .setUp(.host)))
        for (index, step) in steps.enumerated() {
            switch step {
            case .createPair: #expect(index == 0)
            case .set, .addNeighbour(_, .host), .addAddress(_, .host): #expect(index < up)
            case .addRoute(_, .host): #expect(index > up)  // the kernel takes no route for a link that is down
            default: break
            }
        }
    }

    @Test func equalInputsMakeEqualPlansAndAnIdThatIsNoneMakesNone() {
        #expect(plan("abcdefghjk") == plan("abcdefghjk"))
        #expect(plan("abcdefghjk") != plan("abcdefghjm"))
        #expect(GuestLinkPlan(id: "../../etc", prefix: testPrefix, addresses: GuestAddresses()) == nil)
    }

    @Test func aFamilyWithoutAddressesHasNoStepsOfItsOwn() {
        let steps = plan("abcdefghjk", ipv4: []).steps
        #expect(!steps.contains { if case .addRoute(let route, _) = $0 { route.destination == .all4 } else { false } })
        #expect(!plan("abcdefghjk", ipv6: []).steps.contains { if case .addRoute(let route, _) = $0 { route.destination == .all6 } else { false } })
    }
}
