package import Domain
internal import GRDB
package import NodeModel

extension Store {
    /// The node and the pools that the settings name; pools that they no longer name lease no more. Refused where the ids
    /// of VPSes that there are would move.
    package func adopt(node: String, idBase: UInt32, pools: [AddressPool]) async throws {
        try await pool.write { db in
            let known = try Int64.fetchOne(db, cached: "SELECT id_base FROM nodes n WHERE name = ? AND EXISTS (SELECT 1 FROM vpses WHERE node_id = n.id)", arguments: [node])
            if let known, known != Int64(idBase) { throw Refusal.wrongState("node.idBase is \(idBase), but the VPSes of node \(node) were made with \(known): put it back") }
            try db.execute(cached: "INSERT INTO nodes (name, id_base) VALUES (?, ?) ON CONFLICT DO UPDATE SET id_base = excluded.id_base", arguments: [node, idBase])
            try db.execute(cached: "UPDATE address_pools SET leasing = 0")
            for pool in pools {
                try db.execute(
                    cached: "INSERT INTO address_pools (network, family, leasing) VALUES (?, ?, 1) ON CONFLICT DO UPDATE SET leasing = 1",
                    arguments: ["\(pool.network)", pool.family.rawValue])
            }
        }
    }

    package func recordCapacity(_ capacity: NodeCapacity, ofNode name: String) async throws {
        try await pool.write { [now] db in
            let node = try NodeRecord.named(name, db)
            try db.execute(
                cached: """
                    UPDATE nodes SET hostname = ?, version = ?, kernel = ?, cgroup_version = ?, cpu_millicores = ?, memory_bytes = ?, pool_bytes = ?, pool_free_bytes = ?,
                        observed_at = ? WHERE id = ?
                    """,
                arguments: [
                    capacity.hostname, capacity.version, capacity.kernel, capacity.cgroupVersion, capacity.cpuMillicores, capacity.memoryBytes, capacity.poolBytes,
                    capacity.poolFreeBytes, now(), node.id,
                ])
        }
    }
}
