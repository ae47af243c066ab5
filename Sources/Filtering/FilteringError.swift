package import Kernel
package import Netlinking

/// Why the firewall is not as it should be.
package enum FilteringError: Error, Equatable, CustomStringConvertible {
    /// nft(8) refused the base ruleset; nothing of it was applied. `output`: its own words.
    case rulesetRefused(table: String, exit: Exit, output: [String])
    /// nft(8) could not be started: is the package `nftables` installed?
    case programMissing(KernelError)
    /// The base ruleset is not loaded (or was flushed by somebody): load it, then admit again.
    case tableMissing(table: String)
    case kernel(NetlinkError)

    package var description: String {
        switch self {
        case .rulesetRefused(let table, let exit, let output): "nft refused the ruleset of table inet \(table) (status \(exit.shellStatus)): \(output.joined(separator: " / "))"
        case .programMissing(let error): "\(error); the package nftables is needed"
        case .tableMissing(let table): "table inet \(table) is not loaded, or not whole: load the base ruleset again"
        case .kernel(let error): error.description
        }
    }
}
