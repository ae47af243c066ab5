internal import ControlPlane
internal import NIOCore
internal import NodeModel

/// `StreamFrame` from and to a connection's bytes.
struct FrameDecoder: ByteToMessageDecoder {
    typealias InboundOut = StreamFrame

    mutating func decode(context: ChannelHandlerContext, buffer: inout ByteBuffer) throws -> DecodingState {
        guard let head = buffer.getBytes(at: buffer.readerIndex, length: StreamFrame.headLength) else { return .needMoreData }
        do {
            let length = try StreamFrame.bodyLength(head: head)
            guard buffer.readableBytes >= StreamFrame.headLength + length else { return .needMoreData }
            buffer.moveReaderIndex(forwardBy: StreamFrame.headLength)
            guard let body = buffer.readBytes(length: length) else { return .needMoreData }
            context.fireChannelRead(wrapInboundOut(try StreamFrame(body: body)))
        } catch {
            throw NodeLinkError.violation("\(error)")
        }
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
        do { out.writeBytes(try data.encoded()) } catch { throw NodeLinkError.violation("\(error) is too long to send") }
    }
}
