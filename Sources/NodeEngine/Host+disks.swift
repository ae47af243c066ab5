internal import Disks
internal import Foundation
internal import Kernel
internal import NodeModel

extension Host {
    func makeDisk(_ specification: VPSSpecification) throws {
        do { try disks.create(specification.id, from: TemplateName(specification.template), digest: specification.templateDigest, bytes: specification.diskBytes) } catch {
            throw NodeProblem(Self.code(of: error), "\(error)")
        }
    }

    func guestTemplate(_ specification: VPSSpecification) throws -> GuestTemplate {
        do {
            let template = try TemplateLibrary(pool).read(TemplateName(specification.template))
            return GuestTemplate(initPath: template.initPath, shutdownSignal: template.shutdownSignal, firstBoot: template.firstBoot)
        } catch { throw NodeProblem(Self.code(of: error), "\(error)") }
    }

    /// A detached mount of the disk, made its VPS's own. A guest that has filled its disk, or turned its own folders into
    /// links, is started as it is once it has been prepared before: what it did to itself is its own.
    func attachPreparedDisk(_ specification: VPSSpecification, _ steps: [FirstBootStep]) throws -> Descriptor {
        let disk = try disks.attach(specification.id)
        let servers = specification.nameServers.isEmpty ? Self.ownNameServers() : specification.nameServers
        let identity = try GuestIdentity(id: specification.id, hostname: specification.hostname, nameServers: servers, sshKeys: specification.sshKeys)
        try FirstBoot.prepare(try disk.root(), as: identity, steps: steps)
        return disk.release()
    }

    /// The unmounting goes on for some milliseconds after the guest's last process has ended.
    func waitUntilDiskDetached(_ id: VPSID) throws {
        for _ in 0..<5000 {
            if try !disks.isAttached(id) { return }
            Thread.sleep(forTimeInterval: 0.002)
        }
        throw NodeProblem(.busy, "the disk of VPS \(id) is still attached: another process holds a copy of its mount")
    }

    func hasDisk(_ id: VPSID) throws -> Bool { try disks.list().contains(id) }

    func removeDisk(_ id: VPSID) throws { try disks.remove(id) }

    static func code(of error: DiskError) -> NodeProblem.Code {
        switch error {
        case .poolFull: .poolFull
        case .templateMissing, .templateChanged, .badName: .templateMissing
        case .diskTooSmall, .diskDiffers, .badIdentity: .invalid
        case .busy: .busy
        default: .failed
        }
    }

    /// Those of the host that a guest can reach too: of a resolver on the host's loopback, as systemd-resolved is one, those
    /// that it asks itself.
    private static func ownNameServers() -> [String] {
        let files = ["/etc/resolv.conf", "/run/systemd/resolve/resolv.conf"].lazy.map { (try? HostFile.readText($0)) ?? "" }  // no file: no servers
        return files.map(reachableNameServers).first { !$0.isEmpty } ?? []
    }

    /// resolv.conf(5)
    static func reachableNameServers(_ text: String) -> [String] {
        text.split(separator: "\n").compactMap { line in
            let words = line.split { $0 == " " || $0 == "\t" }.map(String.init)
            guard words.count > 1, words[0] == "nameserver", !words[1].hasPrefix("127."), words[1] != "::1" else { return nil }
            return words[1]
        }
    }
}
