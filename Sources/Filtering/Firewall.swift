internal import CNetlink
internal import Glibc
package import Netlinking

/// The project's table in one network namespace, through one socket. For one thread at a time.
package struct Firewall: ~Copyable {
    package let table: TableName
    private let socket: NetlinkSocket
    private let messages: TableMessages

    /// In the calling thread's network namespace.
    package init(_ table: TableName) throws(FilteringError) {
        self.table = table
        messages = TableMessages(table)
        do { socket = try NetlinkSocket(.netfilter) } catch { throw .kernel(error) }
    }

    /// Lets the VPS's own sources through: before its link goes up. What is there already is success.
    package func admit(_ admission: Admission) throws(FilteringError) {
        do { try change(admission.elements.map(messages.add), "admit", admission.link.text) } catch {
            throw error.code == ENOENT ? .tableMissing(table: table.text) : .kernel(error)
        }
    }

    /// After the link is gone. What is gone already is success.
    package func revoke(_ admission: Admission) throws(FilteringError) { try delete(admission.elements, admission.link.text) }

    /// Everything that any set knows of this link, whatever it was admitted with: for leftovers.
    package func revoke(link: InterfaceName) throws(FilteringError) {
        var found: [SetElement] = []
        for set in SetElement.Name.allCases { found += try list(set).map(\.element).filter { $0.link == link.text } }
        try delete(found, link.text)
    }

    /// False: nothing filters. Somebody has flushed the host's whole ruleset, or it was never loaded.
    package func isLoaded() throws(FilteringError) -> Bool {
        do { _ = try socket.request(messages.lookAtTable(), "look at table", table.text) } catch {
            if error.code == ENOENT { return false }
            throw .kernel(error)
        }
        return true
    }

    /// The links that any set knows, sorted.
    package func admitted() throws(FilteringError) -> [String] {
        var links: Set<String> = []
        for set in SetElement.Name.allCases { links.formUnion(try list(set).map(\.element.link)) }
        return links.sorted()
    }

    /// What was refused from each link because its source was not the link's own, since it was admitted.
    package func refused() throws(FilteringError) -> [String: ListedElement.Counter] {
        Dictionary(try list(.links).compactMap { listed in listed.counter.map { (listed.element.link, $0) } }) { _, last in last }
    }

    /// With all its chains, sets and elements. Already gone is success.
    package func removeTable() throws(FilteringError) {
        do { try change([messages.deleteTable()], "remove table", table.text) } catch { if error.code != ENOENT { throw .kernel(error) } }
    }

    /// One transaction. If one of them is gone already the kernel refuses all: then each alone.
    private func delete(_ elements: [SetElement], _ subject: String) throws(FilteringError) {
        if elements.isEmpty { return }
        do { return try change(elements.map(messages.delete), "revoke", subject) } catch { if error.code != ENOENT { throw .kernel(error) } }
        for element in elements {
            do { try change([messages.delete(element)], "revoke", subject) } catch { if error.code != ENOENT { throw .kernel(error) } }
        }
    }

    private func change(_ changes: [NetlinkMessage], _ operation: String, _ subject: String) throws(NetlinkError) {
        try socket.batch(opening: TableMessages.begin, changes, closing: TableMessages.end, operation, subject)
    }

    private func list(_ set: SetElement.Name) throws(FilteringError) -> [ListedElement] {
        while true {
            do { return try socket.request(messages.list(set), "list set", "\(table) \(set)").flatMap { ListedElement.all(in: $0, of: set) } } catch {
                if error.code == ENOENT { return [] }  // no table: nobody is admitted
                if error.code != EINTR { throw .kernel(error) }  // changed while it was read: again
            }
        }
    }
}
