internal import WardenProtocol

extension Step {
    /// For an error message: what was tried, on what.
    var explanation: String {
        switch self {
        case .execute(let arguments, _): "init \(text(arguments.first ?? []))"
        case .mount(let type, let path, _, _): "mount \(text(type)) at /\(text(path))"
        case .makeDirectory(let path, _), .makeFile(let path, _), .link(let path, _), .mask(let path), .makeReadOnly(let path): "\(name) /\(text(path))"
        case .unstage(let path): "\(name) at /\(text(path))"
        case .bindHost(let source, let path): "bind \(text(source)) at /\(text(path))"
        default: "\(name)"
        }
    }

    private func text(_ bytes: [UInt8]) -> String { String(decoding: bytes, as: UTF8.self) }
}
