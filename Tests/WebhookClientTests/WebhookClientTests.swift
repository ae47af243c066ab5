internal import ControlPlane
internal import Domain
internal import NIOCore
internal import NIOPosix
internal import Synchronization
internal import Testing

@testable internal import WebhookClient

/// To a server on this host, over its own network.
@Suite(.timeLimit(.minutes(5)))
struct WebhookClientTests {
    static let message = WebhookMessage(id: "evt_7", timestamp: 1_614_265_330, signature: "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=", body: Array(#"{"type":"vps.created"}"#.utf8))

    static func reach() throws -> WebhookReach { WebhookReach(privateNetworks: [try Network("127.0.0.0/8"), try Network("::1/128")]) }

    /// `limit`: one that a slow machine does not meet.
    private static func send(_ url: String, reach: WebhookReach? = nil, limit: Duration = .seconds(250), isPlatforms: Bool = true, believing certificate: Certificate? = nil) async throws -> Result<Int, WebhookLinkError> {
        let client = try WebhookClient(reach: try reach ?? Self.reach(), limit: limit, authorities: certificate?.path)
        let url = try WebhookURL(url)
        do throws(WebhookLinkError) { return .success(try await client.send(message, to: url, isPlatforms: isPlatforms)) } catch { return .failure(error) }
    }

    @Test("What is sent is what the specification says")
    func request() async throws {
        try await Receiver.run({ _ in Receiver.answer(204) }) { receiver in
            #expect(try await Self.send("http://localhost:\(receiver.port)/hook?a=b") == .success(204))
            let request = try #require(receiver.requests.first)
            #expect(request.line == "POST /hook?a=b HTTP/1.1" && request.body == #"{"type":"vps.created"}"#)
            for (name, value) in [
                ("host", "localhost:\(receiver.port)"), ("content-type", "application/json"), ("webhook-id", "evt_7"), ("webhook-timestamp", "1614265330"), ("webhook-signature", "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="), ("connection", "close"),
            ] { #expect(request.headers[name] == value, "\(name)") }
        }
    }

    @Test("A status is all that is heard of an answer, and nobody is followed elsewhere", arguments: [
        ("done", Receiver.answer(200), .success(200)), ("a failure", Receiver.answer(500, "", "trouble"), .success(500)), ("moved", Receiver.answer(302, "Location: http://127.0.0.1/\r\n"), .success(302)), ("moved for good", Receiver.answer(308, "Location: /elsewhere\r\n"), .success(308)),
        ("wait", "HTTP/1.1 100 Continue\r\n\r\n" + Receiver.answer(201), .success(201)), ("without an end", "HTTP/1.1 200 OK\r\n\r\n" + String(repeating: "x", count: 5 << 20), .success(200)), ("cut short", "HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nx", .success(200)),
        ("nothing", "", .failure(.cutOff)), ("another protocol", "220 mail.example ESMTP\r\n", .failure(.cutOff)), ("half a head", "HTTP/1.1 200 OK\r\nServer: ", .failure(.cutOff)), ("a head without an end", "HTTP/1.1 200 OK\r\nX: \(String(repeating: "x", count: 200_000))\r\n\r\n", .failure(.cutOff)),
    ] as [(String, String, Result<Int, WebhookLinkError>)])
    func answers(label: String, answer: String, result: Result<Int, WebhookLinkError>) async throws {
        try await Receiver.run({ _ in answer }) { receiver in
            let said = try await Self.send("http://127.0.0.1:\(receiver.port)/")
            #expect(said == result, "\(label)")
            #expect(receiver.requests.count == 1, "\(label)")
        }
    }

    @Test("Who does not answer is not waited for, nor is whom nobody wants to hear any more")
    func silence() async throws {
        try await Receiver.run({ _ in
            try await Task.sleep(for: .seconds(1000))
            return ""
        }) { receiver in
            let address = "http://127.0.0.1:\(receiver.port)/"
            #expect(try await Self.send(address, limit: .milliseconds(200)) == .failure(.timedOut(.milliseconds(200))))
            let sending = Task { try await Self.send(address) }  // to be cancelled
            while receiver.requests.isEmpty { try await Task.sleep(for: .milliseconds(2)) }
            sending.cancel()
            #expect(try await sending.value == .failure(.cutOff))
        }
    }

    @Test("Nothing private is connected to, by whatever name", arguments: ["localhost", "127.0.0.1", "127.1", "2130706433", "0x7f.1", "017700000001", "0", "0.0.0.0", "[::1]", "[::ffff:7f00:1]", "[::7f00:1]", "[64:ff9b::7f00:1]", "[2002:7f00:1::1]"])
    func isPrivate(host: String) async throws {
        try await Receiver.run({ _ in Receiver.answer(200) }) { receiver in
            for (scheme, networks) in [("https", []), ("http", []), ("https", ["10.0.0.0/8"]), ("http", ["10.0.0.0/8"])] {
                let said = try await Self.send("\(scheme)://\(host):\(receiver.port)/", reach: WebhookReach(privateNetworks: try networks.map { try Network($0) }))
                #expect(said == .failure(.nowhere), "\(scheme) \(networks)")
            }
            #expect(receiver.requests.isEmpty)
        }
    }

    @Test("What the settings name is reached by the platform's own alone")
    func tenants() async throws {
        try await Receiver.run({ _ in Receiver.answer(200) }) { receiver in
            for (isPlatforms, result) in [(false, .failure(.nowhere)), (true, .success(200))] as [(Bool, Result<Int, WebhookLinkError>)] {
                let said = try await Self.send("http://127.0.0.1:\(receiver.port)/", isPlatforms: isPlatforms)
                #expect(said == result)
            }
        }
    }

    @Test("This host's own addresses are told from others, and nobody is asked", arguments: [("127.0.0.1", true), ("127.9.9.9", true), ("::1", true), ("192.0.2.1", false), ("2606:2800::1", false)])
    func own(address: String, isOwn: Bool) async throws {
        let loop = MultiThreadedEventLoopGroup.singleton.next()
        #expect(try await Lookup.isOwn(try SocketAddress(ipAddress: address, port: 443), on: loop).get() == isOwn)
    }

    @Test("A host that is not known, and a port where nobody is")
    func nobody() async throws {
        let tooLong = Array(repeating: String(repeating: "a", count: 60), count: 5).joined(separator: ".")  // no name server has to be asked
        #expect(try await Self.send("https://\(tooLong)/") == .failure(.nowhere))
        let port = Mutex(0)
        try await Receiver.run({ _ in "" }) { receiver in port.withLock { $0 = receiver.port } }
        #expect(try await Self.send("http://127.0.0.1:\(port.withLock { $0 })/") == .failure(.notConnected))
    }

    @Test("A certificate is believed in the host's name only, and from whom the machine believes", arguments: [
        ("in its name", "DNS:localhost", "localhost", true, .success(200)), ("in its address", "IP:127.0.0.1", "127.0.0.1", true, .success(200)), ("in another's name", "DNS:example.com", "localhost", true, .failure(.untrusted)),
        ("in another address", "IP:127.0.0.2", "127.0.0.1", true, .failure(.untrusted)), ("from nobody", "DNS:localhost", "localhost", false, .failure(.untrusted)),
    ] as [(String, String, String, Bool, Result<Int, WebhookLinkError>)])
    func certificates(label: String, names: String, host: String, isBelieved: Bool, result: Result<Int, WebhookLinkError>) async throws {
        let certificate = try Certificate(for: names)
        try await Receiver.run(host: host, tls: certificate, { _ in Receiver.answer(200) }) { receiver in
            let said = try await Self.send("https://\(host):\(receiver.port)/", believing: isBelieved ? certificate : nil)
            #expect(said == result, "\(label)")
            #expect(receiver.requests.count == ((try? result.get()) == nil ? 0 : 1), "\(label)")  // a failure: nothing was said
        }
    }

    @Test("Who speaks no TLS is told nothing")
    func plain() async throws {
        try await Receiver.run({ _ in Receiver.answer(200) }) { receiver in
            let result = try await Self.send("https://127.0.0.1:\(receiver.port)/", limit: .seconds(1))
            #expect(result == .failure(.untrusted) || result == .failure(.timedOut(.seconds(1))))
            #expect(receiver.requests.isEmpty)
        }
    }
}
