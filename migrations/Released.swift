/// A step of the schema, as it was released. Its text never changes again; a test holds each one's checksum.
package struct Migration: Sendable {
    package let version: Int64
    package let name: String
    package let sql: [UInt8]
}

package enum Released {
    /// In the order of application. A new file is added here, and its checksum to the test.
    package static let migrations: [Migration] = [
        Migration(version: 1, name: "V0001_records", sql: PackageResources.V0001_records_sql),
        Migration(version: 2, name: "V0002_tokens", sql: PackageResources.V0002_tokens_sql),
        Migration(version: 3, name: "V0003_receipts", sql: PackageResources.V0003_receipts_sql),
        Migration(version: 4, name: "V0004_suspensions", sql: PackageResources.V0004_suspensions_sql),
        Migration(version: 5, name: "V0005_audit", sql: PackageResources.V0005_audit_sql),
        Migration(version: 6, name: "V0006_changes", sql: PackageResources.V0006_changes_sql),
        Migration(version: 7, name: "V0007_users", sql: PackageResources.V0007_users_sql),
        Migration(version: 8, name: "V0008_resellers", sql: PackageResources.V0008_resellers_sql),
        Migration(version: 9, name: "V0009_webhooks", sql: PackageResources.V0009_webhooks_sql),
        Migration(version: 10, name: "V0010_sealing", sql: PackageResources.V0010_sealing_sql),
    ]
}
