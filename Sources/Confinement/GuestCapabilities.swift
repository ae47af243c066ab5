extension CapabilitySet {
    /// What an init needs inside its own namespaces. Each is a capability over the guest's user namespace only.
    ///
    /// Nesting takes no more: a container's engine inside works with what the init has.
    package static func guest(nesting: Bool) throws(ConfinementError) -> CapabilitySet { try CapabilitySet(kept.map(\.name)) }

    static let kept: [(name: String, reason: String)] = [
        ("cap_chown", "packages, login, services"), ("cap_dac_override", "root's files"), ("cap_dac_read_search", "backups, updatedb"),
        ("cap_fowner", "packages"), ("cap_fsetid", "packages"), ("cap_kill", "service managers"),
        ("cap_setgid", "login, services"), ("cap_setuid", "login, services"), ("cap_setpcap", "systemd cuts its services' sets"), ("cap_setfcap", "packages: ping"),
        ("cap_net_bind_service", "ports below 1024"), ("cap_net_broadcast", "old daemons"), ("cap_net_admin", "own interfaces, routes, firewall"), ("cap_net_raw", "ping, tcpdump"),
        ("cap_ipc_lock", "databases: bounded by memory"), ("cap_ipc_owner", "administration"),
        ("cap_sys_chroot", "sshd"), ("cap_sys_ptrace", "debuggers, systemd"), ("cap_sys_admin", "mounts, namespaces, hostname"), ("cap_sys_boot", "reboot, poweroff"),
        ("cap_sys_nice", "own processes"), ("cap_sys_resource", "systemd sets limits"), ("cap_sys_tty_config", "vhangup at login"),
        ("cap_mknod", "container engines inside give it on; no device can be made or opened in a user namespace"),
        ("cap_lease", "file servers"), ("cap_audit_write", "login, sshd, sudo: refused by the kernel, expected by PAM"),
    ]

    /// The rest, so that a new one is noticed.
    static let refused: [(name: String, reason: String)] = [
        ("cap_linux_immutable", "works in the first user namespace only"), ("cap_sys_module", "kernel code"), ("cap_sys_rawio", "hardware"), ("cap_sys_pacct", "the host's accounting"),
        ("cap_sys_time", "the host's clock"), ("cap_audit_control", "the host's audit"), ("cap_audit_read", "the host's audit"),
        ("cap_mac_override", "the host's policy"), ("cap_mac_admin", "the host's policy"), ("cap_syslog", "the host's log, kernel addresses"),
        ("cap_wake_alarm", "wakes the host"), ("cap_block_suspend", "the host's power"),
        ("cap_perfmon", "tells about neighbours"), ("cap_bpf", "programs inside the kernel"), ("cap_checkpoint_restore", "chooses pids"),
    ]
}
