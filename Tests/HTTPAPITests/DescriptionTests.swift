internal import APIModel
internal import Domain
internal import Foundation
internal import Testing

@testable internal import HTTPAPI

@Suite(.timeLimit(.minutes(5)))
struct DescriptionTests {
    @Test("The description is served, to anyone")
    func served() async throws {
        try await Served.run { served in
            let answer = try await Asker(served.plane).ask("GET", "/v1/openapi.json", token: nil)
            #expect(answer.status == 200)
            #expect(try JSONDecoder().decode(JSON.self, from: Data(answer.body.utf8)) == OpenAPI.document)
        }
    }

    @Test("Every route is in it, once, with its parameters; every reference leads somewhere, and every schema is used")
    func complete() throws {
        guard case .object(let document) = OpenAPI.document, case .object(let paths)? = document["paths"], case .object(let components)? = document["components"], case .object(let schemas)? = components["schemas"]
        else {
            Issue.record("no document")
            return
        }
        #expect(Set(Route.all.map(\.id)).count == Route.all.count)
        #expect(paths.values.reduce(0) { if case .object(let methods) = $1 { $0 + methods.count } else { $0 } } == Route.all.count)
        let references = Self.references(OpenAPI.document)
        #expect(references == Set(schemas.keys.map { "#/components/schemas/\($0)" }))
    }

    private static func references(_ json: JSON) -> Set<String> {
        switch json {
        case .object(let fields): fields.reduce(into: []) { if $1.key == "$ref", case .text(let text) = $1.value { $0.insert(text) } else { $0.formUnion(references($1.value)) } }
        case .list(let list): list.reduce(into: []) { $0.formUnion(references($1)) }
        default: []
        }
    }

    @Test("Every code of a problem is one that some route may give, or of HTTP itself, or of an operation")
    func codes() {
        let documented = Set(Route.all.flatMap(\.codes))
        #expect(Set(Problem.Code.allCases).subtracting(documented) == [.methodNotAllowed, .cancelled])
    }

    @Test("The published form of a name is the rule of names", arguments: ["a", "0", "a-b", "web1", String(repeating: "a", count: 63), String(repeating: "a", count: 64), "", "-a", "a-", "A", "a_b", "a.b", "ä", "a\n", "--"])
    func names(text: String) throws {
        guard case .text(let form) = Schema.name, let pattern = form.pattern, let length = form.length else {
            Issue.record("no pattern")
            return
        }
        let matches = try Regex(pattern).wholeMatch(in: text) != nil && length.contains(text.unicodeScalars.count)
        #expect(matches == ((try? Name(text)) != nil))
    }

    @Test("The published form of a network is what is taken as one", arguments: [
        "10.0.0.0/8", "10.1.2.3/24", "0.0.0.0/0", "255.255.255.255/32", "256.0.0.0/8", "10.0.0.0", "10.0.0.0/33", "10.0.0/8", "01.2.3.4/8", "::/0", "fd66::/16", "2001:db8::1/128", "1:2:3:4:5:6:7:8/64", "1:2:3:4:5:6:7::/64",
        "::2:3:4:5:6:7:8/64", "1::8/64", "1:2::7:8/64", "1:2:3:4:5:6:7:8:9/64", "1::2::3/64", ":::/64", "fd66::/129", "g::/64", "12345::/64", "", "/", "10.0.0.0/08", "::1/a", " ::/0", "::/0\n",
    ])
    func networks(text: String) throws { #expect((try Regex(Pattern.network).wholeMatch(in: text) != nil) == ((try? Domain.Network(masking: text)) != nil), "\(text)") }

    @Test("The published form of an address is what is taken as one", arguments: ["10.66.0.2", "255.255.255.255", "256.0.0.1", "1.2.3", "01.2.3.4", "::", "fd66::1", "2001:DB8::1", "1:2:3:4:5:6:7:8", "1:2:3:4:5:6:7::", "::1.2.3.4", "fe80::1%eth0", "10.66.0.2/32", "1::2::3", "web1", "", "::1\n"])
    func addresses(text: String) throws { #expect((try Regex(Pattern.address).wholeMatch(in: text) != nil) == (AddressPool.leasedForm(of: text) != nil), "\(text)") }

    @Test("The published forms of a webhook's URL and kinds are what is taken as such", arguments: [
        "https://example.com", "http://a:1/", "https://a.b-c.D/x?y=%20&z=1;2", "https://1.2.3.4:65535/", "https://[2001:db8::1]/", "https://[::1]:8443", "https://a:65536", "https://a:99999", "https://a:0", "https://a:01", "https://a.", "https://-a", "https://a-", "https://a_b", "https://a/#b",
        "https://u@a/", "ftp://a", "https://[::1", "https://[fe80::1%25a]", "https://a?b", "https://a/b c", "https://a/é", "https://a/\n", "", "vps.", "vps.created", "vps.stop.requested", "vps", "vps..", ".", "Vps.", "vps.a1", "https://\(String(repeating: "a", count: 63)).b", "https://\(String(repeating: "a", count: 64)).b",
    ])
    func webhooks(text: String) throws {
        #expect((try Regex(Pattern.webhookURL).wholeMatch(in: text) != nil) == ((try? WebhookURL(text)) != nil))
        guard case .text(let form) = Schema.eventChoice, let pattern = form.pattern else { throw Example.NoneFor(field: "kinds") }
        #expect((try Regex(pattern).wholeMatch(in: text) != nil) == ((try? EventChoice(text)) != nil))
    }

    @Test("The published form of an SSH key is what is taken as one", arguments: SSHPublicKey.types.sorted())
    func keys(type: String) throws {
        let pattern = try Regex(Pattern.sshKey).matchingSemantics(.unicodeScalar)  // as ECMA-262's
        let prefix: [UInt8] = [0, 0, 0, UInt8(type.utf8.count)] + Array(type.utf8)
        for length in 4..<40 {
            let blob = Data(prefix + (0..<length).map { _ in UInt8.random(in: 0...255) }).base64EncodedString()
            for line in ["\(type) \(blob)", "\(type) \(blob) me@home", "\(type) \(blob) ü", "\(type) \(blob) \u{301}"] { #expect(try pattern.wholeMatch(in: line) != nil && (try? SSHPublicKey(line)) != nil, "\(line)") }
            for line in ["\(type) \(blob)\nx", "\(type) \(blob) \u{202E}", "\(type) A\(blob)", "command=\"id\" \(type) \(blob)", "x-\(type) \(blob)", "\(type) \(Data((0..<length).map { _ in 255 }).base64EncodedString())", type] {
                #expect(try pattern.wholeMatch(in: line) == nil && (try? SSHPublicKey(line)) == nil, "\(line)")
            }
        }
    }

    @Test("The published form of a remark is what is taken as one", arguments: ["", "invoice 17; it's \"unpaid\"", "é 漢 🙂", "e\u{301}", "a\nb", "a\u{202E}b", "\u{1B}[2J", "a\u{2028}b", "a\u{85}b", String(repeating: "é", count: 200), String(repeating: "a", count: 201)])
    func remarks(text: String) throws { #expect((try Regex(Pattern.remark).matchingSemantics(.unicodeScalar).wholeMatch(in: text) != nil) == ((try? Remark(text)) != nil), "\(text)") }

    @Test("The published forms of an external id and of a password are what is taken as one", arguments: ["a", "whmcs:17", "7", "-a", "", "a b", "a/b", "ä", "a\n", String(repeating: "a", count: 128), String(repeating: "a", count: 129), "eight888", "seven77", "tab\there!", " spaces  "])
    func externals(text: String) throws {
        for (schema, isTaken) in [(Schema.externalID, (try? ExternalID(text)) != nil), (Schema.password, (try? Password(text)) != nil)] {
            guard case .text(let form) = schema else { throw Example.NoneFor(field: "\(schema)") }
            let pattern = try #require(form.pattern)
            #expect((try Regex(pattern).matchingSemantics(.unicodeScalar).wholeMatch(in: text) != nil) == isTaken, "\(text)")
        }
    }

    @Test("Times are those of RFC 3339", arguments: [
        ("1970-01-01T00:00:00Z", 0), ("1970-01-01T00:00:01.5Z", 1500), ("1970-01-01T00:00:00.0019999z", 1), ("1970-01-01T01:00:00+01:00", 0), ("1969-12-31T00:00:00-23:59", -60_000), ("2000-02-29t12:00:00.123456Z", 951_825_600_123),
        ("0007-04-18T16:15:17-18:12", -61_936_925_563_000), ("0000-01-01T00:00:00Z", -62_167_219_200_000), ("0001-01-01T00:00:00Z", -62_135_596_800_000), ("2100-02-29T00:00:00Z", nil), ("9999-12-31T23:59:59Z", 253_402_300_799_000), ("1970-01-01T00:00:00", nil), ("1970-01-01 00:00:00Z", nil), ("1970-02-30T00:00:00Z", nil), ("1970-01-01T24:00:01Z", nil), ("1970-01-01T00:00:00+24:00", nil), ("", nil), ("0Z", nil),
    ] as [(String, Int64?)])
    func times(text: String, milliseconds: Int64?) { #expect(HTTPAPI.milliseconds(timestamp: text) == milliseconds, "\(text)") }

    @Test("How deep a document is nested", arguments: [("", 0), ("1", 0), ("[]", 1), ("[[],{}]", 2), (#"{"a":"[[[[","b":[1]}"#, 2), (#""\"[[""#, 0), (#"["\\",[1]]"#, 2), ("]]][[", 2), ("[[[", 3)])
    func depth(text: String, depth: Int) { #expect(JSON.depth(of: Array(text.utf8)) == depth, "\(text)") }

    @Test("A body is held to its schema, and it is said where it is not", arguments: [
        ("not an object", "[1]", "the body must be an object"), ("null", "null", "the body is null; leave it out instead"), ("unknown", #"{"name":"a","template":"b","plan":"c","admin":1}"#, "unknown field \"admin\""),
        ("missing", #"{"name":"a","plan":"c"}"#, "the field template is missing"), ("type", #"{"name":1,"template":"b","plan":"c"}"#, "the field name must be a string"),
        ("null field", #"{"name":"a","template":"b","plan":"c","start":null}"#, "the field start is null; leave it out instead"), ("number for a flag", #"{"name":"a","template":"b","plan":"c","start":1}"#, "the field start must be true or false"),
        ("a list that is too long", #"{"name":"a","template":"b","plan":"c","sshKeys":[\#(Array(repeating: "\"k\"", count: 65).joined(separator: ","))]}"#, "the field sshKeys must have from 0 to 64 elements"), ("in a list", #"{"name":"a","template":"b","plan":"c","sshKeys":["a",2]}"#, "the field sshKeys.1 must be a string"), ("good", #"{"name":"a","template":"b","plan":"c","start":true}"#, nil),
    ])
    func bodies(label: String, body: String, problem: String?) throws {
        #expect(Schema.named(.vpsCreate).problem(in: try JSONDecoder().decode(JSON.self, from: Data(body.utf8))) == problem, "\(label)")
    }
}
