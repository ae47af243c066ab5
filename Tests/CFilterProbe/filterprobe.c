#define _GNU_SOURCE
#include "filterprobe.h"
#include <errno.h>
#include <linux/audit.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <pthread.h>
#include <signal.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

enum { FAREWELL = 0x2A51 };
static int load(struct sock_fprog *program) { return syscall(SYS_seccomp, SECCOMP_SET_MODE_FILTER, 0, program) < 0 ? -errno : 0; }
static struct sock_fprog program_of(const uint8_t *filter, size_t bytes) {
    return (struct sock_fprog){.len = bytes / sizeof(struct sock_filter), .filter = (struct sock_filter *)(uintptr_t)filter};
}

// Loaded first, so asked last: of two equal actions the kernel keeps the newer filter's. What the tested filter allows
// ends here with PROBE_ALLOWED, but for loading the tested filter itself and for a farewell.
static int load_catcher(const struct sock_fprog *tested) {
    struct sock_filter code[] = {
        BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, arch)),
        BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, AUDIT_ARCH_X86_64, 0, 7),
        BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, nr)),
        BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, SYS_exit_group, 0, 2),
        BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, args[0])),
        BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, FAREWELL, 4, 3),
        BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, SYS_seccomp, 0, 2),
        BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, args[2])),
        BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, (uint32_t)(uintptr_t)tested, 1, 0),
        BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ERRNO | PROBE_ALLOWED),
        BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW),
    };
    struct sock_fprog catcher = {.len = sizeof code / sizeof *code, .filter = code};
    return load(&catcher);
}

static long call64(uint64_t number, const uint64_t *a) {
    long result;
    register uint64_t r10 __asm__("r10") = a[3];
    register uint64_t r8 __asm__("r8") = a[4];
    __asm__ volatile("syscall" : "=a"(result) : "a"(number), "D"(a[0]), "S"(a[1]), "d"(a[2]), "r"(r10), "r"(r8) : "rcx", "r11", "memory");
    return result;
}
static long call32(uint32_t number, const uint64_t *a) {
    long result;
    __asm__ volatile("int $0x80" : "=a"(result) : "a"((uint64_t)number), "b"(a[0]), "c"(a[1]), "d"(a[2]), "S"(a[3]), "D"(a[4]) : "r8", "r9", "r10", "r11", "memory");
    return (int32_t)result;
}

int probe_calls(const uint8_t *filter, size_t bytes, const struct probe_call *calls, int32_t *answers, int count) {
    size_t size = sizeof(int32_t) * (size_t)(count + 1);
    int32_t *shared = mmap(NULL, size, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    if (shared == MAP_FAILED) return -errno;
    struct sock_fprog tested = program_of(filter, bytes);
    pid_t child = fork();
    if (child == 0) {
        int code = load_catcher(&tested);
        if (code == 0) code = load(&tested);
        for (int i = 0; code == 0 && i < count; i++) {
            const struct probe_call *call = &calls[i];
            long result = call->abi == PROBE_I386 ? call32(call->number, call->arguments)
                        : call64(call->abi == PROBE_X32 ? call->number | 0x40000000u : call->number, call->arguments);
            shared[i] = result < 0 ? (int32_t)-result : 0;
        }
        shared[count] = code == 0 ? 1 : code;
        syscall(SYS_exit_group, FAREWELL);
    }
    int status = 0, outcome = 0;
    if (child < 0) outcome = -errno;
    else if (waitpid(child, &status, 0) < 0) outcome = -errno;
    else if (shared[count] != 1) outcome = shared[count] < 0 ? shared[count] : -1000 - WTERMSIG(status);
    memcpy(answers, shared, sizeof(int32_t) * (size_t)count);
    munmap(shared, size);
    return outcome;
}

static int status_of(pid_t child) {
    int status;
    if (child < 0 || waitpid(child, &status, 0) < 0) return -errno;
    return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

struct meeting { pthread_mutex_t mutex; pthread_cond_t condition; int round, arrived; };
enum { THREADS = 8, ROUNDS = 200 };
static void *meet(void *argument) {
    struct meeting *meeting = argument;
    for (int round = 0; round < ROUNDS; round++) {
        pthread_mutex_lock(&meeting->mutex);
        if (++meeting->arrived == THREADS) { meeting->arrived = 0; meeting->round++; pthread_cond_broadcast(&meeting->condition); }
        else while (meeting->round == round) pthread_cond_wait(&meeting->condition, &meeting->mutex);
        pthread_mutex_unlock(&meeting->mutex);
    }
    return NULL;
}
int probe_threads(const uint8_t *filter, size_t bytes) {
    struct sock_fprog tested = program_of(filter, bytes);
    pid_t child = fork();
    if (child == 0) {
        if (load(&tested) < 0) _exit(100);
        for (int inherit = 0; inherit < 2; inherit++) {
            struct meeting meeting = {.condition = PTHREAD_COND_INITIALIZER};
            pthread_mutexattr_t attributes;
            pthread_mutexattr_init(&attributes);
            pthread_mutexattr_setprotocol(&attributes, inherit ? PTHREAD_PRIO_INHERIT : PTHREAD_PRIO_NONE);
            if (pthread_mutex_init(&meeting.mutex, &attributes) != 0) _exit(101);
            pthread_t threads[THREADS];
            for (int i = 0; i < THREADS; i++) if (pthread_create(&threads[i], NULL, meet, &meeting) != 0) _exit(102);
            for (int i = 0; i < THREADS; i++) pthread_join(threads[i], NULL);
            if (meeting.round != ROUNDS) _exit(103);
        }
        _exit(0);
    }
    return status_of(child);
}

int probe_shell(const uint8_t *filter, size_t bytes, const char *command) {
    struct sock_fprog tested = program_of(filter, bytes);
    pid_t child = fork();
    if (child == 0) {
        if (load(&tested) < 0) _exit(125);
        sigset_t none; // the worker threads of a test block all signals
        sigemptyset(&none);
        sigprocmask(SIG_SETMASK, &none, NULL);
        execl("/bin/sh", "sh", "-c", command, (char *)NULL);
        _exit(127);
    }
    return status_of(child);
}
