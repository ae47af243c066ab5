internal import APIModel
internal import Foundation
internal import NIOCore
internal import NIOPosix
internal import Testing

@testable internal import HTTPAPI

/// HTTP/1.1 by hand over a unix socket, so that a test can say what no client would.
struct HTTPClient: Sendable {
    let socket: String

    struct Answer: Sendable {
        var status: Int
        /// By lower-case name.
        var headers: [String: String]
        var body: Data

        var json: [String: Any] { (try? JSONSerialization.jsonObject(with: body) as? [String: Any]) ?? [:] }  // no object: the test sees an empty one
        var code: String? { json["code"] as? String }
        subscript(_ key: String) -> String? { json[key] as? String }
    }

    func send(_ method: String, _ target: String, _ body: String? = nil, headers: [String: String] = [:]) async throws -> Answer {
        var text = "\(method) \(target) HTTP/1.1\r\nHost: roost\r\nConnection: close\r\n"
        for (name, value) in headers { text += "\(name): \(value)\r\n" }
        if let body { text += "Content-Type: application/json\r\nContent-Length: \(body.utf8.count)\r\n" }
        let answer = try await raw(text + "\r\n" + (body ?? ""))
        Self.checkDescription(of: answer, to: method, target)
        return answer
    }

    /// Every answer that any test gets is one that the API's description has.
    private static func checkDescription(of answer: Answer, to method: String, _ target: String) {
        let path = String(target.prefix { $0 != "?" })
        guard let route = Route.all.first(where: { $0.method == method && $0.matches(path) }) else {
            #expect([404, 405].contains(answer.status), "\(method) \(target)")
            return
        }
        if answer.status < 400 {
            switch route.answers[answer.status] {
            case .some(.some(let schema)): check(answer, .named(schema), route)
            case .some(.none): #expect(answer.body.isEmpty)
            case .none: Issue.record("\(route.id) answers \(answer.status)")
            }
        } else {
            #expect(answer.code.map { code in route.codes.contains { $0.rawValue == code && $0.status == answer.status } } == true, "\(route.id) answers \(answer.status) \(answer.code ?? "")")
            check(answer, .named(.problem), route)
        }
    }

    private static func check(_ answer: Answer, _ schema: Schema, _ route: Route) {
        do {
            let problem = schema.problem(in: try JSONDecoder().decode(JSON.self, from: answer.body))
            #expect(problem == nil, "\(route.id): \(String(decoding: answer.body, as: UTF8.self))")
        } catch { Issue.record("\(route.id): \(error)") }
    }

    func raw(_ request: String) async throws -> Answer {
        try await connected { inbound, outbound in
            try await outbound.write(ByteBuffer(string: request))
            var all = ByteBuffer()
            for try await var part in inbound { all.writeBuffer(&part) }
            return try Self.parse(all)
        }
    }

    typealias Inbound = NIOAsyncChannelInboundStream<ByteBuffer>
    typealias Outbound = NIOAsyncChannelOutboundWriter<ByteBuffer>

    func connected<Result>(_ body: (Inbound, Outbound) async throws -> Result) async throws -> Result {
        let channel = try await ClientBootstrap(group: MultiThreadedEventLoopGroup.singleton).connect(unixDomainSocketPath: socket) { channel in
            channel.eventLoop.makeCompletedFuture { try NIOAsyncChannel<ByteBuffer, ByteBuffer>(wrappingChannelSynchronously: channel) }
        }
        return try await channel.executeThenClose { inbound, outbound in try await body(inbound, outbound) }
    }

    struct NoAnswer: Error {}

    static func parse(_ bytes: ByteBuffer) throws -> Answer {
        let data = Data(bytes.readableBytesView)
        guard let end = data.range(of: Data("\r\n\r\n".utf8)) else { throw NoAnswer() }
        let lines = String(decoding: data[..<end.lowerBound], as: UTF8.self).components(separatedBy: "\r\n")
        let headers = lines.dropFirst().reduce(into: [String: String]()) { headers, line in
            let parts = line.split(separator: ":", maxSplits: 1)
            if parts.count == 2 { headers[parts[0].lowercased()] = parts[1].trimmingCharacters(in: .whitespaces) }
        }
        guard let status = Int(lines[0].split(separator: " ")[1]) else { throw NoAnswer() }
        return Answer(status: status, headers: headers, body: data[end.upperBound...])
    }
}
