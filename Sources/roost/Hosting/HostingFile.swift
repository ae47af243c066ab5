internal import APIModel
internal import Yams

/// What a hoster keeps in git: the plans, tenants and VPSes that there shall be.
struct HostingFile: Equatable {
    var plans: [PlanCreate] = []
    var tenants: [Tenant] = []

    struct Tenant: Equatable {
        var name: String
        var quota: Quota
        var externalID: String?
        var isReseller: Bool?
        /// Whose customer it is. Nil: whosever it is, or that of whoever applies the file.
        var reseller: String?
        var vpses: [VPS] = []
    }

    struct VPS: Equatable {
        var name: String
        var plan: String
        var template: String
        var sshKeys: [String] = []
        var runs = true
        var externalID: String?
    }

    private static let largest = 4 << 20

    /// Throws `InvalidValue` with the line of what is wrong.
    init(yaml text: String, called file: String) throws {
        guard text.utf8.count <= Self.largest else { throw InvalidValue("\(file): larger than 4 MiB") }
        let root: Yams.Node?
        do { root = try Yams.compose(yaml: text) } catch { throw InvalidValue("\(file): \("\(error)".prefix { $0 != "\n" })") }  // then come its lines of text
        guard let root else { return }
        // A few lines of them can stand for more than any memory holds.
        guard text.firstMatch(of: /(?m)[:\-\[,{ ]\s*[&*][A-Za-z0-9]/) == nil else { throw InvalidValue("\(file): anchors and aliases (& and *) are not taken") }
        let top = try HostingNode(root, file, "the file").fields(["plans", "tenants"])
        plans = try top["plans"]?.entries().map { name, node in try PlanCreate(name, node) } ?? []
        tenants = try top["tenants"]?.entries().map { name, node in try Tenant(name, node) } ?? []
    }
}

extension PlanCreate {
    fileprivate init(_ name: String, _ node: HostingNode) throws {
        let fields = try node.fields(["cpu", "memory", "disk", "swap", "processes", "nesting"])
        self.init(
            name: name, cpuMillicores: try node.needed("cpu", fields).value(CPUText.parse), memoryBytes: try node.needed("memory", fields).value(SizeText.parse),
            diskBytes: try node.needed("disk", fields).value(SizeText.parse), swapBytes: try fields["swap"]?.value(SizeText.parseOrZero) ?? 0,
            processes: try fields["processes"]?.value(CountText.parseAboveZero) ?? 512, nesting: try fields["nesting"]?.flag() ?? false)
    }
}

extension HostingFile.Tenant {
    fileprivate init(_ name: String, _ node: HostingNode) throws {
        let fields = try node.fields(["quota", "vps", "externalID", "reseller", "of"])
        let quota = try node.needed("quota", fields)
        let ceilings = try quota.fields(["vps", "cpu", "memory", "disk", "addresses"])
        self.init(
            name: name,
            quota: Quota(
                vps: try quota.needed("vps", ceilings).value(CountText.parse), cpuMillicores: try quota.needed("cpu", ceilings).value { $0 == "0" ? 0 : try CPUText.parse($0) },
                memoryBytes: try quota.needed("memory", ceilings).value(SizeText.parseOrZero), diskBytes: try quota.needed("disk", ceilings).value(SizeText.parseOrZero),
                addresses: try quota.needed("addresses", ceilings).value(CountText.parse)),
            externalID: try fields["externalID"]?.text(), isReseller: try fields["reseller"]?.flag(), reseller: try fields["of"]?.text(), vpses: try fields["vps"]?.entries().map { try HostingFile.VPS($0, $1) } ?? [])
    }
}

extension HostingFile.VPS {
    fileprivate init(_ name: String, _ node: HostingNode) throws {
        let fields = try node.fields(["plan", "template", "sshKeys", "state", "externalID"])
        self.init(
            name: name, plan: try node.needed("plan", fields).text(), template: try node.needed("template", fields).text(), sshKeys: try fields["sshKeys"]?.texts() ?? [],
            runs: try fields["state"]?.value { text in
                guard ["running", "stopped"].contains(text) else { throw InvalidValue("running or stopped") }
                return text == "running"
            } ?? true, externalID: try fields["externalID"]?.text())
    }
}
