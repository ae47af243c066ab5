#define _GNU_SOURCE
#include "ckernel.h"
#include "answer.h"
#include <fcntl.h>
#include <grp.h>
#include <linux/capability.h>
#include <linux/filter.h>
#include <linux/keyctl.h>
#include <linux/sched.h>
#include <linux/seccomp.h>
#include <sched.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

long ck_clone(uint64_t flags, int cgroup, int *pidfd) {
    struct clone_args arguments = {.flags = flags, .exit_signal = SIGCHLD};
    if (cgroup >= 0) { arguments.flags |= CLONE_INTO_CGROUP; arguments.cgroup = cgroup; }
    if (pidfd) { arguments.flags |= CLONE_PIDFD; arguments.pidfd = (uint64_t)(uintptr_t)pidfd; }
    return answer(syscall(SYS_clone3, &arguments, sizeof arguments));
}
int ck_unshare(uint64_t flags) { return answer(unshare((int)flags)); }
int ck_setns(int fd, uint64_t flags) { return answer(setns(fd, (int)flags)); }
int ck_pidfd_open(int pid) { return answer(syscall(SYS_pidfd_open, pid, 0)); }
int ck_pidfd_signal(int pidfd, int signal) { return answer(syscall(SYS_pidfd_send_signal, pidfd, signal, NULL, 0)); }
static int wait_one(idtype_t type, id_t id, int options, int *code, int *status) {
    siginfo_t info = {0};
    int result;
    do result = waitid(type, id, &info, WEXITED | options); while (result < 0 && errno == EINTR);
    if (result < 0) return -errno;
    if (info.si_pid == 0) return -EAGAIN;
    *code = info.si_code; *status = info.si_status;
    return 0;
}
int ck_wait_pidfd(int pidfd, bool block, int *code, int *status) { return wait_one(P_PIDFD, pidfd, block ? 0 : WNOHANG, code, status); }
int ck_wait_pid(int pid, int *code, int *status) { return wait_one(P_PID, pid, 0, code, status); }

enum { MOST_DESCRIPTORS = 32 };
struct program { const char *file; char *const *arguments, *const *environment; const int *descriptors; int count, failure; };

// In the child, which shares our memory until it executes, so it calls system calls only.
static void become(struct program *program) {
    int parked[MOST_DESCRIPTORS], count = program->count;
    for (int i = 0; i < count; i++)                        // first out of the way, so that no dup2 overwrites a source
        if ((parked[i] = fcntl(program->descriptors[i], F_DUPFD, count > 3 ? count : 3)) < 0) goto failed;
    for (int i = 0; i < count; i++)
        if (dup2(parked[i], i) < 0) goto failed;
    syscall(SYS_close_range, count, ~0u, 0);
    for (int signal = 1; signal < 65; signal++) { struct sigaction standard = {.sa_handler = SIG_DFL}; sigaction(signal, &standard, NULL); }
    sigset_t none; sigemptyset(&none); sigprocmask(SIG_SETMASK, &none, NULL);
    setsid();
    execve(program->file, program->arguments, program->environment);
failed:
    program->failure = errno;
    _exit(127);
}

// As vfork(2), which cannot say in which cgroup a child is born. A stack of the child's own, so that it spoils none of ours.
static long clone_and_become(struct clone_args *arguments, struct program *program) {
#ifndef __x86_64__
#error "clone_and_become is written for x86-64 only"
#endif
    long result;
    __asm__ volatile(
        "syscall\n\t"
        "test %%rax, %%rax\n\t"
        "jnz 1f\n\t"
        "xor %%ebp, %%ebp\n\t"
        "mov %[program], %%rdi\n\t"
        "call *%[become]\n"
        "1:"
        : "=a"(result)
        : "a"(SYS_clone3), "D"(arguments), "S"(sizeof *arguments), [program] "r"(program), [become] "r"(become)
        : "rcx", "r11", "memory", "cc");
    return result;
}

int ck_spawn(const char *file, char *const arguments[], char *const environment[], const int *descriptors, int count, int cgroup, int *pid) {
    if (count > MOST_DESCRIPTORS) return -EINVAL;
    struct program program = {file, arguments, environment, descriptors, count, 0};
    _Alignas(16) char stack[16384];
    struct clone_args how = {.flags = CLONE_VM | CLONE_VFORK, .exit_signal = SIGCHLD, .stack = (uint64_t)(uintptr_t)stack, .stack_size = sizeof stack};
    if (cgroup >= 0) { how.flags |= CLONE_INTO_CGROUP; how.cgroup = cgroup; }
    sigset_t all, before;
    sigfillset(&all);
    pthread_sigmask(SIG_SETMASK, &all, &before);
    long child = clone_and_become(&how, &program);
    pthread_sigmask(SIG_SETMASK, &before, NULL);
    if (child < 0) return (int)child;
    if (program.failure) { waitpid((pid_t)child, NULL, 0); return -program.failure; }
    *pid = (int)child;
    return 0;
}

int ck_execute(const char *file, char *const arguments[], char *const environment[]) { execve(file, arguments, environment); return -errno; }
int ck_set_session(void) { return answer(setsid()); }
int ck_set_hostname(const char *name, size_t length) { return answer(sethostname(name, length)); }
int ck_become(uint32_t uid, uint32_t gid) {
    // Raw calls: glibc's wrappers signal other threads, of which there are none, and need them to be known.
    if (syscall(SYS_setgroups, 0, NULL) < 0) return -errno;
    if (syscall(SYS_setresgid, gid, gid, gid) < 0) return -errno;
    return answer(syscall(SYS_setresuid, uid, uid, uid));
}
int ck_set_capabilities(uint64_t effective, uint64_t permitted, uint64_t inheritable) {
    struct __user_cap_header_struct header = {.version = _LINUX_CAPABILITY_VERSION_3};
    struct __user_cap_data_struct data[2] = {
        {(uint32_t)effective, (uint32_t)permitted, (uint32_t)inheritable},
        {(uint32_t)(effective >> 32), (uint32_t)(permitted >> 32), (uint32_t)(inheritable >> 32)}};
    return answer(syscall(SYS_capset, &header, data));
}
int ck_drop_bounding(int capability) { return answer(prctl(PR_CAPBSET_DROP, capability, 0, 0, 0)); }
int ck_clear_ambient(void) { return answer(prctl(PR_CAP_AMBIENT, PR_CAP_AMBIENT_CLEAR_ALL, 0, 0, 0)); }
int ck_set_dumpable(bool on) { return answer(prctl(PR_SET_DUMPABLE, on, 0, 0, 0)); }
int ck_set_no_new_privileges(void) { return answer(prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0)); }
int ck_set_parent_death_signal(int signal) { return answer(prctl(PR_SET_PDEATHSIG, signal, 0, 0, 0)); }
int ck_load_filter(const uint8_t *program, size_t bytes) {
    if (bytes == 0 || bytes % sizeof(struct sock_filter) != 0 || bytes / sizeof(struct sock_filter) > BPF_MAXINSNS) return -EINVAL;
    struct sock_fprog filter = {.len = bytes / sizeof(struct sock_filter), .filter = (struct sock_filter *)(uintptr_t)program};
    return answer(syscall(SYS_seccomp, SECCOMP_SET_MODE_FILTER, 0, &filter));
}
int ck_close_range(unsigned first, unsigned last, bool closeOnExec) { return answer(syscall(SYS_close_range, first, last, closeOnExec ? 4u : 0u)); }
int ck_move_descriptor(int fd, int to) { return answer(dup2(fd, to)); }
int ck_reset_signals(void) {
    struct sigaction standard = {.sa_handler = SIG_DFL};
    for (int signal = 1; signal < 65; signal++) sigaction(signal, &standard, NULL);
    sigset_t none;
    sigemptyset(&none);
    return answer(sigprocmask(SIG_SETMASK, &none, NULL));
}
int ck_ignore_broken_pipes(void) { struct sigaction ignore = {.sa_handler = SIG_IGN}; return answer(sigaction(SIGPIPE, &ignore, NULL)); }
int ck_change_directory(const char *path) { return answer(chdir(path)); }
int ck_change_directory_fd(int fd) { return answer(fchdir(fd)); }
int ck_set_umask(unsigned mask) { umask(mask); return 0; }
int ck_pid(void) { return getpid(); }
void ck_exit(int status) { _exit(status); }
int ck_new_session_keyring(void) { return answer(syscall(SYS_keyctl, KEYCTL_JOIN_SESSION_KEYRING, NULL)); }
