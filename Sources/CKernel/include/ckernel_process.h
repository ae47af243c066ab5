// Processes, namespaces, confinement: clone3(2), setns(2), pidfd_open(2), capabilities(7), seccomp(2).
#ifndef CKERNEL_PROCESS_H
#define CKERNEL_PROCESS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

// As fork(2): 0 in the child, its pid in the parent. `cgroup`: a v2 directory it is born in, or −1.
long ck_clone(uint64_t flags, int cgroup, int *pidfd);
int ck_unshare(uint64_t flags);
int ck_setns(int fd, uint64_t flags);
int ck_pidfd_open(int pid);
int ck_pidfd_signal(int pidfd, int signal);
// Waits for a child by pidfd; `code` is CLD_EXITED (1), CLD_KILLED (2) or CLD_DUMPED (3). 0 when it ended, −EAGAIN if not yet.
int ck_wait_pidfd(int pidfd, bool block, int *code, int *status);
int ck_wait_pid(int pid, int *code, int *status);

// Starts `file` with exactly `count` descriptors: descriptor i of the new program is descriptors[i]. Own session. `cgroup`: as above.
int ck_spawn(const char *file, char *const arguments[], char *const environment[], const int *descriptors, int count, int cgroup, int *pid);

int ck_execute(const char *file, char *const arguments[], char *const environment[]);
int ck_set_session(void);
int ck_set_hostname(const char *name, size_t length);
int ck_become(uint32_t uid, uint32_t gid);                 // no supplementary groups, real, effective and saved ids
int ck_set_capabilities(uint64_t effective, uint64_t permitted, uint64_t inheritable);
int ck_drop_bounding(int capability);
int ck_clear_ambient(void);
int ck_set_dumpable(bool on);
int ck_set_no_new_privileges(void);
int ck_set_parent_death_signal(int signal);
int ck_load_filter(const uint8_t *program, size_t bytes);  // struct sock_filter array; ENOSYS-safe, no new_privs needed with CAP_SYS_ADMIN
int ck_close_range(unsigned first, unsigned last, bool closeOnExec);
int ck_move_descriptor(int fd, int to);                    // dup2(2)
int ck_reset_signals(void);                                // default dispositions, empty mask
int ck_ignore_broken_pipes(void);
int ck_change_directory(const char *path);
int ck_change_directory_fd(int fd);
int ck_set_umask(unsigned mask);
int ck_pid(void);
void ck_exit(int status) __attribute__((noreturn));
int ck_new_session_keyring(void);

#endif
