internal import CNetlink

extension NetlinkSocket {
    /// With its other end, wherever that is. Already gone is success.
    package func deleteLink(_ name: InterfaceName) throws(NetlinkError) {
        var message = NetlinkMessage(type: RTM_DELLINK, flags: NLM_F_ACK, fixed: linkHeader())
        message.attribute(Int(IFLA_IFNAME), text: name.text)
        do { _ = try request(message, "delete link", name.text) } catch {
            if !error.isNoDevice { throw error }
        }
    }
}
