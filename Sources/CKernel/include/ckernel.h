// One function per system call, no policy. Each returns what the call returns, or −errno.
// Shims exist where Swift cannot reach the call: not in glibc, variadic, or a macro.
#ifndef CKERNEL_H
#define CKERNEL_H

#include <stddef.h>
#include <stdint.h>
#include <stdbool.h>
#include <sys/types.h>

#include "ckernel_bpf.h"
#include "ckernel_constants.h"
#include "ckernel_disk.h"
#include "ckernel_pool.h"
#include "ckernel_process.h"
#include "ckernel_signals.h"
#include "ckernel_socket.h"
#include "ckernel_terminal.h"
#include "ckernel_thread.h"

// strerror_r(3): 0 when `buffer` holds the text.
int ck_error_text(int code, char *buffer, size_t length);

// Files: openat2(2) and friends.
int ck_openat(int directory, const char *path, int flags, unsigned mode);
int ck_openat2(int directory, const char *path, uint64_t flags, uint64_t mode, uint64_t resolve);
int ck_close(int fd);
long ck_read(int fd, void *buffer, size_t count);
long ck_write(int fd, const void *buffer, size_t count);
int ck_mkdirat(int directory, const char *path, unsigned mode);
int ck_unlinkat(int directory, const char *path, int flags);
int ck_symlinkat(const char *content, int directory, const char *path);
int ck_renameat(int from, const char *path, int to, const char *newPath);
int ck_fchown(int fd, uint32_t uid, uint32_t gid);
int ck_fchownat(int directory, const char *path, uint32_t uid, uint32_t gid, int flags);
int ck_fchmod(int fd, unsigned mode);
int ck_fsync(int fd);
int ck_ftruncate(int fd, int64_t size);
int ck_flock(int fd, int operation);
int ck_duplicate(int fd);                                  // F_DUPFD_CLOEXEC
int ck_set_nonblocking(int fd, bool on);
int ck_pipe(int ends[2]);                                  // O_CLOEXEC
int ck_memfd(const char *name);                            // MFD_CLOEXEC | MFD_ALLOW_SEALING
int ck_seal(int fd);                                       // no write, no grow, no shrink, no other seal
int ck_stat(int fd, uint64_t *device, uint64_t *inode, uint32_t *mode, int64_t *size, uint32_t *owner);
int ck_statfs(int fd, int64_t *type, uint64_t *blockSize, uint64_t *blocks, uint64_t *freeBlocks);

// Mounts: fsopen(2), fsconfig(2), fsmount(2), move_mount(2), open_tree(2), mount_setattr(2), pivot_root(2).
int ck_fsopen(const char *type);
int ck_fsconfig_string(int context, const char *key, const char *value);
int ck_fsconfig_flag(int context, const char *key);
int ck_fsconfig_create(int context);
int ck_fsmount(int context, uint64_t attributes);
int ck_open_tree(int directory, const char *path, bool clone, bool recursive);
int ck_move_mount(int mount, int targetDirectory, const char *target);
int ck_mount_setattr(int mount, uint64_t set, uint64_t clear, uint64_t propagation, int userNamespace, bool recursive);
int ck_make_mounts_private(void);                          // MS_REC | MS_PRIVATE on /
int ck_pivot_here(void);                                   // pivot_root(".", "."), then the old root is detached
int ck_unmount(const char *path, int flags);

#endif
