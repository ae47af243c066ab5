internal import APIModel
internal import ArgumentParser

/// Of what grows without end: whose, and how much.
struct LatestOptions: ParsableArguments {
    @Option(parsing: .unconditional, help: ArgumentHelp("How many at most (default: \(Paging.standardLimit)).", valueName: "number"), transform: CountText.parseLimit)
    var limit: Int?
    @Option(help: ArgumentHelp("Only this tenant's, which the tenant may see, too.", valueName: "name"), transform: NameText.parse)
    var tenant: String?
}
