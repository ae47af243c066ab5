internal import APIClient
internal import APIModel

/// Waits until none of some VPSes is on its way to be started or stopped, where no operation says so.
enum Settling {
    private static let pause = Duration.milliseconds(200)

    static func wait(for vps: VPSName, _ client: RoostClient) async throws -> VPS { try await wait { [try await client.vps(vps)] }[0] }

    @discardableResult
    static func wait(_ vpses: () async throws -> [VPS]) async throws -> [VPS] {
        var said = 0
        while true {
            let list = try await vpses()
            let moving = list.filter { $0.state == "starting" || $0.state == "stopping" }.count
            guard moving > 0 else { return list }
            if moving != said { try Screen.write("\(moving) of \(list.count) VPSes on their way\n") }
            said = moving
            try await Task.sleep(for: pause)
        }
    }
}
