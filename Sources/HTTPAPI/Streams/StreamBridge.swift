internal import APIModel
internal import ControlPlane
internal import Logging
internal import NIOCore
internal import NIOWebSocket
internal import NodeModel

/// Carries a stream between a client's WebSocket and a node, in both directions, each waiting for the other side.
struct StreamBridge: Sendable {
    let plane: ControlPlane
    let logger: Logger

    func run(_ channel: NIOAsyncChannel<WebSocketFrame, WebSocketFrame>, _ scope: Scope, _ request: NodeRequest) async {
        do {
            try await channel.executeThenClose { inbound, outbound in
                do {
                    try await plane.stream(scope, request) { node in try await carry(inbound, outbound, node) }
                } catch {
                    try await outbound.write(Self.message(StreamFrame(.failure, Array(Self.words(error).utf8))))
                }
                try await outbound.write(Self.close)
            }
        } catch {
            logger.debug("a stream ended", metadata: ["error": "\(error)"])
        }
    }

    private typealias Inbound = NIOAsyncChannelInboundStream<WebSocketFrame>
    private typealias Outbound = NIOAsyncChannelOutboundWriter<WebSocketFrame>

    /// Until the node says its end or the client goes.
    private func carry(_ inbound: Inbound, _ outbound: Outbound, _ node: any NodeStream) async throws {
        try await withThrowingTaskGroup { group in
            group.addTask {
                while let frame = try await node.next() {
                    try await outbound.write(Self.message(frame))
                    if frame.kind == .exit || frame.kind == .failure { return }
                }
                throw NodeLinkError.interrupted("the node closed the stream")
            }
            group.addTask {
                for try await frame in inbound { guard try await Self.forward(frame, to: node, outbound) else { return } }
            }
            defer { group.cancelAll() }
            try await group.next()
        }
    }

    /// False: the client is done.
    private static func forward(_ frame: WebSocketFrame, to node: any NodeStream, _ outbound: Outbound) async throws -> Bool {
        switch frame.opcode {
        case .connectionClose: return false
        case .ping: try await outbound.write(WebSocketFrame(fin: true, opcode: .pong, data: frame.unmaskedData))
        case .binary:
            var data = frame.unmaskedData
            guard let byte = data.readInteger(as: UInt8.self), let kind = FrameKind(rawValue: byte), [.input, .resize, .endOfInput].contains(kind) else {
                throw ControlPlaneError.invalid("a message must begin with the kind of a frame that a client sends")
            }
            repeat {  // at least once: an end of input has no payload
                // A node that takes no more has ended: what it said last is still to be read, and says how.
                try? await node.send(StreamFrame(kind, data.readBytes(length: min(data.readableBytes, FrameLimits.streamChunk)) ?? []))
            } while data.readableBytes > 0
        case .text: throw ControlPlaneError.invalid("messages are binary")
        default: break
        }
        return true
    }

    private static func message(_ frame: StreamFrame) -> WebSocketFrame {
        var data = ByteBuffer()
        data.reserveCapacity(frame.payload.count + 1)
        data.writeInteger(frame.kind.rawValue)
        data.writeBytes(frame.payload)
        return WebSocketFrame(fin: true, opcode: .binary, data: data)
    }

    private static let close = {
        var data = ByteBuffer()
        data.write(webSocketErrorCode: .normalClosure)
        return WebSocketFrame(fin: true, opcode: .connectionClose, data: data)
    }()

    private static func words(_ error: any Error) -> String {
        switch error {
        case let error as NodeLinkError: error.description
        case ControlPlaneError.invalid(let why), ControlPlaneError.unauthenticated(let why): why
        case ControlPlaneError.refused(let refusal): Problem(refusal).detail
        default: "the stream broke"
        }
    }
}
