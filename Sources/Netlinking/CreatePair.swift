internal import CNetlink
package import Kernel

/// A veth pair (veth(4)) whose other end is born in another network namespace, under its final name.
package struct PairRequest: Sendable, Equatable {
    package var name: InterfaceName
    package var address: MACAddress
    package var peerName: InterfaceName
    package var peerAddress: MACAddress
    /// Bytes.
    package var maximumTransmissionUnit: UInt32

    package init(name: InterfaceName, address: MACAddress, peerName: InterfaceName, peerAddress: MACAddress, maximumTransmissionUnit: UInt32) {
        self.name = name
        self.address = address
        self.peerName = peerName
        self.peerAddress = peerAddress
        self.maximumTransmissionUnit = maximumTransmissionUnit
    }

    /// Both ends get one queue each way: the default is one for each CPU that the host might have, two kilobytes and eight
    /// sysfs objects each, and without a queueing discipline none but the first is used.
    package func message(peerNamespace: Int32) -> NetlinkMessage {
        var message = NetlinkMessage(type: RTM_NEWLINK, flags: NLM_F_CREATE | NLM_F_EXCL | NLM_F_ACK, fixed: linkHeader())
        attributes(&message, name, address)
        message.nested(Int(IFLA_LINKINFO)) { message in
            message.attribute(Int(IFLA_INFO_KIND), Array("veth".utf8))
            message.nested(Int(IFLA_INFO_DATA)) { message in
                message.nested(Int(VETH_INFO_PEER), fixed: linkHeader()) { message in
                    attributes(&message, peerName, peerAddress)
                    message.attribute(Int(IFLA_NET_NS_FD), UInt32(bitPattern: peerNamespace))
                }
            }
        }
        return message
    }

    private func attributes(_ message: inout NetlinkMessage, _ name: InterfaceName, _ address: MACAddress) {
        message.attribute(Int(IFLA_IFNAME), text: name.text)
        message.attribute(Int(IFLA_ADDRESS), address.bytes)
        message.attribute(Int(IFLA_MTU), maximumTransmissionUnit)
        message.attribute(Int(IFLA_NUM_TX_QUEUES), 1)
        message.attribute(Int(IFLA_NUM_RX_QUEUES), 1)
    }
}

/// `struct ifinfomsg`.
func linkHeader(index: UInt32 = 0, flags: UInt32 = 0, change: UInt32 = 0) -> [UInt8] {
    [UInt8(AF_UNSPEC), 0] + native(UInt16(0)) + native(index) + native(flags) + native(change)
}

extension NetlinkSocket {
    /// Refused with EEXIST when either name is taken.
    package func createPair(_ request: PairRequest, peerIn namespace: borrowing NetworkNamespace) throws(NetlinkError) {
        _ = try self.request(request.message(peerNamespace: namespace.descriptor.number), "create veth pair", request.name.text)
    }
}
