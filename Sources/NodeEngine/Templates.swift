internal import Disks
internal import NodeModel
internal import Templates

extension Engine {
    func templates() throws -> [TemplateObservation] { try TemplateLibrary(host.pool).list().map(\.observation) }

    func buildTemplate(_ name: String, progress: (Double, String) -> Void) throws -> TemplateObservation {
        do { return try TemplateBuilder(pool: host.pool, recipes: host.layout.recipes).build(name, progress: progress).observation } catch {
            let isUnknown = if case .unknownRecipe = error { true } else { false }
            throw NodeProblem(isUnknown ? .notFound : .templateBuildFailed, "\(error)")
        }
    }

    /// Disks that were made from it do not need it.
    func removeTemplate(_ name: String) throws {
        do { try TemplateLibrary(host.pool).remove(TemplateName(name)) } catch { throw NodeProblem(Host.code(of: error), "\(error)") }
    }
}
