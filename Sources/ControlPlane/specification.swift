internal import Domain
package import NodeModel
package import Store

/// The one function that turns an admitted record into what a node is given.
package func specification(of record: VPSRecord, under policy: Policy) -> VPSSpecification {
    VPSSpecification(
        id: record.id, generation: record.generation, power: record.power, hostname: record.hostname, template: record.template,
        templateDigest: record.templateDigest,
        limits: VPSSpecification.Limits(
            cpuMillicores: record.terms.cpuMillicores, cpuWeight: record.terms.cpuWeight, memoryBytes: record.terms.memoryBytes, swapBytes: record.terms.swapBytes,
            processes: record.terms.processes),
        diskBytes: record.terms.diskBytes, idBase: policy.idBase + UInt32(record.idSlot) * VPSSpecification.idCount, addresses: record.addresses, nameServers: policy.nameServers,
        sshKeys: record.sshKeys, nesting: record.terms.nesting)
}
