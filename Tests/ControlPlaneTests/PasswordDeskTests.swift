internal import Testing

@testable internal import ControlPlane

@Suite(.timeLimit(.minutes(5)))
struct PasswordDeskTests {
    private static func isTooMany(_ error: any Error) -> Bool { if case .tooManyRequests = error as? ControlPlaneError { true } else { false } }

    @Test("Of one network four wait, of all together thirty-two, on this host as many as come; and who is done makes room")
    func room() async throws {
        let desk = PasswordDesk(cost: 12)  // so dear that all of them are there at once
        func refused(_ networks: [String?]) async -> Int {
            await withTaskGroup(of: Bool.self) { group in
                for network in networks {
                    group.addTask { do { _ = try await desk.hash("correct horse", from: network) } catch { return Self.isTooMany(error) }; return false }
                }
                return await group.reduce(0) { $0 + ($1 ? 1 : 0) }
            }
        }
        #expect(await refused(Array(repeating: "here", count: 20)) > 0)
        #expect(await refused(Array(repeating: "here", count: PasswordDesk.most.fromOneNetwork)) == 0, "there is room again")
        #expect(await refused((0..<60).map { "n\($0)" }) > 0)
        #expect(await refused(Array(repeating: nil, count: 60)) == 0)
    }

    @Test("Whether it matches; nobody's matches nothing; what is recorded in another form is no password")
    func matches() async throws {
        let desk = PasswordDesk(cost: 2)
        let hash = try await desk.hash("correct horse", from: nil)
        #expect(try await desk.matches("correct horse", hash, from: "here"))
        #expect(try await desk.matches("wrong horse", hash, from: "here") == false)
        #expect(try await desk.matches("correct horse", nil, from: "here") == false)
        await #expect { try await desk.matches("correct horse", "correct horse", from: "here") } throws: { if case .failed = $0 as? ControlPlaneError { true } else { false } }
    }
}
