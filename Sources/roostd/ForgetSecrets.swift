internal import ArgumentParser
internal import Domain
internal import Foundation
internal import Settings
internal import Store

struct ForgetSecrets: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "forget-secrets",
        abstract: "Give up all second factors and all webhooks, where the key is lost that they are sealed with.",
        discussion: "roostd does not start without that key (secrets.key beside the database). It must not run meanwhile; at its next start it makes another one.")

    @Option(name: .long, help: "The settings' file, instead of $ROOST_CONFIG or \(Settings.defaultPath).")
    var config: String?

    @Flag(help: "Do it: users log in with their passwords alone then, and webhooks have to be made anew.")
    var yes = false

    func validate() throws {
        guard yes else { throw ValidationError("this ends the second factor of every user, and deletes every webhook: say --yes, if the key cannot be had any more") }
    }

    func run() throws {
        let database = try Settings.load(path: config, environment: ProcessInfo.processInfo.environment).api.database
        let folder = try StateFolder(URL(fileURLWithPath: database).deletingLastPathComponent().path)
        let forgotten = try Store.forgetSecrets(path: database, holding: folder, by: "roostd forget-secrets")
        for user in forgotten.users { print("user \(user): no second factor any more") }
        for webhook in forgotten.webhooks { print("webhook \(webhook): deleted") }
        print("Nothing is sealed any more.")
    }
}
