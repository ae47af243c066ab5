internal import CNetlink
internal import Glibc

/// What the kernel says of one network interface.
package struct Link: Sendable, Equatable {
    package var index: UInt32
    package var name: String
    /// A veth's other end, in whichever namespace that is; 0 for none.
    package var peerIndex: UInt32
    package var isUp: Bool
    /// Frames are passed on: up, and the kernel's worker has noticed that the other end is, too.
    package var isOperational: Bool
    package var statistics: LinkStatistics?

    init?(_ reply: NetlinkReply) {
        guard reply.type == UInt16(RTM_NEWLINK), let index: UInt32 = NetlinkReply.integer(reply.payload.dropFirst(4)),
            let flags: UInt32 = NetlinkReply.integer(reply.payload.dropFirst(8))
        else { return nil }
        let attributes = reply.attributes(after: 16)
        guard let name = attributes[Int(IFLA_IFNAME)] else { return nil }
        self.index = index
        self.name = String(decoding: name.prefix { $0 != 0 }, as: UTF8.self)
        peerIndex = attributes[Int(IFLA_LINK)].flatMap(NetlinkReply.integer) ?? 0
        isUp = flags & 1 != 0  // IFF_UP
        isOperational = attributes[Int(IFLA_OPERSTATE)] == [6]  // IF_OPER_UP, RFC 2863
        statistics = attributes[Int(IFLA_STATS64)].flatMap(LinkStatistics.init)
    }
}

extension NetlinkSocket {
    /// Nil: there is none of this name.
    package func link(named name: InterfaceName) throws(NetlinkError) -> Link? {
        var message = NetlinkMessage(type: RTM_GETLINK, flags: NLM_F_ACK, fixed: linkHeader())
        message.attribute(Int(IFLA_IFNAME), text: name.text)
        return try link(message, name.text)
    }

    /// Nil: there is none of this number.
    package func link(index: UInt32) throws(NetlinkError) -> Link? {
        try link(NetlinkMessage(type: RTM_GETLINK, flags: NLM_F_ACK, fixed: linkHeader(index: index)), "number \(index)")
    }

    private func link(_ message: NetlinkMessage, _ subject: String) throws(NetlinkError) -> Link? {
        var message = message
        message.attribute(Int(IFLA_EXT_MASK), UInt32(RTEXT_FILTER_SKIP_STATS))  // those of each address family
        do throws(NetlinkError) {
            guard let link = try request(message, "look at link", subject).lazy.compactMap(Link.init).first else { throw .malformed(operation: "look at link", subject: subject) }
            return link
        } catch {
            if error.isNoDevice { return nil }
            throw error
        }
    }

    /// All whose names begin with the prefix: also those of VPSes that nobody knows any more.
    package func links(prefix: InterfacePrefix) throws(NetlinkError) -> [Link] { try links().filter { $0.name.hasPrefix(prefix.text) } }

    /// All of the namespace. If they change meanwhile: again.
    package func links() throws(NetlinkError) -> [Link] {
        var message = NetlinkMessage(type: RTM_GETLINK, flags: NLM_F_DUMP, fixed: linkHeader())
        message.attribute(Int(IFLA_EXT_MASK), UInt32(RTEXT_FILTER_SKIP_STATS))
        while true {
            do { return try request(message, "list", "links").compactMap(Link.init) } catch {
                if error.code != EINTR { throw error }
            }
        }
    }
}

extension NetlinkError {
    /// ENODEV: the kernel's word for "no such interface".
    var isNoDevice: Bool { code == ENODEV }
}
