/// Disk I/O. The group is made, so that rates can be set on a VPS that runs; the weight stays the kernel's default, the same for all.
enum IOController {
    static func writes(_ limits: CgroupLimits, _ dialect: Dialect) -> [ControlWrite] { [] }
}
