internal import Domain
internal import Foundation
internal import GRDB
internal import NodeModel

extension Database {
    /// `before` and `after`: what it is about; of what is the same in both nothing is kept.
    func recordEvent(
        _ kind: String, _ subject: String, by author: Author, at: Int64, _ detail: String = "", before: (any Audited)? = nil, after: (any Audited)? = nil
    ) throws {
        let (last, previous) = try EventChain.head(self)
        let (old, new) = (before?.audited, after?.audited)
        let event = EventRecord(
            id: last + 1, at: at, author, kind: kind, subject: subject, detail: detail, before: try old.map { try Self.json($0, without: new) }, after: try new.map { try Self.json($0, without: old) })
        try execute(
            cached: "INSERT INTO events (id, at, actor, kind, subject, detail, source, request, before, after, hash) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            arguments: [
                event.id, at, event.actor, kind, subject, detail, event.source, event.request, event.before, event.after, Data(EventChain.hash(previous, event)),
            ])
    }

    private static func json(_ state: [String: String], without same: [String: String]?) throws -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return String(decoding: try encoder.encode(state.filter { same?[$0.key] != $0.value }), as: UTF8.self)
    }
}

/// What of something an event tells that changes it.
protocol Audited {
    var audited: [String: String] { get }
}

extension TenantRecord: Audited {
    var audited: [String: String] {
        Dictionary(uniqueKeysWithValues: Dimension.allCases.compactMap { dimension in ceilings[dimension].map { (dimension.rawValue, "\($0)") } } + [("suspensions", suspensions.words)])
    }
}

extension PlanRecord: Audited {
    var audited: [String: String] { terms.audited }
}

extension PlanTerms: Audited {
    var audited: [String: String] {
        ["cpuMillicores": "\(cpuMillicores)", "memoryBytes": "\(memoryBytes)", "swapBytes": "\(swapBytes)", "diskBytes": "\(diskBytes)", "processes": "\(processes)", "nesting": "\(nesting)"]
    }
}

extension TemplateObservation: Audited {
    var audited: [String: String] { ["digest": digest] }
}

extension TokenRecord: Audited {
    var audited: [String: String] {
        [
            "id": id, "role": terms.role.rawValue, "verbs": terms.allowed.map(\.rawValue).sorted().joined(separator: " "), "vps": terms.vpses?.map(\.text).sorted().joined(separator: " ") ?? "all",
            "sources": terms.sources.isEmpty ? "anywhere" : terms.sources.map(\.description).joined(separator: " "), "expiresAt": terms.expiresAt.map { "\($0)" } ?? "never",
            "state": revokedAt == nil ? "given" : "revoked",
        ]
    }
}

extension VPSRecord: Audited {
    var audited: [String: String] {
        terms.audited.merging([
            "id": id.text, "phase": phase.rawValue, "plan": plan, "template": template, "node": node, "addresses": addresses.map(\.address).joined(separator: " "), "desiredState": desired.rawValue,
            "state": observedState.rawValue, "generation": "\(generation)", "suspensions": suspensions.words,
        ]) { $1 }
    }
}

extension [SuspensionRecord] {
    fileprivate var words: String { map { $0.detail.isEmpty ? $0.reason.rawValue : "\($0.reason.rawValue) (\($0.detail))" }.joined(separator: ", ") }
}
