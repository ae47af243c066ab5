internal import ArgumentParser
internal import Kernel
internal import NIOCore

@main enum Main {
    static func main() async {
        StandardStream.fillGaps()
        ThisProcess.ignoreBrokenPipes()
        NIOSingletons.groupLoopCountSuggestion = 1  // one connection at a time needs no more threads
        do {
            var command = try Roost.parseAsRoot()
            if var command = command as? any AsyncParsableCommand { try await command.run() } else { try command.run() }
        } catch {
            let failure = Failure(error)
            // Where this can't be written either, the status is all that is left to say.
            try? StandardStream.write(Array(failure.text.utf8), to: failure.isHelp ? StandardStream.output : StandardStream.errors)  // see above
            ThisProcess.end(status: failure.status)
        }
        ThisProcess.end(status: ExitStatus.ok.rawValue)
    }
}
