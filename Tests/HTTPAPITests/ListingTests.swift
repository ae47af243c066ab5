internal import APIModel
internal import ControlPlane
internal import Domain
internal import Foundation
internal import HummingbirdCore
internal import Testing

@testable internal import HTTPAPI

@Suite(.timeLimit(.minutes(5)))
struct ListingTests {
    private struct Thing: Listed {
        static let plural = "things"


        var name: String
        var size: Int64
        var isOn: Bool
        var note: String?
    }

    private static let listing = Listing(
        Thing.self, of: Schema.Named("Thing", "", [.init("name", .text()), .init("size", .count), .init("isOn", .boolean), .optional("note", .text())]), by: "name")

    private static func query(_ text: String) throws -> ListQuery { try ListQuery(URI("/v1/things?\(text)"), of: listing) }

    /// Whatever is asked for, page by page it is what it would be at once, each once.
    @Test func pagesAreTheWhole() throws {
        var random = SystemRandomNumberGenerator()
        for _ in 0..<300 {
            let count = Int.random(in: 0...25, using: &random)
            let things = (0..<count).map { number in
                Thing(name: "t\(String(number, radix: 16))", size: Int64.random(in: 0...3, using: &random), isOn: Bool.random(using: &random), note: ["a", "b", nil].randomElement(using: &random) ?? nil)
            }.sorted { $0.name < $1.name }
            let asked = [["sort=size", "sort=-size", "sort=note", "sort=-note", "sort=isOn", "sort=-name", "sort=name", ""], ["isOn=true", "size=2", "note=a", "isOn=false&size=1", ""]].compactMap { $0.randomElement(using: &random) }
            let base = asked.filter { !$0.isEmpty }.map { $0 + "&" }.joined()
            let whole = Page.sorted(try things.map { try JSON(encoding: $0) }, try Self.query(base + "limit=1000"))
            #expect(whole.next == nil)
            #expect(try Page.of(things, try Self.query(base + "limit=1000")) == whole)
            var (elements, cursor): ([JSON], String?) = ([], nil)
            repeat {
                let page = try Page.of(things, try Self.query(base + "limit=\(Int.random(in: 1...7, using: &random))" + (cursor.map { "&cursor=\($0)" } ?? "")))
                elements += page.elements
                cursor = try page.next?.text()
                #expect(!page.elements.isEmpty || cursor == nil)
            } while cursor != nil
            #expect(elements == whole.elements, "\(base)")
            #expect(Set(elements.map { "\($0["name"])" }).count == elements.count)
        }
    }

    @Test("A place stays where it was when what was there is gone, and what came before it does not come again")
    func changes() throws {
        var things = (0..<10).map { Thing(name: "t\($0)", size: 1, isOn: true) }
        let first = try Page.of(things, try Self.query("limit=4"))
        things.removeAll { $0.name == "t3" }
        things.insert(Thing(name: "t00", size: 1, isOn: true), at: 1)
        let second = try Page.of(things, try Self.query("limit=4&cursor=\(try #require(try first.next?.text()))"))
        #expect(second.elements.map { $0["name"] } == ["t4", "t5", "t6", "t7"])
    }

    @Test("As many fields as were asked for")
    func sparse() throws {
        let page = try Page.of([Thing(name: "a", size: 1, isOn: true)], try Self.query("fields=size,note"))
        #expect(page.elements == [["size": 1]])
    }

    @Test("What makes no sense is said", arguments: [
        ("limit=0", "limit must be from 1 to 1000"), ("limit=1001", "limit must be from 1 to 1000"), ("limit=x", "limit must be from 1 to 1000"),
        ("sort=colour", "sort: one of name, size, isOn, note, or with - before it"), ("fields=", "fields: of name,size,isOn,note"), ("fields=name,", "fields: of name,size,isOn,note"), ("fields=name,,size", "fields: of name,size,isOn,note"),
        ("fields=colour", "fields: of name,size,isOn,note"), ("size=big", "size: a whole number from 0 to \(Int64.max)"), ("isOn=1", "isOn: true or false"), ("cursor=x", "cursor: not the next of a page of this listing in this order"),
        ("cursor=\(String(repeating: "W1tbW1tb", count: 1000))", "cursor: not the next of a page of this listing in this order"), ("cursor=e30", "cursor: not the next of a page of this listing in this order"),
    ])
    func refused(query: String, why: String) {
        #expect("\(query)") { try Self.query(query) } throws: { if case .invalid(why) = $0 as? ControlPlaneError { true } else { false } }
    }

    @Test("A place in one order is none in another")
    func foreignCursor() throws {
        let next = try #require(try Page.of((0..<3).map { Thing(name: "t\($0)", size: 1, isOn: true) }, try Self.query("limit=1")).next?.text())
        #expect(throws: ControlPlaneError.self) { try Self.query("sort=size&cursor=\(next)") }
    }

    @Test("The records come in the order that the listings say", arguments: ["tenants", "plans", "templates", "vps", "tokens", "users", "webhooks", "nodes", "addresses", "events", "operations"])
    func order(name: String) async throws {
        try await Served.running { served in
            let plane = served.plane
            for name in ["root", "admin"] { _ = try await plane.createUser(.admin, Login(try Name(name), of: nil), .admin, try Password("correct horse")) }
            for tenant in ["zoo", "a-1", "a1", "a"] {
                _ = try await plane.createTenant(.admin, try Name(tenant), Quantities(vps: 9, cpuMillicores: 1_000_000, memoryBytes: 1 << 40, diskBytes: 1 << 40, addresses: 9))
                for vps in ["web2", "web10", "a"] {
                    _ = try await plane.createVPS(.admin, tenant: try Name(tenant), VPSWish(name: try Name(vps), plan: try Name("small"), template: try Name("busybox"), sshKeys: [], start: false))
                    _ = try await plane.createToken(.admin, try Name(vps), of: try Name(tenant), TokenTerms(role: .reader))
                    _ = try await plane.createWebhook(.admin, try Name(vps), of: try Name(tenant), to: try WebhookURL("https://example.com"), [])
                    _ = try await plane.createUser(.admin, Login(try Name(vps), of: try Name(tenant)), .reader, try Password("correct horse"))
                }
            }
            let whole = try await served.http.send("GET", "/v1/\(name)?limit=1000")
            #expect(whole.status == 200 && whole.json["next"] == nil, "\(whole.json)")
            func ids(_ answer: HTTPClient.Answer) -> [String] { (answer.json[name] as? [[String: Any]] ?? []).map { "\($0["id"] ?? $0["name"] ?? $0["address"] ?? "")" } }
            var (pages, next): ([String], String?) = ([], nil)
            repeat {
                let page = try await served.http.send("GET", "/v1/\(name)?limit=3" + (next.map { "&cursor=\($0)" } ?? ""))
                #expect(page.status == 200, "\(page.json)")
                pages += ids(page)
                next = page["next"]
            } while next != nil
            // More may have happened meanwhile, at the beginning.
            #expect(pages.filter(Set(ids(whole)).contains) == ids(whole))
        }
    }

    @Test("Events and operations are chosen by what they are about")
    func chosen() async throws {
        try await Served.running { served in
            let about = try await served.http.send("GET", "/v1/events?subject=acme&kind=tenant.created")
            #expect((about.json["events"] as? [[String: Any]])?.map { $0["kind"] as? String } == ["tenant.created"], "\(about.json)")
            for (query, count) in [("subject=acme/web1&kind=vps.create", 1), ("status=succeeded", 1), ("status=pending", 0), ("status=running", 0), ("kind=vps.delete", 0)] {
                let answer = try await served.http.send("GET", "/v1/operations?\(query)")
                #expect((answer.json["operations"] as? [Any])?.count == count, "\(query) \(answer.json)")
            }
            #expect(try await served.http.send("GET", "/v1/operations?status=lost").status == 400)
        }
    }
}
