/// How a guest's init ended, from the first line of its warden's record: "code status" as waitid(2) says them.
enum Ending: Equatable {
    /// `poweroff` and `halt` in a pid namespace end its init by SIGINT, `reboot` by SIGHUP (reboot(2)).
    case poweredOff
    case rebooted
    case exited(Int32)
    case killed(signal: Int32)
    /// There is no record: the warden died, or the host did.
    case unknown

    init(record: String) {
        let numbers = (record.split(separator: "\n").first ?? "").split(separator: " ").compactMap { Int32($0) }
        guard numbers.count == 2 else { self = .unknown; return }
        switch (numbers[0], numbers[1]) {
        case (1, let status): self = .exited(status)
        case (2, 2), (3, 2): self = .poweredOff
        case (2, 1), (3, 1): self = .rebooted
        case (2, let signal), (3, let signal): self = .killed(signal: signal)
        default: self = .unknown
        }
    }

    /// What becomes of the VPS when nobody asked for the end.
    var consequence: Consequence {
        switch self {
        case .poweredOff: .stop(reason: "the guest powered itself off", failed: false)
        case .rebooted: .startAgain
        case .exited(0): .stop(reason: "the guest's init ended", failed: false)
        case .exited(let status): .stop(reason: "the guest's init ended with status \(status)", failed: true)
        case .killed(let signal): .stop(reason: "the guest's init was killed by signal \(signal)", failed: true)
        case .unknown: .stop(reason: "the guest ended, and nobody saw how", failed: true)
        }
    }

    /// For a tenant.
    func explanation(lastWords: String?) -> String {
        let reason = if case .stop(let reason, _) = consequence { reason } else { "the guest rebooted at once" }
        return [reason, lastWords].compactMap(\.self).joined(separator: "; the last that its console said: ")
    }

    enum Consequence: Equatable {
        case startAgain
        case stop(reason: String, failed: Bool)
    }
}
