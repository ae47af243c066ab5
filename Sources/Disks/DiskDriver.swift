package import Kernel
package import NodeModel

/// A way to keep VPSes' disks in a pool. Every verb can be repeated: already so is success. All block for milliseconds: call them
/// from a thread that may.
package protocol DiskDriver: Sendable {
    /// A disk of exactly `bytes` (whole blocks of 4096), made from a template; one that is complete is kept as it is.
    /// `digest`: refused when the template has another.
    func create(_ id: VPSID, from template: TemplateName, digest: String?, bytes: Int64) throws(DiskError)
    /// Before a start. Throws `busy` when it is attached anywhere: a file system mounted twice is destroyed.
    func attach(_ id: VPSID) throws(DiskError) -> MountedDisk
    func isAttached(_ id: VPSID) throws(DiskError) -> Bool
    /// The disk and all that was kept beside it. Throws `busy` while it is attached; already gone is success.
    func remove(_ id: VPSID) throws(DiskError)
    /// Those that have a complete disk.
    func list() throws(DiskError) -> [VPSID]
    func usage(_ id: VPSID) throws(DiskError) -> DiskUsage
}

package struct DiskUsage: Sendable, Equatable {
    /// What the guest was given.
    package let bytes: Int64
    /// What its image takes in the pool; blocks still shared with the template are counted too.
    package let allocatedBytes: Int64
}

/// A VPS's file system, mounted, but attached nowhere: no mount table shows it. The disk is free again when this and all
/// mounts made of it are gone.
package struct MountedDisk: ~Copyable, Sendable {
    package let id: VPSID
    /// For open_tree(2), mount_setattr(2) and move_mount(2); opened for paths only.
    package let mount: Descriptor

    package consuming func release() -> Descriptor { mount }

    /// Its root, for writing to it from the host: every name is confined to it.
    package func root() throws(DiskError) -> Directory {
        try attempt("opening the disk of VPS \(id)") { () throws(KernelError) in
            try Directory(mount.duplicate(), called: "").directory(".")
        }
    }
}

extension DiskDriver {
    /// False: it is still attached after `timeout`. Unmounting takes 8 to 25 ms after the last process ended.
    package func waitUntilDetached(_ id: VPSID, timeout: Duration) async throws -> Bool {
        let end = ContinuousClock.now + timeout
        while try isAttached(id) {
            if ContinuousClock.now >= end { return false }
            try await Task.sleep(for: .milliseconds(2))
        }
        return true
    }

    /// As `attach`, but waits for a disk that is about to be free.
    package func attach(_ id: VPSID, waiting timeout: Duration) async throws -> MountedDisk {
        let end = ContinuousClock.now + timeout
        while true {
            do { return try attach(id) } catch {
                guard error == .busy(id), ContinuousClock.now < end else { throw error }
            }
            try await Task.sleep(for: .milliseconds(2))
        }
    }
}
