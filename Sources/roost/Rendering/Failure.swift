internal import APIClient
internal import APIModel
internal import ArgumentParser
internal import Kernel

/// How the program ends after an error: what it says, where, and its status.
struct Failure: Equatable {
    let status: Int32
    let text: String
    var isHelp = false

    init(_ error: any Error) {
        switch error {
        case let problem as Problem: self.init(ExitStatus(problem.code), ProblemText.text(problem))
        case let failed as OperationFailed: self.init(ExitStatus(failed.problem.code), ProblemText.text(failed.problem, during: failed.operation.id))
        case let lost as OperationLost: self.init(.unreachable, ProblemText.text(lost.cause) + lost.advice + "\n")
        case let none as NoDoctor: self.init(.unreachable, ProblemText.text(none.cause) + "On its host, `roost-node doctor` examines without roostd.\n")
        case let unreachable as Unreachable: self.init(.unreachable, ProblemText.text(unreachable))
        case let answer as UnexpectedAnswer: self.init(.failed, ProblemText.text(answer))
        case let ended as Ended: self.init(status: ended.status, text: ended.words.map { "roost: \($0)\n" } ?? "")
        case let error as KernelError where error.code == KernelError.brokenPipe:
            self.init(status: 128 + Signal.brokenPipe.rawValue, text: "")  // the reader left; it needs no words
        case let error as KernelError: self.init(.failed, "roost: \(Visible.text(error.description)) [failed]\n")
        case let error as InvalidValue: self.init(.usage, "roost: \(Visible.text(error.description)) [usage]\n")
        default: self.init(parsing: error)
        }
    }

    private init(status: Int32, text: String) {
        self.status = status
        self.text = text
    }

    private init(_ status: ExitStatus, _ text: String) { self.init(status: status.rawValue, text: text) }

    /// ArgumentParser's own: help, or a command line that is not valid.
    private init(parsing error: any Error) {
        var text = Roost.fullMessage(for: error)
        if text.hasPrefix("Error: ") { text = "roost: " + text.dropFirst("Error: ".count) }
        if !text.isEmpty && !text.hasSuffix("\n") { text += "\n" }
        switch Roost.exitCode(for: error) {
        case .success:
            self.init(.ok, text)
            isHelp = true
        case .validationFailure: self.init(.usage, text)
        default: self.init(.failed, text)
        }
    }
}

/// The program ends with this status, which is not its own: a guest's command's, a signal's.
struct Ended: Error, Equatable {
    let status: Int32
    var words: String?
}
