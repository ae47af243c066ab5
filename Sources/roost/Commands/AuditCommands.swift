internal import APIClient
internal import APIModel
internal import ArgumentParser

struct AuditCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(commandName: "audit", abstract: "Who did what, when, from where.", subcommands: [List.self, Verify.self])

    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Shows the latest changes with who made them, from where, and what they changed.")
        @OptionGroup var latest: LatestOptions
        @Option(help: ArgumentHelp("Only of this: a tenant, or tenant/name of a VPS.", valueName: "subject"))
        var subject: String?
        @OptionGroup var connection: ConnectionOptions
        @OptionGroup var output: OutputOptions

        func run() async throws {
            let events = try await connection.client().events(of: latest.tenant, limit: latest.limit, subject: subject)
            try output.print(events) { Self.table(events).text($0) }
        }

        static func table(_ events: [Event]) -> Table {
            Table(
                ["id", "at", "actor", "from", "request", "kind", "subject", "changed"],
                events.map { event in
                    [
                        Table.Cell("\(event.id)"), Table.Cell(event.at), Table.Cell(event.actor), Table.Cell(event.source ?? ""), Table.Cell(event.request ?? ""), Table.Cell(event.kind), Table.Cell(event.subject),
                        Table.Cell(changes(event)),
                    ]
                })
        }

        /// "desiredState running → stopped, generation 1 → 2"; of what was made or is gone all that it was.
        static func changes(_ event: Event) -> String {
            let names = Swift.Set(event.before?.keys ?? [:].keys).union(event.after?.keys ?? [:].keys).sorted()
            let changed = names.map { name in
                switch (event.before?[name], event.after?[name]) {
                case (let before?, let after?): "\(name) \(shown(before)) → \(shown(after))"
                case (let before?, nil): "\(name) \(shown(before))"
                case (nil, let after?): "\(name) \(shown(after))"
                case (nil, nil): ""
                }
            }.joined(separator: ", ")
            return changed.isEmpty ? event.detail : changed
        }

        private static func shown(_ value: String) -> String { value.isEmpty ? "none" : value }
    }

    struct Verify: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Computes the log's chain of hashes again.",
            discussion: "Each event holds the hash of all before it, so that none can be changed, taken out or put in without its being seen. Note the head that is printed where nobody on this host can write, and give it later with --head: then it must be in the chain still.")
        @Option(help: ArgumentHelp("A head that was noted earlier.", valueName: "hash"))
        var head: String?
        @OptionGroup var connection: ConnectionOptions
        @OptionGroup var output: OutputOptions

        func run() async throws {
            let verdict = try await connection.client().verifyEvents(head: head)
            try output.print(verdict) { _ in Self.words(verdict) }
            if !verdict.isWhole { throw Ended(status: ExitStatus.failed.rawValue) }
        }

        static func words(_ verdict: EventVerdict) -> String {
            if let place = verdict.brokenAt { return "event \(place) is not what it was, or does not follow the one before it\n" }
            if !verdict.isWhole { return "the \(verdict.events) events are whole, but the head that was noted is not among them: the log was made anew\n" }
            return "\(verdict.events) events, all as they were\nhead: \(verdict.head)\n"
        }
    }
}
