internal import Kernel
internal import Synchronization

/// A program's input: open until it is closed, whoever still knows of it.
final class Sink: Sendable {
    private let descriptor: Mutex<Descriptor?>

    init(_ descriptor: consuming Descriptor) { self.descriptor = Mutex(descriptor) }

    /// What the program does not read any more is dropped.
    func write(_ bytes: [UInt8]) {
        descriptor.withLock { if (try? $0?.write(bytes)) == nil { $0 = nil } }  // it closed its input
    }

    func close() { descriptor.withLock { $0 = nil } }
}
