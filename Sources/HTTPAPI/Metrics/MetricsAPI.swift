internal import APIModel
package import ControlPlane
internal import Domain
internal import HTTPTypes
package import Hummingbird
internal import HummingbirdCore
package import Logging
internal import NIOCore
internal import NodeModel
internal import Store

/// GET /metrics, in plain HTTP, on an address of its own: whoever reaches that may read it.
package enum MetricsAPI {
    package static func application(_ plane: ControlPlane, _ counter: RequestCounter, host: String, port: Int, logger: Logger, ready: @escaping @Sendable (Int) async -> Void = { _ in }) -> some ApplicationProtocol {
        let router = Router()
        let figures = RecentFigures(plane)
        router.get("metrics") { _, _ in
            let text = exposition(try await figures.get(), counter, OwnProcess.now())
            return Response(status: .ok, headers: [.contentType: Exposition.contentType], body: .init(byteBuffer: ByteBuffer(string: text)))
        }
        return Application(
            router: router, configuration: ApplicationConfiguration(address: .hostname(host, port: port)), onServerRunning: { channel in await ready(channel.localAddress?.port ?? port) }, logger: logger)
    }

    static func exposition(_ figures: Figures, _ counter: RequestCounter, _ process: OwnProcess) -> String {
        var text = Exposition()
        text.add("roost_vps", .gauge, "VPSes by state.", VPSView.State.allCases.map { ([("state", $0.rawValue)], Double(figures.vpses[$0] ?? 0)) })
        text.add("roost_vps_suspended", .gauge, "VPSes that may not run.", Double(figures.suspended))
        text.add("roost_tenants", .gauge, "Tenants.", Double(figures.tenants))
        text.add("roost_operations_pending", .gauge, "Operations that are under way.", Double(figures.pendingOperations))
        text.add("roost_events_total", .counter, "Events in the audit log.", Double(figures.events))
        let nodes = figures.nodes.map(Node.init)
        text.add("roost_node_up", .gauge, "Whether the node answers.", zip(nodes, figures.nodes).map { ([("node", $0.name)], $1.online ? 1 : 0) })
        for (name, help, resources) in [
            ("roost_node_capacity", "What the node has.", \Node.capacity), ("roost_node_sellable", "Of it what may be sold, with the overcommit ratios.", \.sellable), ("roost_node_sold", "What of it is sold.", \.sold),
        ] {
            text.add(name, .gauge, "\(help) CPU in millicores, the rest in bytes.", nodes.flatMap { node in
                let value = node[keyPath: resources]
                return [("cpu", value.cpuMillicores), ("memory", value.memoryBytes), ("disk", value.diskBytes)].map { ([("node", node.name), ("resource", $0.0)], Double($0.1)) }
            })
        }
        let requests = counter.all.map { kind, total in (labels: [("method", kind.method), ("route", kind.route ?? "none"), ("status", "\(kind.status)")], total) }
        text.add("roost_http_requests_total", .counter, "Requests that were answered, of the admins' socket and the network.", requests.map { ($0.labels, Double($0.1.count)) })
        text.add("roost_http_request_seconds_total", .counter, "How long they took together.", requests.map { ($0.labels, $0.1.time / .seconds(1)) })
        text.add("process_resident_memory_bytes", .gauge, "Of roostd.", Double(process.residentBytes))
        text.add("process_open_fds", .gauge, "Of roostd.", Double(process.descriptors))
        return text.text
    }
}
