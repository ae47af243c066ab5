internal import APIModel

enum TemplateText {
    static func table(_ templates: [Template]) -> Table {
        Table(
            ["name", .number("image"), .number("least disk"), "built", "digest", "summary"],
            templates.map { template in
                [
                    Table.Cell(template.name), Table.Cell(SizeText.rounded(template.imageBytes)), Table.Cell(SizeText.rounded(template.minimumDiskBytes)),
                    Table.Cell(template.builtAt), Table.Cell(shortened(template.digest)), Table.Cell(template.summary),
                ]
            })
    }

    static func details(_ template: Template) -> Details {
        Details([
            ("name", Table.Cell(template.name)), ("summary", Table.Cell(template.summary)), ("digest", Table.Cell(template.digest)),
            ("image", Table.Cell(SizeText.rounded(template.imageBytes))), ("least disk", Table.Cell(SizeText.rounded(template.minimumDiskBytes))),
            ("built", Table.Cell(template.builtAt)),
        ])
    }

    /// Enough to tell two apart: the algorithm and twelve digits.
    static func shortened(_ digest: String) -> String {
        guard let colon = digest.firstIndex(of: ":") else { return String(digest.prefix(12)) }
        return String(digest[...colon] + digest[digest.index(after: colon)...].prefix(12))
    }
}
