package import Kernel

package enum FilterError: Error, Equatable, CustomStringConvertible {
    /// A setting that does not belong into a ruleset.
    case badSetting(String)
    /// nft(8) refused: its words.
    case refused(String)
    /// The kernel refused an element: errno.
    case element(String, code: Int32)
    /// libnl could not talk to the kernel.
    case socket(code: Int32)
    case kernel(KernelError)

    package var description: String {
        switch self {
        case .badSetting(let text): "\(text.debugDescription) is not fit for a firewall rule: names are a–z, 0–9, - and _; networks are in CIDR notation"
        case .refused(let words): "the firewall rules could not be loaded: \(words)"
        case .element(let name, let code): "cannot change the firewall's entry for \(name): \(KernelError.meaning(of: code))"
        case .socket(let code): "cannot talk to the kernel's firewall (libnl error \(code))"
        case .kernel(let error): "\(error)"
        }
    }
}
