internal import APIClient
internal import APIModel
internal import ArgumentParser

struct TemplateCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "template", abstract: "The operating systems that VPSes are made from.", subcommands: [Build.self, List.self, Show.self, Delete.self])

    struct Build: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Builds a template by its recipe.")
        @Argument(help: "The recipe's name, such as debian-12 or busybox.", transform: NameText.parse) var name: String
        @OptionGroup var options: LongVerbOptions

        func run() async throws {
            let name = name
            try await options.run({ "template \(Visible.text($0.subject)) built" }) { client, wait in
                try await client.buildTemplate(TemplateBuild(name: name), wait: wait)
            }
        }
    }

    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Shows the templates that are built.")
        @OptionGroup var connection: ConnectionOptions
        @OptionGroup var output: OutputOptions

        func run() async throws {
            let templates = try await connection.client().templates()
            try output.print(templates) { TemplateText.table(templates).text($0) }
        }
    }

    struct Show: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Shows one template.")
        @Argument(transform: NameText.parse) var name: String
        @OptionGroup var connection: ConnectionOptions
        @OptionGroup var output: OutputOptions

        func run() async throws {
            let template = try await connection.client().template(name)
            try output.print(template) { TemplateText.details(template).text($0) }
        }
    }

    struct Delete: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Removes a template. VPSes made from it stay.")
        @Argument(transform: NameText.parse) var name: String
        @OptionGroup var connection: ConnectionOptions
        @OptionGroup var confirmation: ConfirmationOptions

        func run() async throws {
            let client = try connection.client()
            try Confirmation.ask("Delete template \(Visible.text(name))?", unless: confirmation.yes)
            try await client.deleteTemplate(name)
            try Screen.print("template \(Visible.text(name)) deleted\n")
        }
    }
}
