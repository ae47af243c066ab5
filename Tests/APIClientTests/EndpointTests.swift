import APIClient
import Testing

@Suite("Where roostd is") struct EndpointTests {
    @Test("an address is a path, or a port of this machine", arguments: [
        (text: "/run/roost/api/roostd.sock", expected: Endpoint.unixSocket(path: "/run/roost/api/roostd.sock")),
        (text: "roostd.sock", expected: .unixSocket(path: "roostd.sock")),
        (text: "unix:/tmp/a b", expected: .unixSocket(path: "/tmp/a b")),
        (text: "http://127.0.0.1:8080", expected: .port(host: "127.0.0.1", port: 8080)),
        (text: "http://127.0.0.1:8080/", expected: .port(host: "127.0.0.1", port: 8080)),
    ])
    func parsed(text: String, expected: Endpoint) throws { #expect(try Endpoint(text) == expected) }

    @Test("what is no address is refused", arguments: [
        (text: "", error: Endpoint.Malformed.empty),
        (text: "unix:", error: .empty),
        (text: "https://127.0.0.1:1", error: .scheme("https://127.0.0.1:1")),
        (text: "http://127.0.0.1", error: .port("http://127.0.0.1")),
        (text: "http://127.0.0.1:0", error: .port("http://127.0.0.1:0")),
        (text: "http://127.0.0.1:65536", error: .port("http://127.0.0.1:65536")),
        (text: "http://:80", error: .port("http://:80")),
        (text: "http://a/b:80", error: .port("http://a/b:80")),
    ])
    func refused(text: String, error: Endpoint.Malformed) { #expect(throws: error) { try Endpoint(text) } }
}
