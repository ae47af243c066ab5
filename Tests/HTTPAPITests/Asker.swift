internal import ControlPlane
internal import Domain
internal import Foundation
internal import HTTPTypes
internal import Hummingbird
internal import Logging
internal import NIOCore
internal import NIOEmbedded

@testable internal import HTTPAPI

/// The network's API without a network: from the request's head on all is as it is served.
struct Asker: Sendable {
    private let respond: @Sendable (Request, APIContext) async throws -> Response

    init(_ plane: ControlPlane, counting counter: RequestCounter = RequestCounter()) {
        let responder = Routing.to(plane, through: BearerToken(plane: plane), counting: counter).buildResponder()
        respond = { try await responder.respond(to: $0, context: $1) }
    }

    struct Answer: Sendable {
        var status: Int
        var headers: HTTPFields
        var body: String
        var code: String? { ((try? JSONSerialization.jsonObject(with: Data(body.utf8))) as? [String: Any])?["code"] as? String }  // no object: the test sees nil
        /// What differs from one request to the next taken out.
        var withoutID: String { body.replacing(/"requestID":"[0-9a-f]{16}"/, with: "") }
    }

    func ask(_ method: String, _ path: String, token: String?, _ body: Data? = nil) async throws -> Answer {
        var head = HTTPRequest(method: .init(method)!, scheme: "https", authority: "roost", path: path)  // methods of the routes
        if let token { head.headerFields[.authorization] = "Bearer \(token)" }
        let request = Request(head: head, body: .init(buffer: ByteBuffer(bytes: body ?? Data())))
        let context = APIContext(source: ApplicationRequestContextSource(channel: EmbeddedChannel(), logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }))
        let response = try await respond(request, context)
        let collector = Collector()
        if response.headers[.contentType] == "text/event-stream" { return Answer(status: response.status.code, headers: response.headers, body: "") }  // it has no end
        try await response.body.write(collector)
        return Answer(status: response.status.code, headers: response.headers, body: String(buffer: collector.buffer))
    }

    private final class Collector: ResponseBodyWriter {
        var buffer = ByteBuffer()
        func write(_ part: ByteBuffer) async throws { buffer.writeImmutableBuffer(part) }
        func finish(_ trailingHeaders: HTTPFields?) async throws {}
    }
}
