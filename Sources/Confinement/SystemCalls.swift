/// The system calls that a guest has, by libseccomp's names, each group with its reason. What is in neither list does
/// not exist in a guest (ENOSYS), nor does what a later kernel adds: programs then fall back. A name that an ABI lacks
/// is skipped there. What is allowed here may still be refused by its arguments: `ArgumentRules`.
enum SystemCalls {
    struct Group: Sendable {
        let reason: String
        let names: [String]

        init(_ reason: String, _ names: String) {
            self.reason = reason
            self.names = names.split(whereSeparator: \.isWhitespace).map(String.init)
        }
    }

    static let allowed: [Group] = [
        Group("files by name: permissions are the file system's", """
            access chdir chmod chown chown32 chroot close_range creat faccessat faccessat2 fchdir fchmod fchmodat fchown fchown32
            fchownat fstat fstat64 fstatat64 fstatfs fstatfs64 futimesat getcwd getdents getdents64 lchown lchown32 link linkat lstat lstat64
            mkdir mkdirat mknod mknodat name_to_handle_at newfstatat oldfstat oldlstat oldolduname oldstat olduname open openat openat2
            readdir readlink readlinkat rename renameat renameat2 rmdir stat stat64 statfs statfs64 statx symlink symlinkat truncate truncate64 umask
            unlink unlinkat utime utimensat utimensat_time64 utimes
            """),
        Group("extended attributes", """
            fgetxattr flistxattr fremovexattr fsetxattr getxattr lgetxattr listxattr llistxattr lremovexattr lsetxattr removexattr setxattr
            """),
        Group("open files", """
            _llseek close copy_file_range dup dup2 dup3 fadvise64 fadvise64_64 fallocate fcntl fcntl64 fdatasync flock fsync ftruncate ftruncate64
            ioctl lseek memfd_create pipe pipe2 pread64 preadv preadv2 pwrite64 pwritev pwritev2 read readahead readv sendfile sendfile64 splice sync
            sync_file_range syncfs tee vmsplice write writev io_cancel io_destroy io_getevents io_pgetevents io_pgetevents_time64 io_setup io_submit
            """),
        Group("waiting for events", """
            _newselect epoll_create epoll_create1 epoll_ctl epoll_pwait epoll_pwait2 epoll_wait eventfd eventfd2
            fanotify_init fanotify_mark inotify_add_watch inotify_init inotify_init1 inotify_rm_watch poll ppoll ppoll_time64 pselect6 pselect6_time64 select
            signalfd signalfd4 timerfd_create timerfd_gettime timerfd_gettime64 timerfd_settime timerfd_settime64
            """),
        Group("memory of its own", """
            brk madvise membarrier mincore mlock mlock2 mlockall mmap mmap2 mprotect mremap msync munlock munlockall munmap pkey_alloc pkey_free pkey_mprotect
            process_madvise process_mrelease
            """),
        Group("processes and threads; clone and unshare are looked into", """
            arch_prctl capget capset clone execve execveat exit exit_group fork get_robust_list get_thread_area getcpu getpgid getpgrp getpid getppid
            getpriority getrlimit getrusage getsid gettid ioprio_get ioprio_set kcmp personality pidfd_getfd pidfd_open pidfd_send_signal prctl prlimit64
            rseq set_robust_list set_thread_area set_tid_address setpgid setpriority setrlimit setsid times ugetrlimit unshare vfork wait4 waitid waitpid nice
            """),
        Group("scheduling: real-time classes are refused by the kernel, which asks for a capability of the host", """
            sched_get_priority_max sched_get_priority_min sched_getaffinity sched_getattr sched_getparam sched_getscheduler sched_rr_get_interval
            sched_rr_get_interval_time64 sched_setaffinity sched_setattr sched_setparam sched_setscheduler sched_yield get_mempolicy
            """),
        Group("locks between threads", "futex futex_time64 futex_waitv"),
        Group("signals", """
            alarm kill pause restart_syscall rt_sigaction rt_sigpending rt_sigprocmask rt_sigqueueinfo rt_sigreturn rt_sigsuspend rt_sigtimedwait
            rt_sigtimedwait_time64 rt_tgsigqueueinfo sgetmask sigaction sigaltstack signal sigpending sigprocmask sigreturn sigsuspend ssetmask tgkill tkill
            """),
        Group("reading time, own timers", """
            clock_getres clock_getres_time64 clock_gettime clock_gettime64 clock_nanosleep clock_nanosleep_time64 getitimer gettimeofday nanosleep
            setitimer time timer_create timer_delete timer_getoverrun timer_gettime timer_gettime64 timer_settime timer_settime64
            """),
        Group("identity: of its own user namespace", """
            getegid getegid32 geteuid geteuid32 getgid getgid32 getgroups getgroups32 getresgid getresgid32 getresuid getresuid32 getuid getuid32
            setfsgid setfsgid32 setfsuid setfsuid32 setgid setgid32 setgroups setgroups32 setregid setregid32 setresgid setresgid32 setresuid setresuid32
            setreuid setreuid32 setuid setuid32
            """),
        Group("sockets; socket, socketpair, setsockopt and socketcall are looked into", """
            accept accept4 bind connect getpeername getsockname getsockopt listen recv recvfrom recvmmsg recvmmsg_time64 recvmsg send sendmmsg sendmsg
            sendto setsockopt shutdown socket socketcall socketpair
            """),
        Group("System V and POSIX queues: of its own ipc namespace", """
            ipc mq_getsetattr mq_notify mq_open mq_timedreceive mq_timedreceive_time64 mq_timedsend mq_timedsend_time64 mq_unlink msgctl msgget msgrcv msgsnd
            semctl semget semop semtimedop semtimedop_time64 shmat shmctl shmdt shmget
            """),
        Group("an init mounts, enters namespaces, names its host, reboots: the kernel holds them to its own namespaces", """
            fsconfig fsmount fsopen fspick mount mount_setattr move_mount open_tree pivot_root reboot setdomainname sethostname setns umount umount2 vhangup
            """),
        Group("debugging its own", "process_vm_readv process_vm_writev ptrace"),
        Group("confining itself further", "landlock_add_rule landlock_create_ruleset landlock_restrict_self seccomp"),
        Group("facts", "getrandom sysinfo uname"),
    ]

    /// Known, and refused with EPERM: a program that asks learns that it may not, and does not try another way.
    static let refused: [Group] = [
        Group("a second way to make any system call, past this filter, and a steady source of kernel bugs", "io_uring_enter io_uring_register io_uring_setup"),
        Group("programs inside the kernel", "bpf"),
        Group("another kernel, other kernel code", "create_module delete_module finit_module get_kernel_syms init_module kexec_file_load kexec_load query_module"),
        Group("opens any file of a file system by number, past every directory's permissions", "open_by_handle_at"),
        Group("measuring tells about neighbours; bugs", "lookup_dcookie perf_event_open"),
        Group("holds kernel code at a chosen place: the tool of most exploits of a race", "userfaultfd"),
        Group("the host's clock", "adjtimex clock_adjtime clock_adjtime64 clock_settime clock_settime64 settimeofday stime"),
        Group("hardware", "ioperm iopl vm86 vm86old pciconfig_iobase pciconfig_read pciconfig_write"),
        Group("segment descriptors for 16-bit programs: bugs for decades", "modify_ldt"),
        Group("the host's swap, accounting, log, quotas", "acct nfsservctl quotactl quotactl_fd swapoff swapon syslog"),
        Group("placing memory on the host's nodes is the host's business", "mbind migrate_pages move_pages set_mempolicy set_mempolicy_home_node"),
    ]

    /// In neither list on purpose, beside what is merely obsolete:
    /// - `clone3`: its flags lie in memory, where a filter cannot look. glibc falls back to `clone`.
    /// - `add_key`, `keyctl`, `request_key`: keys are counted per user and were a source of bugs. systemd goes on without
    ///   after ENOSYS or EPERM, runc (Docker inside the VPS) only after ENOSYS.
    /// - `memfd_secret`, `remap_file_pages`, `uselib`, `ustat`, `sysfs`, `_sysctl`: unused.
    static let absentOnPurpose = ["clone3", "add_key", "keyctl", "request_key", "memfd_secret", "remap_file_pages", "uselib", "ustat", "sysfs", "_sysctl"]

    /// Calls younger than libseccomp 2.5.4, by number: the same in every ABI since 424.
    static let allowedByNumber: [(name: String, number: UInt32)] = [("cachestat", 451), ("fchmodat2", 452), ("mseal", 462)]
}
