internal import ControlPlane
internal import Foundation
internal import NIOCore
internal import NIOPosix
internal import NodeModel
internal import Synchronization

/// A fake node behind a real socket, with a codec of its own: what `NodeClient` is tested against.
package struct FakeNodeServer: Sendable {
    package let node: FakeNode
    private let socket: String

    package init(_ node: FakeNode, socket: String) {
        self.node = node
        self.socket = socket
    }

    /// Until cancelled. `ready` is called when it listens.
    /// Connections end with it.
    package func run(ready: @escaping @Sendable () -> Void = {}) async throws {
        let open = Mutex<[any Channel]>([])
        // Nothing is read, and no NIOAsyncChannel made, before a connection is served: one that is accepted while the listener
        // closes is dropped, and a dropped NIOAsyncChannel is a crash of NIO's.
        let server = try await ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton).serverChannelOption(.backlog, value: 1024).childChannelOption(.autoRead, value: false)
            .bind(unixDomainSocketPath: socket, cleanupExistingSocketFile: true) { channel in
                open.withLock { $0.append(channel) }
                return channel.eventLoop.makeSucceededFuture(channel)
            }
        // Not cancelled with the caller, for the same reason.
        let serving = Task {
            try await server.executeThenClose { connections in
                ready()
                try await withThrowingDiscardingTaskGroup { group in
                    for try await connection in connections {
                        group.addTask { await untilClosed(connection) { await serve(connection) } }
                    }
                }
            }
        }
        await withTaskCancellationHandler { _ = await serving.result } onCancel: {
            server.channel.close(promise: nil)
            for channel in open.withLock({ $0 }) { channel.close(promise: nil) }
        }
    }

    /// A hanging answer, or a watch in which nothing happens, doesn't notice by itself that nobody is there any more.
    private func untilClosed(_ channel: any Channel, _ body: @escaping @Sendable () async -> Void) async {
        await withTaskGroup { group in
            group.addTask { await body() }
            group.addTask { try? await channel.closeFuture.get() }  // however it was closed
            await group.next()
            group.cancelAll()
        }
    }

    private func serve(_ channel: any Channel) async {
        do {
            let connection = try await channel.eventLoop.submit { try NIOAsyncChannel<ByteBuffer, ByteBuffer>(wrappingChannelSynchronously: channel) }.get()
            channel.setOption(.autoRead, value: true).whenFailure { _ in channel.close(promise: nil) }
            try await connection.executeThenClose { inbound, outbound in
                var frames = Frames(bytes: inbound.makeAsyncIterator())
                while let (kind, payload) = try await frames.next() {
                    guard kind == FrameKind.message.rawValue else { return }
                    let request = try JSONDecoder().decode(NodeRequest.self, from: Data(payload))
                    switch request {
                    case .watch:
                        do { try await node.watch { event in try await outbound.write(Self.encode(event == .synchronised ? .done : Self.reply(event))) } } catch { return }
                        return
                    case .exec, .console:
                        try await outbound.write(Self.encode(.streaming))
                        return try await echo(&frames, outbound)
                    default: try await outbound.write(Self.encode(try await reply(request, outbound)))
                    }
                }
            }
        } catch {
            // The client went away, or the test ends.
        }
    }

    private func reply(_ request: NodeRequest, _ outbound: NIOAsyncChannelOutboundWriter<ByteBuffer>) async throws -> NodeReply {
        do throws(NodeLinkError) {
            if case .buildTemplate = request { await progress(outbound) }
            return try await node.request(request, within: .seconds(10)) { _, _ in }
        } catch NodeLinkError.problem(let problem) {
            return .problem(problem)
        }
    }

    private func progress(_ outbound: NIOAsyncChannelOutboundWriter<ByteBuffer>) async {
        do { try await outbound.write(Self.encode(.progress(fraction: 0.5, message: "half"))) } catch {
            // The final reply's write says the same.
        }
    }

    private func echo(_ frames: inout Frames, _ outbound: NIOAsyncChannelOutboundWriter<ByteBuffer>) async throws {
        while let (kind, payload) = try await frames.next() {
            switch FrameKind(rawValue: kind) {
            case .input: try await outbound.write(Self.frame(.output, payload))
            case .endOfInput: return try await outbound.write(Self.frame(.exit, [0, 0, 0, 7]))
            default: try await outbound.write(Self.frame(.errorOutput, [kind] + payload))
            }
        }
    }

    private static func reply(_ event: WatchEvent) -> NodeReply {
        if case .observation(let observation) = event { .observation(observation) } else { .done }
    }

    private static func encode(_ reply: NodeReply) throws -> ByteBuffer { frame(.message, Array(try JSONEncoder().encode(reply))) }

    private static func frame(_ kind: FrameKind, _ payload: [UInt8]) -> ByteBuffer {
        var buffer = ByteBuffer(integer: UInt32(payload.count + 1))
        buffer.writeInteger(kind.rawValue)
        buffer.writeBytes(payload)
        return buffer
    }

    private struct Frames {
        var bytes: NIOAsyncChannelInboundStream<ByteBuffer>.AsyncIterator
        var buffer = ByteBuffer()

        mutating func next() async throws -> (UInt8, [UInt8])? {
            while true {
                if let length = buffer.getInteger(at: buffer.readerIndex, as: UInt32.self), buffer.readableBytes >= 4 + Int(length) {
                    buffer.moveReaderIndex(forwardBy: 4)
                    guard let kind = buffer.readInteger(as: UInt8.self), let payload = buffer.readBytes(length: Int(length) - 1) else { return nil }
                    return (kind, payload)
                }
                guard var more = try await bytes.next() else { return nil }
                buffer.writeBuffer(&more)
            }
        }
    }
}
