internal import ControlPlane
internal import NIOCore
internal import NodeModel

/// `NodeProtocol.swift`'s frames: a big-endian length, a kind, the payload.
struct FrameDecoder: ByteToMessageDecoder {
    typealias InboundOut = StreamFrame

    mutating func decode(context: ChannelHandlerContext, buffer: inout ByteBuffer) throws -> DecodingState {
        guard let length = buffer.getInteger(at: buffer.readerIndex, as: UInt32.self) else { return .needMoreData }
        guard length >= 1, length <= FrameLimits.longest else { throw NodeLinkError.violation("a frame of \(length) bytes") }
        guard buffer.readableBytes >= 4 + Int(length) else { return .needMoreData }
        buffer.moveReaderIndex(forwardBy: 4)
        guard let byte = buffer.readInteger(as: UInt8.self), let payload = buffer.readBytes(length: Int(length) - 1) else { return .needMoreData }
        guard let kind = FrameKind(rawValue: byte) else { throw NodeLinkError.violation("a frame of kind \(byte)") }
        context.fireChannelRead(wrapInboundOut(StreamFrame(kind, payload)))
        return .continue
    }

    /// What is left at the connection's end is an unfinished frame: there is nothing to be made of it.
    mutating func decodeLast(context: ChannelHandlerContext, buffer: inout ByteBuffer, seenEOF: Bool) throws -> DecodingState {
        while case .continue = try decode(context: context, buffer: &buffer) {}
        return .needMoreData
    }
}

struct FrameEncoder: MessageToByteEncoder {
    typealias OutboundIn = StreamFrame

    func encode(data: StreamFrame, out: inout ByteBuffer) throws {
        guard data.payload.count < FrameLimits.longest else { throw NodeLinkError.violation("a frame of \(data.payload.count) bytes is too long to send") }
        out.writeInteger(UInt32(data.payload.count + 1))
        out.writeInteger(data.kind.rawValue)
        out.writeBytes(data.payload)
    }
}
