package import Disks
package import Kernel

/// Why there is no template, or no recipe to make it from.
package enum TemplateError: Error, Equatable {
    case unknownRecipe(String, known: [String])
    /// `line` counts from 1.
    case badRecipe(file: String, line: Int?, why: String)
    /// One is built at a time; also while a build of an ended node still runs.
    case buildRunning
    /// Somebody stopped the build.
    case cancelled
    case builder(String, Exit, lastLines: [String])
    case noSources(suite: String, directory: String)
    case notStatic(String)
    case kernel(doing: String, KernelError)
    case pool(DiskError)
}

extension TemplateError: CustomStringConvertible {
    package var description: String {
        switch self {
        case .unknownRecipe(let name, let known): "there is no recipe \(name.debugDescription); there are: \(known.joined(separator: ", "))"
        case .badRecipe(let file, let line, let why): "\(file)\(line.map { ":\($0)" } ?? ""): \(why)"
        case .buildRunning: "a template is being built: wait for it to end"
        case .cancelled: "the build was cancelled"
        case .builder(let name, let exit, let lines): "\(name) failed (\(exit)): \(lines.joined(separator: " / "))"
        case .noSources(let suite, let directory): "\(directory) names no network source for \(suite): the guest's packages would come from nowhere"
        case .notStatic(let file): "\(file) needs shared libraries: install the package busybox-static"
        case .kernel(let doing, let error): "\(doing): \(error)"
        case .pool(let error): "\(error)"
        }
    }
}

func attempt<Result: ~Copyable>(_ doing: @autoclosure () -> String, _ body: () throws(KernelError) -> Result) throws(TemplateError) -> Result {
    do { return try body() } catch {
        if error.code == KernelError.noSpace { throw .pool(.poolFull(doing: doing())) }
        throw .kernel(doing: doing(), error)
    }
}

func inPool<Result: ~Copyable>(_ body: () throws(DiskError) -> Result) throws(TemplateError) -> Result {
    do { return try body() } catch { throw .pool(error) }
}
