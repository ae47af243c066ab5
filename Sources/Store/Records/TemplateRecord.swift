package import GRDB
package import NodeModel

extension TemplateObservation: FetchableRecord {
    package init(row: Row) {
        self.init(
            name: row["name"], digest: row["digest"], imageBytes: row["image_bytes"], minimumDiskBytes: row["minimum_disk_bytes"], builtAt: row["built_at"],
            summary: row["summary"])
    }
}
