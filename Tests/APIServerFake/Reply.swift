internal import APIClient
package import APIModel
internal import FoundationEssentials
internal import NIOCore
internal import NIOHTTP1

/// What the fake answers to one request.
package enum Reply: Sendable {
    case text(status: Int, contentType: String, String)
    /// The connection ends without an answer.
    case nothing
    /// Half an answer, then the end of the connection.
    case cutOff
    /// A WebSocket, if one was asked for.
    case stream(FakeStream.Script, subprotocol: String = StreamMessage.subprotocol)

    package static func json(_ value: some Encodable, status: Int = 200) -> Reply {
        do { return .text(status: status, contentType: "application/json; charset=utf-8", String(decoding: try JSONEncoder().encode(value), as: UTF8.self)) } catch {
            return .text(status: 500, contentType: "text/plain", "\(error)")
        }
    }

    package static func problem(_ problem: Problem) -> Reply {
        guard case .text(_, _, let text) = json(problem) else { return .nothing }
        return .text(status: problem.status, contentType: "application/problem+json", text)
    }

    package static let empty = Reply.text(status: 204, contentType: "", "")

    func write(to outbound: NIOAsyncChannelOutboundWriter<HTTPServerResponsePart>) async throws {
        switch self {
        case .nothing: return
        case .cutOff: try await outbound.write(.head(head(200, type: "application/json", length: 1000)))
        case .stream: try await outbound.write(contentsOf: [.head(head(426, type: "text/plain", length: 0)), .end(nil)])
        case .text(let status, let type, let text):
            try await outbound.write(.head(head(status, type: type, length: text.utf8.count)))
            try await outbound.write(.body(.byteBuffer(ByteBuffer(string: text))))
            try await outbound.write(.end(nil))
        }
    }

    private func head(_ status: Int, type: String, length: Int) -> HTTPResponseHead {
        var headers = HTTPHeaders([("Content-Type", type)])
        if status != 204 { headers.add(name: "Content-Length", value: "\(length)") }
        return HTTPResponseHead(version: .http1_1, status: HTTPResponseStatus(statusCode: status), headers: headers)
    }
}
