import APIClient
import APIModel
import APIServerFake
@testable import roost
import Testing

@Suite("roost apply") struct HostingTests {
    private static let text = """
        plans:
          small: {cpu: 0.5, memory: 256MiB, disk: 2GiB}
          large: {cpu: 2, memory: 1GiB, disk: 2GiB, swap: 0, processes: 1024, nesting: true}
        tenants:
          acme:
            externalID: whmcs:3
            quota: {vps: 10, cpu: 8, memory: 16GiB, disk: 200GiB, addresses: 10}
            vps:
              web1: {plan: small, template: debian-12, sshKeys: [ssh-ed25519 AAAA me]}
              web2: {plan: large, template: busybox, state: stopped, externalID: "17"}
          none:
            quota: {vps: 0, cpu: 0, memory: 0, disk: 0, addresses: 0}
        """

    @Test("a file is read in its own order, with the units of the command line") func read() throws {
        let file = try HostingFile(yaml: Self.text, called: "h.yaml")
        #expect(file.plans.map(\.name) == ["small", "large"] && file.plans[0].memoryBytes == 256 << 20 && file.plans[1].nesting == true)
        #expect(file.tenants.map(\.name) == ["acme", "none"] && file.tenants[0].quota.cpuMillicores == 8000 && file.tenants[0].externalID == "whmcs:3")
        #expect(file.tenants[0].vpses.map { "\($0.name) \($0.plan) \($0.runs) \($0.externalID ?? "")" } == ["web1 small true ", "web2 large false 17"])
        #expect(try HostingFile(yaml: "", called: "h.yaml") == HostingFile(yaml: "plans:\ntenants:\n", called: "h.yaml"))
    }

    @Test("what is wrong is said with its line", arguments: [
        ("a list", "- a", "h.yaml:1: the file: a mapping of names is expected"), ("unknown section", "vps: {}", "h.yaml:1: vps: unknown; there are plans, tenants"),
        ("unknown key", "plans:\n  a: {cpu: 1, memory: 1GiB, disk: 1GiB, colour: red}", "h.yaml:2: plans.a.colour: unknown; there are cpu, memory, disk, swap, processes, nesting"),
        ("missing", "plans:\n  a: {cpu: 1, memory: 1GiB}", "h.yaml:2: plans.a: disk is missing"), ("a size without a unit", "plans:\n  a:\n    cpu: 1\n    memory: 256\n    disk: 1GiB", "h.yaml:4: plans.a.memory: a size needs its unit: 256MiB, for instance"),
        ("negative", "plans:\n  a: {cpu: -1, memory: 1GiB, disk: 1GiB}", "h.yaml:2: plans.a.cpu: a number of cores cannot be negative"), ("no flag", "plans:\n  a: {cpu: 1, memory: 1GiB, disk: 1GiB, nesting: perhaps}", "h.yaml:2: plans.a.nesting: true or false is expected"),
        ("no quota", "tenants:\n  a: {}", "h.yaml:2: tenants.a: quota is missing"), ("a state", "tenants:\n  a:\n    quota: {vps: 1, cpu: 1, memory: 1GiB, disk: 1GiB, addresses: 1}\n    vps: {w: {plan: p, template: t, state: paused}}", "h.yaml:4: tenants.a.vps.w.state: running or stopped"),
        ("keys", "tenants:\n  a:\n    quota: {vps: 1, cpu: 1, memory: 1GiB, disk: 1GiB, addresses: 1}\n    vps: {w: {plan: p, template: t, sshKeys: me}}", "h.yaml:4: tenants.a.vps.w.sshKeys: a list of texts is expected"),
    ])
    func wrong(label: String, text: String, why: String) {
        #expect("\(label)") { try HostingFile(yaml: text, called: "h.yaml") } throws: { ($0 as? InvalidValue)?.description == why }
    }

    @Test("twice the same key, and what is no YAML") func noYAML() {
        for text in ["plans:\n  a: {cpu: 1, memory: 1GiB, disk: 1GiB}\n  a: {cpu: 1, memory: 1GiB, disk: 1GiB}", "plans: [", "\t:", "plans:\n  a: &x {cpu: 1, memory: 1GiB, disk: 1GiB}\n  b: *x"] { #expect("\(text)") { try HostingFile(yaml: text, called: "h.yaml") } throws: { ($0 as? InvalidValue).map { !$0.description.contains("\n") } == true } }
    }

    private static let templates: Set = ["debian-12", "busybox"]

    @Test("from nothing, everything is made; from what was made, nothing") func wholly() throws {
        let file = try HostingFile(yaml: Self.text, called: "h.yaml")
        let plan = try HostingPlan(file, templates: Self.templates, plans: [], tenants: [], vpses: [])
        #expect(plan.steps.map { HostingText.line($0) } == [
            "+ plan small: cpu 0.5, memory 256 MiB, disk 2 GiB", "+ plan large: cpu 2, memory 1 GiB, disk 2 GiB", "+ tenant acme: vps 10, cpu 8, memory 16 GiB, disk 200 GiB, addresses 10",
            "+ tenant none: vps 0, cpu 0, memory 0 B, disk 0 B, addresses 0", "+ vps acme/web1: plan small, template debian-12", "+ vps acme/web2: plan large, template busybox, stopped",
        ])
        let there = State(after: plan.steps, State())
        #expect(try HostingPlan(file, templates: Self.templates, plans: there.plans, tenants: there.tenants, vpses: there.vpses) == HostingPlan(HostingFile(yaml: "", called: ""), templates: Self.templates, plans: [], tenants: [], vpses: []))
    }

    @Test("room is given before it is needed, and taken after; what the file does not name stays") func changes() throws {
        var there = State(after: try HostingPlan(HostingFile(yaml: Self.text, called: ""), templates: Self.templates, plans: [], tenants: [], vpses: []).steps, State())
        there.vpses.append(there.vpses[0])
        there.vpses[2].name = "other"
        let text = Self.text.replacing("vps: 10, cpu: 8", with: "vps: 20, cpu: 4").replacing("web1: {plan: small", with: "web1: {plan: large").replacing("state: stopped, ", with: "")
        let plan = try HostingPlan(HostingFile(yaml: text, called: ""), templates: Self.templates, plans: there.plans, tenants: there.tenants, vpses: there.vpses)
        #expect(plan.steps.map { HostingText.line($0) } == ["~ tenant acme: vps 10 → 20", "~ vps acme/web1: plan small → large", "~ vps acme/web2: start", "~ tenant acme: cpu 8 → 4"])
        #expect(plan.unnamed == ["vps acme/other"])
    }

    @Test("a reseller comes before its customers, wherever the file has it") func resellers() throws {
        let text = """

            tenants:
              agent-one: {of: agent, quota: {vps: 1, cpu: 1, memory: 1GiB, disk: 1GiB, addresses: 1}}
              agent: {reseller: true, quota: {vps: 2, cpu: 1, memory: 1GiB, disk: 1GiB, addresses: 1}}
            """

        let first = try HostingPlan(HostingFile(yaml: text, called: ""), templates: Self.templates, plans: [], tenants: [], vpses: [])
        #expect(first.steps.map { HostingText.line($0) } == ["+ tenant agent, a reseller: vps 2, cpu 1, memory 1 GiB, disk 1 GiB, addresses 1", "+ tenant agent-one of agent: vps 1, cpu 1, memory 1 GiB, disk 1 GiB, addresses 1"])
        let there = State(after: first.steps, State())
        func steps(_ text: String) throws -> [String] { try HostingPlan(HostingFile(yaml: text, called: ""), templates: Self.templates, plans: [], tenants: there.tenants, vpses: []).steps.map { HostingText.line($0) } }
        #expect(try steps(text).isEmpty)
        for text in [text, text.replacing("of: agent, ", with: "")] {
            #expect(try steps(text.replacing("vps: 2", with: "vps: 4").replacing("vps: 1", with: "vps: 3")) == ["~ tenant agent: vps 2 → 4", "~ tenant agent-one: vps 1 → 3"])
            #expect(try steps(text.replacing("vps: 2", with: "vps: 0").replacing("vps: 1", with: "vps: 0")) == ["~ tenant agent-one: vps 1 → 0", "~ tenant agent: vps 2 → 0"])
        }
        #expect(try steps(text.replacing("of: agent, ", with: "").replacing("reseller: true, ", with: "")).isEmpty, "it is not said otherwise")
        for other in [text.replacing("of: agent, ", with: "of: acme, "), text.replacing("of: agent", with: "reseller: true")] { #expect("\(other)") { try steps(other) } throws: { "\($0)".contains("agent-one is agent's customer, which a file does not change") } }
    }

    @Test("what cannot become what the file says", arguments: [
        ("another plan of the name", "memory: 256MiB", "memory: 512MiB", "plan small is otherwise already"), ("another template", "template: debian-12", "template: busybox", "vps acme/web1 was made from debian-12"),
        ("a plan that nobody has", "web1: {plan: small", "web1: {plan: huge", "vps acme/web1: there is no plan huge"), ("a template that nobody has", "web2: {", "web3: {plan: small, template: suse}\n      web2: {", "vps acme/web3: there is no template suse"),
        ("another external id", "whmcs:3", "whmcs:4", "tenant acme has the external id whmcs:3"), ("a VPS's", #"externalID: "17""#, #"externalID: "18""#, "vps acme/web2 has the external id 17"),
    ])
    func impossible(label: String, old: String, new: String, why: String) throws {
        let there = State(after: try HostingPlan(HostingFile(yaml: Self.text, called: ""), templates: Self.templates, plans: [], tenants: [], vpses: []).steps, State())
        let file = try HostingFile(yaml: Self.text.replacing(old, with: new), called: "")
        #expect("\(label)") { try HostingPlan(file, templates: Self.templates, plans: there.plans, tenants: there.tenants, vpses: there.vpses) } throws: { ($0 as? InvalidValue)?.description.hasPrefix(why) == true }
    }

    /// What roostd would have after some steps.
    private struct State {
        var plans: [Plan] = []
        var tenants: [Tenant] = []
        var vpses: [VPS] = []

        init() {}

        init(after steps: [HostingPlan.Step], _ before: State) {
            self = before
            for step in steps {
                switch step {
                case .createPlan(let plan):
                    plans.append(Plan(
                        name: plan.name, cpuMillicores: plan.cpuMillicores, memoryBytes: plan.memoryBytes, swapBytes: plan.swapBytes ?? 0, diskBytes: plan.diskBytes, processes: plan.processes ?? 512, nesting: plan.nesting ?? false,
                        createdAt: ""))
                case .createTenant(let tenant): tenants.append(Tenant(name: tenant.name, quota: tenant.quota, usage: tenant.quota, suspensions: [], externalID: tenant.externalID, isReseller: tenant.isReseller ?? false, reseller: tenant.reseller, createdAt: ""))
                case .changeQuota(let name, _, let to): for index in tenants.indices where tenants[index].name == name { tenants[index].quota = to }
                case .createVPS(let name, let vps):
                    var made = Samples.vps
                    (made.tenant, made.name, made.plan, made.template, made.externalID, made.desiredState) = (name.tenant, name.name, vps.plan, vps.template, vps.externalID, vps.start == false ? "stopped" : "running")
                    vpses.append(made)
                case .changePlan, .power: break
                }
            }
        }
    }
}
