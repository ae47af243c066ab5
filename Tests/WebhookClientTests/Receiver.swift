internal import Foundation
internal import NIOCore
internal import NIOPosix
internal import NIOSSL
internal import Synchronization

/// A server on a port of this host that hears HTTP requests and answers them with any bytes.
final class Receiver: Sendable {
    struct Request: Sendable {
        var line: String
        /// By lower-case name.
        var headers: [String: String]
        var body: String
    }
    typealias Answer = @Sendable (Request) async throws -> String

    let port: Int
    private let heard = Mutex<[Request]>([])
    /// In their order.
    var requests: [Request] { heard.withLock { $0 } }

    private init(port: Int) { self.port = port }

    /// `tls`: certificate and key. `answer`: what is sent before the connection is closed.
    static func run(host: String = "127.0.0.1", tls: Certificate? = nil, _ answer: @escaping Answer, _ body: (Receiver) async throws -> Void) async throws {
        let context = try tls.map { try NIOSSLContext(configuration: .makeServerConfiguration(certificateChain: [.certificate($0.certificate)], privateKey: .privateKey($0.key))) }
        let server = try await ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton).serverChannelOption(.socketOption(.so_reuseaddr), value: 1).bind(host: host, port: 0) { channel in
            channel.eventLoop.makeCompletedFuture {
                if let context { try channel.pipeline.syncOperations.addHandler(NIOSSLServerHandler(context: context)) }
                return try NIOAsyncChannel<ByteBuffer, ByteBuffer>(wrappingChannelSynchronously: channel)
            }
        }
        let receiver = Receiver(port: server.channel.localAddress?.port ?? 0)
        try await server.executeThenClose { connections in
            try await withThrowingTaskGroup { group in
                group.addTask {
                    try await withThrowingDiscardingTaskGroup { group in
                        for try await connection in connections { group.addTask { try? await receiver.serve(connection, answer) } }  // what a client breaks is its own matter
                    }
                }
                defer { group.cancelAll() }
                try await body(receiver)
            }
        }
    }

    private func serve(_ connection: NIOAsyncChannel<ByteBuffer, ByteBuffer>, _ answer: Answer) async throws {
        try await connection.executeThenClose { inbound, outbound in
            var bytes = ByteBuffer()
            for try await var part in inbound {
                bytes.writeBuffer(&part)
                guard let request = Self.request(String(buffer: bytes)) else { continue }
                heard.withLock { $0.append(request) }
                try await outbound.write(ByteBuffer(string: try await answer(request)))
                return
            }
        }
    }

    /// Nil: it is not whole yet.
    private static func request(_ text: String) -> Request? {
        let parts = text.split(separator: "\r\n\r\n", maxSplits: 1, omittingEmptySubsequences: false)
        guard parts.count == 2 else { return nil }
        var lines = parts[0].split(separator: "\r\n").map(String.init)
        let line = lines.removeFirst()
        let headers = Dictionary(lines.map { line in (line.prefix { $0 != ":" }.lowercased(), line.drop { $0 != ":" }.dropFirst().trimmingCharacters(in: .whitespaces)) }) { first, _ in first }
        guard parts[1].utf8.count == headers["content-length"].flatMap({ Int($0) }) ?? 0 else { return nil }
        return Request(line: line, headers: headers, body: String(parts[1]))
    }

    static func answer(_ status: Int, _ headers: String = "", _ body: String = "") -> String { "HTTP/1.1 \(status) So\r\nContent-Length: \(body.utf8.count)\r\n\(headers)\r\n\(body)" }
}

/// Made for one test, in a folder of its own.
final class Certificate: Sendable {
    private let folder = NSTemporaryDirectory() + "roost-webhook-\(UUID().uuidString)"
    /// PEM.
    var path: String { "\(folder)/tls.crt" }
    let certificate: NIOSSLCertificate
    let key: NIOSSLPrivateKey

    /// `names`: as openssl-req(1) has them, "DNS:localhost".
    init(for names: String) throws {
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        let process = Process()
        process.executableURL = URL(filePath: "/usr/bin/env")
        process.arguments = [
            "openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "2", "-subj", "/CN=receiver", "-addext", "subjectAltName=\(names)", "-keyout", "\(folder)/tls.key", "-out", "\(folder)/tls.crt",
        ]
        process.standardError = FileHandle.nullDevice
        try process.run()
        process.waitUntilExit()
        certificate = try NIOSSLCertificate.fromPEMFile("\(folder)/tls.crt")[0]
        key = try NIOSSLPrivateKey(file: "\(folder)/tls.key", format: .pem)
    }

    deinit { try? FileManager.default.removeItem(atPath: folder) }  // best effort: a temporary folder
}
