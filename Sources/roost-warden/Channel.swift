internal import CKernel

/// One packet and the descriptors that came with it.
struct Packet {
    var bytes: [UInt8]
    var descriptors: [Int32]
}

/// A SOCK_SEQPACKET socket: whole messages, with descriptors.
struct Channel {
    let descriptor: Int32

    func send(_ bytes: [UInt8], _ descriptors: [Int32] = []) throws(Failure) {
        let result = unsafe bytes.withUnsafeBytes { bytes in
            unsafe descriptors.withUnsafeBufferPointer { unsafe ck_send(descriptor, bytes.baseAddress, bytes.count, $0.baseAddress, Int32($0.count)) }
        }
        try checked(result)
    }

    /// No bytes: the other side is gone.
    func receive(atMost limit: Int) throws(Failure) -> Packet {
        let room = 32
        var descriptors = [Int32](repeating: -1, count: room)
        var count = Int32(room)
        var bytes = [UInt8](repeating: 0, count: limit)
        let length = unsafe bytes.withUnsafeMutableBytes { bytes in
            unsafe descriptors.withUnsafeMutableBufferPointer { unsafe ck_receive(descriptor, bytes.baseAddress, bytes.count, $0.baseAddress, &count) }
        }
        try checked(length)
        return Packet(bytes: Array(bytes[0..<length]), descriptors: Array(descriptors[0..<Int(count)]))
    }

    static func pair() throws(Failure) -> (Channel, Channel) {
        var first: [Int32] = [-1, -1]
        let result = unsafe first.withUnsafeMutableBufferPointer { unsafe ck_packet_pair($0.baseAddress) }
        try checked(result)
        return (Channel(descriptor: first[0]), Channel(descriptor: first[1]))
    }
}
