internal import APIModel
internal import Domain
internal import Foundation
internal import NIOCore
internal import NodeModel
package import Store

extension Event {
    init(_ record: EventRecord) {
        self.init(
            id: record.id, at: timestamp(milliseconds: record.at), actor: record.actor, source: record.source, request: record.request, kind: record.kind, subject: record.subject, detail: record.detail,
            before: record.before.map(Self.fields), after: record.after.map(Self.fields), hash: record.hash.map { Hexadecimal.text($0) })
    }

    private static func fields(_ json: String) -> [String: String] {
        do { return try JSONDecoder().decode([String: String].self, from: Data(json.utf8)) } catch { return ["unreadable": json] }  // it was written so by nobody of ours
    }
}

/// What webhooks send of an event.
package enum WebhookBody {
    package static func json(_ record: EventRecord) throws -> [UInt8] { Array(try Answer.encode(EventMessage(Event(record))).readableBytesView) }
}

extension EventVerdict {
    init(_ verdict: ChainVerdict) { self.init(isWhole: verdict.isWhole, events: verdict.events, head: Hexadecimal.text(verdict.head), brokenAt: verdict.brokenAt) }
}
