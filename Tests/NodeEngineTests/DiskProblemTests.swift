import Disks
import Kernel
import NodeModel
import Testing

@testable import NodeEngine

struct DiskProblemTests {
    static let id = VPSID("abcdefghjk")!  // ten characters of the alphabet

    @Test(arguments: [
        ("a full pool", DiskError.poolFull(doing: "x"), NodeProblem.Code.poolFull),
        ("no template", .templateMissing("x"), .templateMissing),
        ("another template", .templateChanged("x", wanted: "1", found: "2"), .templateMissing),
        ("a template's name that is none", .badName("../x"), .templateMissing),
        ("a disk too small", .diskTooSmall(bytes: 1, minimum: 2, template: "x"), .invalid),
        ("another size", .diskDiffers(id, bytes: 1, wanted: 2), .invalid),
        ("a disk in use", .busy(id), .busy),
        ("whatever the kernel says", .kernel(doing: "x", KernelError("open", "y", code: 5)), .failed),
        ("no disk", .noDisk(id), .failed),
    ])
    func eachHasItsStableCode(_ label: String, _ error: DiskError, _ code: NodeProblem.Code) { #expect(Host.code(of: error) == code, "\(label)") }
}
