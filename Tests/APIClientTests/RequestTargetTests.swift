@testable import APIClient
import Testing

@Suite("Request targets") struct RequestTargetTests {
    @Test("no name leaves its place in the path", arguments: [
        (row: "plain", name: "web1", expected: "/v1/plans/web1"),
        (row: "slash", name: "a/b", expected: "/v1/plans/a%2Fb"),
        (row: "parent", name: "..", expected: "/v1/plans/%2E%2E"),
        (row: "here", name: ".", expected: "/v1/plans/%2E"),
        (row: "dots within", name: "debian-12.1", expected: "/v1/plans/debian-12.1"),
        (row: "query", name: "a?b=c#d", expected: "/v1/plans/a%3Fb%3Dc%23d"),
        (row: "header injection", name: "a\r\nHost: b", expected: "/v1/plans/a%0D%0AHost%3A%20b"),
        (row: "NUL", name: "a\0b", expected: "/v1/plans/a%00b"),
        (row: "percent", name: "%2F", expected: "/v1/plans/%252F"),
        (row: "right to left", name: "a\u{202E}b", expected: "/v1/plans/a%E2%80%AEb"),
    ])
    func encoded(row: String, name: String, expected: String) { #expect(RequestTarget("plans", name).text == expected, "\(row)") }

    @Test("a command's arguments arrive as they are, the empty one too")
    func command() {
        let target = VPSName(tenant: "acme", name: "web1").target("exec", query: [("command", "sh"), ("command", "-c"), ("command", "a=1&b+ c"), ("command", "")])
        #expect(target.text == "/v1/tenants/acme/vps/web1/exec?command=sh&command=-c&command=a%3D1%26b%2B%20c&command=")
    }

    @Test("a VPS is named by its tenant and itself", arguments: [
        (text: "acme/web1", expected: VPSName(tenant: "acme", name: "web1") as VPSName?),
        (text: "web1", expected: nil), (text: "/web1", expected: nil), (text: "acme/", expected: nil), (text: "a/b/c", expected: nil), (text: "", expected: nil),
    ])
    func names(text: String, expected: VPSName?) { #expect(VPSName(text) == expected) }
}
