internal import Crypto
package import Domain
package import NodeModel

/// The fields that events compare and that ETags hash.
package protocol Audited {
    var audited: [String: String] { get }
}

extension Audited {
    /// Another for each state that it is in: sixteen hexadecimal digits.
    package var tag: String {
        var hash = SHA256()
        for (name, value) in audited.sorted(by: { $0.key < $1.key }) { hash.update(data: Array("\(name)\0\(value)\0".utf8)) }
        return Hexadecimal.text(hash.finalize().prefix(8))
    }
}

extension TenantRecord: Audited {
    package var audited: [String: String] {
        Dictionary(uniqueKeysWithValues: Dimension.allCases.compactMap { dimension in ceilings[dimension].map { (dimension.rawValue, "\($0)") } } + [("suspensions", suspensions.words), ("externalID", externalID ?? ""), ("isReseller", "\(isReseller)"), ("reseller", reseller ?? "")])
    }
}

extension PlanRecord: Audited {
    package var audited: [String: String] { terms.audited }
}

extension PlanTerms: Audited {
    package var audited: [String: String] {
        ["cpuMillicores": "\(cpuMillicores)", "memoryBytes": "\(memoryBytes)", "swapBytes": "\(swapBytes)", "diskBytes": "\(diskBytes)", "processes": "\(processes)", "nesting": "\(nesting)"]
    }
}

extension TemplateObservation: Audited {
    package var audited: [String: String] { ["digest": digest] }
}

extension TokenRecord: Audited {
    package var audited: [String: String] {
        [
            "id": id, "role": terms.role.rawValue, "verbs": terms.allowed.map(\.rawValue).sorted().joined(separator: " "), "vps": terms.vpses?.map(\.text).sorted().joined(separator: " ") ?? "all",
            "sources": terms.sources.isEmpty ? "anywhere" : terms.sources.map(\.description).joined(separator: " "), "expiresAt": terms.expiresAt.map { "\($0)" } ?? "never",
            "state": revokedAt == nil ? "given" : "revoked",
        ]
    }
}

extension UserRecord: Audited {
    package var audited: [String: String] { ["role": role.rawValue, "totp": totpSecret == nil ? "none" : "wanted"] }
}

extension WebhookRecord: Audited {
    package var audited: [String: String] {
        ["id": id, "to": url.origin, "kinds": kinds.isEmpty ? "all" : kinds.map(\.text).joined(separator: " "), "state": disabledAt == nil ? "enabled" : "disabled"]
    }
}

extension VPSRecord: Audited {
    package var audited: [String: String] {
        terms.audited.merging([
            "id": id.text, "phase": phase.rawValue, "plan": plan, "template": template, "node": node, "addresses": addresses.map(\.address).joined(separator: " "), "desiredState": desired.rawValue,
            "state": observedState.rawValue, "generation": "\(generation)", "suspensions": suspensions.words, "externalID": externalID ?? "",
        ]) { $1 }
    }
}
