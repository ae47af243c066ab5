internal import Disks
internal import NodeModel
internal import Templates

extension Engine {
    func templates() throws -> [TemplateObservation] { try TemplateLibrary(host.pool).list().map(\.observation) }

    func buildTemplate(_ name: String, progress: (Double, String) -> Void) throws -> TemplateObservation {
        let builder = TemplateBuilder(pool: host.pool, recipes: host.layout.recipes)
        do { return try builds.during(name) { try builder.build(name, until: $0, progress: progress).observation } } catch let error as TemplateError {
            throw NodeProblem(error.code, "\(error)")
        }
    }

    func cancelTemplateBuild(_ name: String) { builds.stop(name) }

    /// Disks that were made from it do not need it.
    func removeTemplate(_ name: String) throws {
        do { try TemplateLibrary(host.pool).remove(TemplateName(name)) } catch { throw NodeProblem(Host.code(of: error), "\(error)") }
    }
}

extension TemplateError {
    fileprivate var code: NodeProblem.Code {
        switch self {
        case .unknownRecipe: .notFound
        case .cancelled: .cancelled
        default: .templateBuildFailed
        }
    }
}
