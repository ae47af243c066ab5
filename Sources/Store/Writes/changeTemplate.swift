package import Domain
internal import GRDB
package import NodeModel

extension Store {
    /// What the node has, in place of what was known.
    package func replaceTemplates(_ templates: [TemplateObservation]) async throws {
        try await pool.write { db in
            let known = try TemplateObservation.fetchAll(db, cached: "SELECT * FROM templates ORDER BY name")
            if known == templates.sorted(by: { $0.name < $1.name }) { return }
            try db.execute(cached: "DELETE FROM templates")
            for template in templates { try db.insert(template) }
        }
    }

    /// Begins an operation. Refused for one that exists: a template is read-only once built.
    package func requestTemplateBuild(_ name: Name, operation: String, by author: Author) async throws -> OperationRecord {
        try await written { [now] db, _ in
            if try TemplateObservation.fetchOne(db, cached: "SELECT * FROM templates WHERE name = ?", arguments: [name.text]) != nil { throw Refusal.nameTaken(.template, name.text) }
            if let pending = try OperationRecord.fetchOne(db, cached: "SELECT * FROM operations WHERE status = 'pending' AND vps_id IS NULL AND subject = ?", arguments: [name.text]) {
                return (pending, pending.id)
            }
            return (try db.beginOperation(operation, .buildTemplate, subject: name.text, vps: nil, graceSeconds: 0, at: now()), operation)
        }
    }

    /// False: the operation has been cancelled meanwhile; nothing is recorded.
    package func finishTemplateBuild(_ operation: String, _ template: TemplateObservation, by author: Author) async throws -> Bool {
        try await pool.write { [now] db in
            guard try OperationRecord.with(operation, db).status == .pending else { return false }
            try db.execute(cached: "DELETE FROM templates WHERE name = ?", arguments: [template.name])
            try db.insert(template)
            try db.endOperation(operation, failure: nil, message: "built", at: now())
            try db.recordEvent("template.built", template.name, by: author, at: now(), template.digest, after: template)
            return true
        }
    }

    /// Throws `Refusal.inUse` while a VPS is being made from it.
    package func checkTemplateIsFree(_ name: Name) async throws {
        try await pool.read { [terms = WriteTerms.current] db in
            try terms.check(TemplateObservation.named(name, db), name.text)
            let making = try String.fetchOne(
                db, cached: "SELECT o.subject FROM operations o JOIN vpses v ON v.id = o.vps_id WHERE o.status = 'pending' AND o.kind = 'vps.create' AND v.template = ?", arguments: [name.text])
            if let making { throw Refusal.inUse(.template, name.text, by: "the creation of \(making)") }
        }
    }

    package func deleteTemplate(_ name: Name, by author: Author) async throws {
        try await pool.write { [now] db in
            let template = try TemplateObservation.named(name, db)
            try db.execute(cached: "DELETE FROM templates WHERE name = ?", arguments: [name.text])
            try db.recordEvent("template.deleted", name.text, by: author, at: now(), before: template)
        }
    }
}

extension Database {
    fileprivate func insert(_ template: TemplateObservation) throws {
        try execute(
            cached: "INSERT INTO templates (name, digest, image_bytes, minimum_disk_bytes, built_at, summary) VALUES (?, ?, ?, ?, ?, ?)",
            arguments: [template.name, template.digest, template.imageBytes, template.minimumDiskBytes, template.builtAt, template.summary])
    }
}
