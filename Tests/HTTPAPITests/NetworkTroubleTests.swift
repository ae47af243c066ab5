internal import Foundation
internal import Testing

@testable internal import HTTPAPI

/// What strangers do to a listener, with real connections.
@Suite(.timeLimit(.minutes(5)))
struct NetworkTroubleTests {
    @Test("Silent connections of one address are only so many, and end in the end")
    func silence() async throws {
        try await Network.serving { network, text in
            let script = """
                from socket import create_connection
                from time import monotonic, sleep
                silent = [create_connection(("127.0.0.1", \(network.port))) for _ in range(300)]
                def count():
                    global silent
                    left = []
                    for one in silent:
                        one.settimeout(0.001)
                        try:
                            if one.recv(1) != b"": left.append(one)
                        except TimeoutError: left.append(one)
                        except OSError: pass
                    silent = left
                    return len(left)
                begin = monotonic()
                while count() > 256 and monotonic() - begin < 8: sleep(0.1)
                print(len(silent))
                while count() > 0 and monotonic() - begin < 60: sleep(0.1)
                print(len(silent))
                """
            let left = try await Network.run(["python3", "-c", script]).split(separator: "\n")
            #expect(left == ["256", "0"])
            #expect(try await network.ask("/v1/tenants/acme/vps", "-H", "Authorization: Bearer \(text)").status == 200)
        }
    }

    @Test("Whoever asks for an upgrade to something else, and then says whatever he likes without end, is cut off")
    func endless() async throws {
        try await Network.serving { network, _ in
            let script = """
                from socket import create_connection
                from time import monotonic
                from ssl import create_default_context, CERT_NONE
                context = create_default_context(); context.check_hostname = False; context.verify_mode = CERT_NONE
                plain = create_connection(("127.0.0.1", \(network.port)))
                plain.settimeout(30)
                secure = context.wrap_socket(plain)
                secure.sendall(b"GET /v1 HTTP/1.1\\r\\nHost: a\\r\\nConnection: upgrade\\r\\nUpgrade: nonsense\\r\\n\\r\\n")
                begin, end = monotonic(), "never"
                try:
                    while monotonic() - begin < 30: secure.sendall(b"x" * 65536)
                except OSError: end = "cut off"
                print(end)
                """
            let end = try await Network.run(["python3", "-c", script])
            #expect(end == "cut off\n")
        }
    }
}
