internal import Kernel
internal import WardenProtocol

/// A warden's report, and what came with it.
struct ReceivedReport: ~Copyable {
    let report: Report
    var descriptor: Descriptor?

    consuming func keepDescriptor() -> Descriptor? { descriptor }
}
