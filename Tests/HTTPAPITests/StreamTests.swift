internal import FakeNode
internal import Foundation
internal import NIOCore
internal import NodeModel
internal import Synchronization
internal import Testing

@Suite(.timeLimit(.minutes(5)))
struct StreamTests {
    private static let upgrade = ["Connection": "Upgrade", "Upgrade": "websocket", "Sec-WebSocket-Version": "13", "Sec-WebSocket-Key": "AAAAAAAAAAAAAAAAAAAAAA=="]

    @Test("An exec carries its command, bytes both ways, the terminal's size, and the exit status")
    func exec() async throws {
        try await Served.running { served in
            try await WebSocketClient.open(served.http, "/v1/tenants/acme/vps/web1/exec?command=/bin/sh&command=-c&command=echo%20%24A%26b&tty=1&rows=50&columns=132") { socket in
                let big = (0..<40_000).map { UInt8(truncatingIfNeeded: $0) }
                try await socket.send(FrameKind.input.rawValue, Array("hello".utf8))
                #expect(try await socket.next()?.bytes == [FrameKind.output.rawValue] + Array("hello".utf8))
                try await socket.send(FrameKind.resize.rawValue, [0, 24, 0, 80])
                #expect(try await socket.next()?.bytes == [FrameKind.errorOutput.rawValue, FrameKind.resize.rawValue, 0, 24, 0, 80])
                try await socket.send(FrameKind.input.rawValue, big)
                var echoed: [UInt8] = []
                while echoed.count < big.count { echoed += try await socket.next()?.bytes.dropFirst() ?? [] }
                #expect(echoed == big)
                try await socket.send(9, [1, 2], opcode: 9)
                #expect(try await socket.next()?.opcode == 10)
                try await socket.send(FrameKind.endOfInput.rawValue)
                #expect(try await socket.next()?.bytes == [FrameKind.exit.rawValue, 0, 0, 0, 7])
                #expect(try await socket.next()?.opcode == 8)
                #expect(try await socket.next() == nil)
            }
        }
    }

    @Test("A program that ends before it takes its input has its exit status told all the same")
    func endedFirst() async throws {
        try await Served.running(bySocket: false) { served in
            served.node.state.withLock { $0.programEndsFirst = true }
            try await WebSocketClient.open(served.http, "/v1/tenants/acme/vps/web1/exec?command=true") { socket in
                try await socket.send(FrameKind.endOfInput.rawValue)
                #expect(try await socket.next()?.bytes == [FrameKind.exit.rawValue, 0, 0, 0, 7])
                #expect(try await socket.next()?.opcode == 8)
            }
        }
    }

    @Test("What a client may not send ends the stream with a reason", arguments: [(UInt8(16), UInt8(2)), (1, 2), (99, 2), (0, 1)])
    func forbidden(kind: UInt8, opcode: UInt8) async throws {
        try await Served.running { served in
            try await WebSocketClient.open(served.http, "/v1/tenants/acme/vps/web1/console") { socket in
                try await socket.send(kind, [], opcode: opcode)
                #expect(try await socket.next()?.bytes.first == FrameKind.failure.rawValue)
                #expect(try await socket.next()?.opcode == 8)
            }
        }
    }

    @Test("A stream that may not be opened is a problem, not a WebSocket", arguments: [
        ("no subprotocol", "web1/exec?command=id", [:], 400), ("another subprotocol", "web1/exec?command=id", ["Sec-WebSocket-Protocol": "chat"], 400),
        ("a browser's", "web1/exec?command=id", ["Sec-WebSocket-Protocol": "roost.stream.v1", "Origin": "http://evil"], 400), ("no VPS", "web2/console", ["Sec-WebSocket-Protocol": "roost.stream.v1"], 404),
        ("a bad name", "a%2Fb/console", ["Sec-WebSocket-Protocol": "roost.stream.v1"], 400), ("no command", "web1/exec", ["Sec-WebSocket-Protocol": "roost.stream.v1"], 400),
        ("NUL in a command", "web1/exec?command=a%00b", ["Sec-WebSocket-Protocol": "roost.stream.v1"], 400), ("a bad size", "web1/exec?command=a&tty=1&rows=70000", ["Sec-WebSocket-Protocol": "roost.stream.v1"], 400),
        ("an unknown parameter", "web1/exec?command=a&env=b", ["Sec-WebSocket-Protocol": "roost.stream.v1"], 400), ("another protocol", "web1/exec?command=id", ["Upgrade": "h2c"], 400), ("another tenant", "../../other/vps/web1/console", ["Sec-WebSocket-Protocol": "roost.stream.v1"], 404),
    ])
    func refused(label: String, target: String, headers: [String: String], status: Int) async throws {
        try await Served.running { served in
            let text = "GET /v1/tenants/acme/vps/\(target) HTTP/1.1\r\nHost: roost\r\n" + Self.upgrade.merging(headers) { $1 }.map { "\($0): \($1)\r\n" }.joined() + "\r\n"
            let answer = try await served.http.connected { inbound, outbound in
                try await outbound.write(ByteBuffer(string: text))
                for try await part in inbound { return try HTTPClient.parse(part) }
                throw HTTPClient.NoAnswer()
            }
            #expect(answer.status == status, "\(label): \(String(decoding: answer.body, as: UTF8.self))")
            #expect(served.node.state.withLock { $0.requests.contains { if case .exec = $0 { true } else { false } } } == false)
        }
    }

    @Test("A stopped VPS takes no exec")
    func stopped() async throws {
        try await Served.running { served in
            _ = try await served.http.send("POST", "/v1/tenants/acme/vps/web1/stop", #"{"force":true}"#, headers: ["Prefer": "wait=10"])
            #expect(try await served.http.send("GET", "/v1/tenants/acme/vps/web1/exec?command=id").code == "conflict")
        }
    }
}
