package import NodeModel

/// What a node keeps beside each disk: the last specification that it accepted. With it the node starts, after a
/// reboot of the host, what ran before, without the control plane.
package struct Record: Codable, Sendable, Equatable {
    package var specification: VPSSpecification
    /// What its template said when the disk was made from it; the template may be rebuilt or gone since.
    package var guest: GuestTemplate
    /// The guest powered itself off since; not started again until a newer generation asks for it.
    package var haltedByGuest = false
    /// Everything of it is going; begun removals are finished at the next start.
    package var removing = false
    package var restart: Restart?
    /// Why the last start failed, in words.
    package var failure: String?

    package init(_ specification: VPSSpecification, guest: GuestTemplate) {
        self.specification = specification
        self.guest = guest
    }

    /// Noted before the stop: a guest that ends meanwhile has been told to, whoever sees it.
    package struct Restart: Codable, Sendable, Equatable {
        package var operation: String
        /// The init that was to end; nil: none ran.
        package var replaced: Int32?
        /// Until the start is done.
        package var isUnderway = true
    }
}
