import APIModel
import APIServerFake
@testable import roost
import Testing

@Suite("Tables and details") struct RenderingTests {
    @Test("columns are aligned, headers are upper case, no line ends in spaces")
    func table() {
        let table = Table(["name", .number("memory"), "note"], [["a", "256 MiB", "first"], ["longer", "2 GiB", ""]])
        #expect(table.text() == "NAME     MEMORY  NOTE\na       256 MiB  first\nlonger    2 GiB\n")
    }

    @Test("a table without rows is its header") func empty() { #expect(Table(["name", "state"], []).text() == "NAME  STATE\n") }

    @Test("colour changes no alignment") func colour() {
        let table = Table(["state", "x"], [[.state("running"), "1"], [.state("stopped"), "2"]])
        let coloured = table.text(Style(colour: true))
        #expect(coloured.contains("\u{1B}[32mrunning\u{1B}[0m  1\n"))
        #expect(coloured.contains("stopped  2\n"))
        #expect(table.text() == "STATE    X\nrunning  1\nstopped  2\n")
    }

    @Test("colour is for terminals that want it", arguments: [
        (row: "terminal", isTerminal: true, environment: ["TERM": "xterm"], colour: true), (row: "file", isTerminal: false, environment: [:], colour: false),
        (row: "NO_COLOR", isTerminal: true, environment: ["NO_COLOR": "1"], colour: false), (row: "empty NO_COLOR", isTerminal: true, environment: ["NO_COLOR": ""], colour: true),
        (row: "dumb", isTerminal: true, environment: ["TERM": "dumb"], colour: false),
    ] as [(row: String, isTerminal: Bool, environment: [String: String], colour: Bool)])
    func style(row: String, isTerminal: Bool, environment: [String: String], colour: Bool) {
        #expect(Style(isTerminal: isTerminal, environment: environment).colour == colour, "\(row)")
    }

    @Test("what strangers wrote cannot steer the terminal", arguments: [
        (text: "plain é 漢", shown: "plain é 漢"), (text: "\u{1B}[31mred", shown: "\\u{1b}[31mred"), (text: "a\nb\r\0", shown: "a\\u{a}b\\u{d}\\u{0}"), (text: "a\u{202E}b", shown: "a\\u{202e}b"),
        (text: "\u{9B}1m", shown: "\\u{9b}1m"), (text: "a\u{200B}b", shown: "a\\u{200b}b"),
    ])
    func visible(text: String, shown: String) {
        #expect(Visible.text(text) == shown)
        #expect(Table.Cell(text).text == shown)
    }

    @Test("a tenant's share is shown beside its ceiling") func tenants() {
        #expect(TenantText.table([Samples.tenant]).text() == """
            NAME     VPS      CPU            MEMORY             DISK  ADDRESSES  SUSPENDED
            acme  1 / 10  0.5 / 8  256 MiB / 16 GiB  2 GiB / 200 GiB     1 / 10

            """)
        #expect(TenantText.details(Samples.tenant).contains("memory     256 MiB   16 GiB\n"))
        var suspended = Samples.tenant
        suspended.suspensions = [Suspension(reason: "abuse", scope: "tenant", detail: "", since: ""), Suspension(reason: "billing", scope: "tenant", detail: "invoice 17", since: "")]
        #expect(TenantText.table([suspended]).text().contains("1 / 10  abuse, billing\n"))
        let reseller = Tenant(name: "agent", quota: Samples.quota, usage: Samples.quota, suspensions: [], isReseller: true, createdAt: ""), customer = Tenant(name: "agent-one", quota: Samples.quota, usage: Samples.quota, suspensions: [], reseller: "agent", createdAt: "")
        #expect(TenantText.table([reseller, customer]).text().split(separator: "\n").map { $0.split(separator: " ").prefix(2).joined(separator: " ") } == ["NAME RESELLER", "agent itself", "agent-one agent"])
        #expect(TenantText.details(customer).contains("reseller: agent\n"))
        #expect(TenantText.details(suspended).contains("suspended: abuse, billing (invoice 17)\n"))
    }

    @Test("VPSes are listed by their full names") func vpses() {
        #expect(VPSText.table([Samples.vps]).text() == """
            VPS        ID    STATE    PLAN   TEMPLATE   IPV4       IPV6              NODE
            acme/web1  k3v9  running  small  debian-12  10.66.0.2  fd66:6006:0:1::1  local

            """)
    }

    @Test("a VPS's details say why, and what was wanted, where that is not what is") func details() {
        var vps = Samples.vps
        #expect(!VPSText.details(vps).text().contains("desired"))
        vps.state = "failed"
        vps.stateReason = "init ended with 1"
        let text = VPSText.details(vps).text()
        #expect(text.contains("reason:        init ended with 1\n"))
        #expect(text.contains("desired state: running\n"))
        #expect(text.contains("init's pid:    4711\n"))
        #expect(text.contains("ipv6:          fd66:6006:0:1::1/64\n"))
    }

    @Test("a webhook is shown with what was last answered there") func webhooks() {
        #expect(WebhookText.table([Samples.webhook]).text() == """
            NAME   TENANT  URL                          KINDS  STATE    LAST ANSWER
            panel  acme    https://panel.example/roost  vps.   failing  500

            """)
        let text = WebhookText.details(Samples.webhook).text()
        #expect(text.contains("attempts:    2 failed, the next at 2025-11-25T00:00:11Z\n") && !text.contains("disabled"))
    }

    @Test("a digest is shortened, its algorithm kept", arguments: [(digest: "sha256:0123456789abcdef", short: "sha256:0123456789ab"), (digest: "0123456789abcdef", short: "0123456789ab"), (digest: "", short: "")])
    func digest(digest: String, short: String) { #expect(TemplateText.shortened(digest) == short) }

    @Test("the doctor explains only what is not well") func doctor() {
        #expect(DoctorText.report(Samples.checks) == """
            ok       user namespaces  62000 allowed
            missing  nft              no such program
                     means:  VPSes have no way out
                     remedy: apt install nftables
            1 ok, 0 warnings, 1 missing

            """)
    }

    @Test("JSON is the API's, in a fixed order") func json() throws {
        #expect(try JSONText.text(ServerVersion(version: "1/2", api: "v1")) == "{\n  \"api\" : \"v1\",\n  \"version\" : \"1/2\"\n}\n")
    }
}
