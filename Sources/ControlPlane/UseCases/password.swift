package import Domain
internal import NodeModel
internal import Store

extension ControlPlane {
    /// chpasswd(8), or passwd(1) where a guest has only that; what they read is no argument that others could see.
    private static let takePassword = #"""
        if command -v chpasswd >/dev/null; then exec chpasswd; fi
        IFS= read -r line; printf '%s\n%s\n' "${line#root:}" "${line#root:}" | passwd root
        """#

    /// By the guest's own programs: only there is it kept, as the guest keeps it.
    package func setRootPassword(_ scope: Scope, tenant: Name, name: Name, _ password: Password) async throws(ControlPlaneError) {
        let id = try await streamable(scope, tenant, name)
        if WriteTerms.current.isRehearsal { throw .rehearsed }
        let place = try await tried { try streamCount.enter(scope) }
        defer { withExtendedLifetime(place) {} }
        try await tried { try await note(scope, Access(kind: "vps.password.requested", id: id, detail: "root")) }  // whatever the guest makes of it
        let end = try await tried { try await run(["sh", "-c", Self.takePassword], in: id, input: "root:\(password.text)\n") }
        guard end.status == 0 else {
            let words = end.words.contains(password.text) ? "" : end.words  // it may have said what it read
            throw .refused(.wrongState("the guest did not take it\(words.isEmpty ? "" : ": \(words)")"))
        }
    }
}
