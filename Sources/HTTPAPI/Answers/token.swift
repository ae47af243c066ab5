internal import APIModel
internal import Domain
internal import Foundation
internal import Store

extension Token {
    init(_ record: TokenRecord) { self.init(record, now: Int64(Date().timeIntervalSince1970 * 1000)) }

    private init(_ record: TokenRecord, now: Int64) {
        self.init(
            id: record.id, name: record.name, tenant: record.tenant?.text, role: record.terms.role.rawValue, verbs: record.terms.allowed.map(\.rawValue).sorted(),
            vps: record.terms.vpses?.map(\.text).sorted(), sources: record.terms.sources.map(\.description),
            state: record.revokedAt != nil ? "revoked" : record.isValid(at: now) ? "valid" : "expired", createdAt: timestamp(milliseconds: record.createdAt), createdBy: record.createdBy,
            expiresAt: record.terms.expiresAt.map(timestamp(milliseconds:)), revokedAt: record.revokedAt.map(timestamp(milliseconds:)),
            lastUsedAt: record.lastUsedAt.map(timestamp(milliseconds:)), lastUsedFrom: record.lastUsedFrom)
    }
}
