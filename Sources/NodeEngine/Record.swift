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
    /// The last restart whose stop is done; what is left of it is the start.
    package var restart: String?
    /// Why the last start failed, in words.
    package var failure: String?

    package init(_ specification: VPSSpecification, guest: GuestTemplate) {
        self.specification = specification
        self.guest = guest
    }
}
