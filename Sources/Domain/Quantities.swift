/// What quotas, plans and nodes are counted in.
package enum Dimension: String, Sendable, CaseIterable {
    case vps, cpuMillicores, memoryBytes, diskBytes, addresses
}

/// An amount in each dimension. `addresses` counts IPv4 addresses; an IPv6 prefix is free.
package struct Quantities: Equatable, Sendable {
    package var vps: Int64
    package var cpuMillicores: Int64
    package var memoryBytes: Int64
    package var diskBytes: Int64
    package var addresses: Int64

    package init(vps: Int64 = 0, cpuMillicores: Int64 = 0, memoryBytes: Int64 = 0, diskBytes: Int64 = 0, addresses: Int64 = 0) {
        self.vps = vps
        self.cpuMillicores = cpuMillicores
        self.memoryBytes = memoryBytes
        self.diskBytes = diskBytes
        self.addresses = addresses
    }

    package static func += (left: inout Quantities, right: Quantities) { for dimension in Dimension.allCases { left[dimension] += right[dimension] } }

    package subscript(_ dimension: Dimension) -> Int64 {
        get {
            switch dimension {
            case .vps: vps
            case .cpuMillicores: cpuMillicores
            case .memoryBytes: memoryBytes
            case .diskBytes: diskBytes
            case .addresses: addresses
            }
        }
        set {
            switch dimension {
            case .vps: vps = newValue
            case .cpuMillicores: cpuMillicores = newValue
            case .memoryBytes: memoryBytes = newValue
            case .diskBytes: diskBytes = newValue
            case .addresses: addresses = newValue
            }
        }
    }
}
