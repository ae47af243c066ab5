/// Paths of /proc and /sys that a guest gets to see, does not get to see, or sees read-only, as values for the warden's plan.
///
/// What keeps a guest from writing is that its root is not the host's: every file here belongs to an id outside its
/// range. These lists are a second wall, and keep the host's own facts out of sight. Of /sys a guest has only the parts named
/// here: with no whole one in sight the kernel lets its root mount none either (mount_namespaces(7), "fully visible").
/// /proc it needs whole, and its root may take the covers off; containers inside a VPS need both whole.
/// /proc/sys is on no list: what is not namespaced there refuses the guest's root already, and a path rule on it breaks
/// container engines inside.
package enum MaskedPaths {
    /// Covered by an empty, read-only file or directory where they exist.
    package static func hidden(nesting: Bool) -> [String] { nesting ? hiddenInSys : hiddenInProc }

    /// All that a guest has of /sys, beneath it. Nil: the whole, but for what is hidden.
    package static func partsOfSys(nesting: Bool) -> [String]? { nesting ? nil : seenInSys }

    /// Bound onto themselves read-only where they exist. /sys as a whole is mounted read-only, but for /sys/fs/cgroup.
    package static func readOnly(nesting: Bool) -> [String] { nesting ? [] : ["/proc/bus", "/proc/fs", "/proc/irq", "/proc/sysrq-trigger"] }

    private static let hiddenInProc = [
        "/proc/acpi", "/proc/asound", "/proc/scsi",  // the host's hardware
        "/proc/interrupts", "/proc/softirqs", "/proc/latency_stats", "/proc/sched_debug", "/proc/timer_list", "/proc/timer_stats",  // what neighbours do, to the microsecond
        "/proc/kcore", "/proc/kmsg", "/proc/kallsyms", "/proc/modules", "/proc/config.gz",  // the kernel's insides
        "/proc/keys", "/proc/key-users", "/proc/buddyinfo", "/proc/pagetypeinfo", "/proc/slabinfo", "/proc/vmallocinfo", "/proc/zoneinfo",
        "/proc/mdstat", "/proc/swaps", "/proc/partitions", "/proc/diskstats", "/proc/cmdline",  // the host's disks and boot
    ]

    private static let seenInSys = [
        "fs/cgroup",  // the guest's own are mounted on it
        "class/net", "devices/virtual/net",  // of its network namespace
        "devices/system/cpu/online", "devices/system/cpu/possible", "devices/system/cpu/present", "devices/system/cpu/vulnerabilities",
        "kernel/mm/transparent_hugepage/enabled", "kernel/mm/transparent_hugepage/hpage_pmd_size",  // memory allocators ask
    ]

    private static let hiddenInSys = [
        "/sys/firmware", "/sys/class/dmi", "/sys/devices/virtual/dmi",  // serial numbers
        "/sys/block", "/sys/class/block", "/sys/dev/block", "/sys/devices/virtual/block", "/sys/devices/virtual/bdi", "/sys/class/bdi",  // the host's and the neighbours' disks
        "/sys/class/powercap", "/sys/devices/virtual/powercap", "/sys/class/thermal", "/sys/devices/virtual/thermal",  // what neighbours compute, by their power
        "/sys/kernel/debug", "/sys/kernel/tracing", "/sys/kernel/security", "/sys/kernel/slab", "/sys/kernel/notes", "/sys/kernel/vmcoreinfo",
        "/sys/fs/bpf", "/sys/fs/pstore", "/sys/fs/ext4", "/sys/fs/xfs", "/sys/fs/btrfs",
    ]
}
