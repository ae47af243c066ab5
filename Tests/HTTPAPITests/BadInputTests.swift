internal import Foundation
internal import Testing

@Suite(.timeLimit(.minutes(5)))
struct BadInputTests {
    static let badNames: [(String, String)] = [
        ("empty", ""), ("slash", "a/b"), ("dots", ".."), ("newline", "a\\nb"), ("NUL", "a\\u0000b"), ("300 characters", String(repeating: "a", count: 300)), ("right-to-left mark", "a\\u200fb"),
        ("right-to-left override", "\\u202eabc"), ("upper case", "Web"), ("leading hyphen", "-rf"), ("command substitution", "$(id)"), ("quote", "a\\\"b"), ("space", "a b"), ("semicolon", "a;b"),
    ]

    @Test("Bad names are refused in bodies, whatever they name", arguments: badNames)
    func names(label: String, name: String) async throws {
        try await Served.run { served in
            try await served.prepare()
            for (target, body) in [
                ("/v1/tenants", Served.tenant.replacingOccurrences(of: "acme", with: name)), ("/v1/plans", Served.plan.replacingOccurrences(of: "small", with: name)),
                ("/v1/templates", #"{"name":"\#(name)"}"#), ("/v1/tenants/acme/vps", Served.vps.replacingOccurrences(of: "web1", with: name)),
                ("/v1/tenants/acme/vps", Served.vps.replacingOccurrences(of: "small", with: name)), ("/v1/tenants/acme/vps", Served.vps.replacingOccurrences(of: "busybox", with: name)),
            ] {
                let answer = try await served.http.send("POST", target, body)
                #expect(answer.status == 400 && answer.code == "invalid_input", "\(label) at \(target): \(String(decoding: answer.body, as: UTF8.self))")
            }
        }
    }

    @Test("Bad names are refused in paths; none reaches another's resource", arguments: ["%2e%2e", "a%2Fb", "a%00b", "a%0Ab", "%E2%80%8F", "A", "%zz", "%ff", String(repeating: "a", count: 300), "acme%2Fvps%2Fweb1"])
    func paths(part: String) async throws {
        try await Served.running { served in
            for target in ["/v1/tenants/\(part)", "/v1/plans/\(part)", "/v1/templates/\(part)", "/v1/tenants/\(part)/vps", "/v1/tenants/acme/vps/\(part)", "/v1/tenants/acme/vps/\(part)/exec?command=id"] {
                let answer = try await served.http.send("GET", target)
                #expect(answer.status == 400 && answer.code == "invalid_input", "\(target): \(answer.status)")
            }
        }
    }

    @Test("Bad bodies are refused, and it is said where", arguments: [
        ("no body", "", "json_error", "the body is empty"), ("no JSON", "{", "json_error", "not JSON"), ("a list", "[]", "json_error", "the body must be an object"),
        ("unknown field", #"{"name":"a","quota":{"vps":1,"cpuMillicores":1,"memoryBytes":1,"diskBytes":1,"addresses":1},"admin":true}"#, "json_error", "unknown field \"admin\""),
        ("unknown inner field", #"{"name":"a","quota":{"vps":1,"cpuMillicores":1,"memoryBytes":1,"diskBytes":1,"addresses":1,"gpu":1}}"#, "json_error", "unknown field \"quota.gpu\""),
        ("missing field", #"{"name":"a","quota":{"vps":1,"cpuMillicores":1,"memoryBytes":1,"diskBytes":1}}"#, "json_error", "quota.addresses is missing"),
        ("a string for a number", #"{"name":"a","quota":{"vps":"1","cpuMillicores":1,"memoryBytes":1,"diskBytes":1,"addresses":1}}"#, "json_error", "quota.vps"),
        ("a fraction", #"{"name":"a","quota":{"vps":1.5,"cpuMillicores":1,"memoryBytes":1,"diskBytes":1,"addresses":1}}"#, "json_error", "whole number"),
        ("more than 64 bits", #"{"name":"a","quota":{"vps":1,"cpuMillicores":1,"memoryBytes":9223372036854775808,"diskBytes":1,"addresses":1}}"#, "json_error", "whole number"),
        ("an absurd exponent", #"{"name":"a","quota":{"vps":1,"cpuMillicores":1,"memoryBytes":1e400,"diskBytes":1,"addresses":1}}"#, "json_error", ""),
        ("negative", #"{"name":"a","quota":{"vps":-1,"cpuMillicores":1,"memoryBytes":1,"diskBytes":-9223372036854775808,"addresses":1}}"#, "invalid_input", "vps is -1"),
        ("100,000 brackets", String(repeating: "[", count: 50_000), "json_error", ""),
        ("invalid UTF-8 escape", #"{"name":"\ud800"}"#, "json_error", ""),
    ])
    func bodies(label: String, body: String, code: String, detail: String) async throws {
        try await Served.run { served in
            let answer = try await served.http.send("POST", "/v1/tenants", body)
            #expect(answer.status == 400 && answer.code == code, "\(label): \(String(decoding: answer.body, as: UTF8.self))")
            #expect(detail.isEmpty || answer["detail"]?.contains(detail) == true, "\(label): \(answer["detail"] ?? "")")
        }
    }

    @Test("A body beyond 64 KiB is refused")
    func large() async throws {
        try await Served.run { served in
            let answer = try await served.http.send("POST", "/v1/tenants", #"{"name":"\#(String(repeating: "a", count: 65_536))"}"#)
            #expect(answer.status == 400 && answer["detail"] == "the body is larger than 64 KiB")
        }
    }

    @Test("Absurd plans are refused", arguments: ["cpuMillicores", "memoryBytes", "diskBytes", "swapBytes", "processes"])
    func plans(field: String) async throws {
        try await Served.run { served in
            for value in [-1, Int64.max, Int64.min] {
                var plan: [String: Any] = ["name": "p", "cpuMillicores": 500, "memoryBytes": 268_435_456, "diskBytes": 2_147_483_648]
                plan[field] = value
                let answer = try await served.http.send("POST", "/v1/plans", String(decoding: try JSONSerialization.data(withJSONObject: plan), as: UTF8.self))
                #expect(answer.code == "invalid_input" && answer["detail"]?.contains(field) == true, "\(field) \(value)")
            }
        }
    }

    @Test("Unknown tenants, plans, templates and VPSes are not found")
    func unknown() async throws {
        try await Served.run { served in
            try await served.prepare()
            for (method, target, body) in [
                ("GET", "/v1/tenants/nobody", nil), ("PATCH", "/v1/tenants/nobody", "{}"), ("DELETE", "/v1/tenants/nobody", nil), ("GET", "/v1/plans/none", nil), ("DELETE", "/v1/plans/none", nil),
                ("GET", "/v1/templates/none", nil), ("DELETE", "/v1/templates/none", nil), ("GET", "/v1/tenants/nobody/vps", nil), ("POST", "/v1/tenants/nobody/vps", Served.vps),
                ("POST", "/v1/tenants/acme/vps", #"{"name":"a","plan":"none","template":"busybox"}"#), ("POST", "/v1/tenants/acme/vps", #"{"name":"a","plan":"small","template":"none"}"#),
                ("GET", "/v1/tenants/acme/vps/none", nil), ("DELETE", "/v1/tenants/acme/vps/none", nil), ("POST", "/v1/tenants/acme/vps/none/stop", nil), ("GET", "/v1/vps/aaaaaaaaaa", nil),
                ("GET", "/v1/operations/none", nil), ("GET", "/v1/tenants/acme/vps/none/exec?command=id", nil), ("GET", "/v1/tenants/acme/vps/none/console", nil), ("GET", "/", nil), ("GET", "/v2", nil),
            ] as [(String, String, String?)] {
                let answer = try await served.http.send(method, target, body)
                #expect(answer.status == 404 && answer.code == "not_found", "\(method) \(target): \(answer.status)")
            }
        }
    }

    @Test("Bad SSH keys are refused", arguments: ["command=\\\"id\\\" ssh-ed25519 AAAA", "ssh-ed25519 AAAA\\nssh-ed25519 AAAA", "ssh-ed25519 ????", ""])
    func keys(key: String) async throws {
        try await Served.run { served in
            try await served.prepare()
            let answer = try await served.http.send("POST", "/v1/tenants/acme/vps", #"{"name":"a","plan":"small","template":"busybox","sshKeys":["\#(key)"]}"#)
            #expect(answer.code == "invalid_input")
        }
    }

    @Test("Every answer carries its request's id; a problem is a problem document that repeats it")
    func requestIDs() async throws {
        try await Served.run { served in
            let version = try await served.http.send("GET", "/v1")
            #expect(version.headers["x-request-id"]?.count == 16)
            let answer = try await served.http.send("GET", "/v1/nothing")
            #expect(answer.headers["content-type"] == "application/problem+json")
            #expect(answer["requestID"] == answer.headers["x-request-id"])
            #expect(answer["type"] == "about:blank" && answer["title"] == "Not found" && answer.json["status"] as? Int == 404)
        }
    }

    @Test("A wrong method is said to be one, with those that there are")
    func methods() async throws {
        try await Served.run { served in
            let answer = try await served.http.send("PUT", "/v1/tenants/acme", "{}")
            #expect(answer.status == 405 && answer.code == "method_not_allowed")
            #expect(answer.headers["allow"] == "GET, PATCH, DELETE")
        }
    }

    @Test("What is no HTTP is answered and ended, and the next is served", arguments: ["X\r\n\r\n", "GET\r\n\r\n", "GET /v1 HTTP/1.1\r\nContent-Length: -1\r\n\r\n", "GET /v1 HTTP/1.1\r\nA: \(String(repeating: "x", count: 200_000))\r\n\r\n"])
    func noHTTP(text: String) async throws {
        try await Served.run { served in
            if let answer = try? await served.http.raw(text) { #expect(answer.status == 400 || answer.status == 431) }  // closed without an answer is an answer
            let next = try await served.http.send("GET", "/v1")
            #expect(next.status == 200)
        }
    }

    @Test("Limits of listings are numbers within reason", arguments: ["0", "-1", "1001", "x", ""])
    func limits(limit: String) async throws {
        try await Served.run { served in
            let answer = try await served.http.send("GET", "/v1/events?limit=\(limit)")
            #expect(answer.code == "invalid_input")
        }
    }

    @Test("A preference that can't be read is ignored", arguments: ["wait=x", "wait=-1", "wait", "respond-async"])
    func preferences(value: String) async throws {
        try await Served.run { served in
            try await served.prepare()
            let answer = try await served.http.send("POST", "/v1/tenants/acme/vps", Served.vps, headers: ["Prefer": value])
            #expect(answer.status == 202 && answer.headers["preference-applied"] == nil)
        }
    }
}
