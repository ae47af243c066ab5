#define _GNU_SOURCE
#include "ckernel.h"
#include "answer.h"
#include <fcntl.h>
#include <linux/openat2.h>
#include <stdio.h>
#include <sys/file.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/vfs.h>
#include <unistd.h>

int ck_openat(int directory, const char *path, int flags, unsigned mode) { return answer(openat(directory, path, flags | O_CLOEXEC, mode)); }
int ck_openat2(int directory, const char *path, uint64_t flags, uint64_t mode, uint64_t resolve) {
    struct open_how how = {.flags = flags | O_CLOEXEC, .mode = mode, .resolve = resolve};
    return answer(syscall(SYS_openat2, directory, path, &how, sizeof how));
}
int ck_close(int fd) { return answer(close(fd)); }
long ck_read(int fd, void *buffer, size_t count) {
    long result;
    do result = read(fd, buffer, count); while (result < 0 && errno == EINTR);
    return answer(result);
}
long ck_write(int fd, const void *buffer, size_t count) {
    long result;
    do result = write(fd, buffer, count); while (result < 0 && errno == EINTR);
    return answer(result);
}
int ck_mkdirat(int directory, const char *path, unsigned mode) { return answer(mkdirat(directory, path, mode)); }
int ck_unlinkat(int directory, const char *path, int flags) { return answer(unlinkat(directory, path, flags)); }
int ck_symlinkat(const char *content, int directory, const char *path) { return answer(symlinkat(content, directory, path)); }
int ck_renameat(int from, const char *path, int to, const char *newPath) { return answer(renameat(from, path, to, newPath)); }
int ck_fchown(int fd, uint32_t uid, uint32_t gid) { return answer(fchown(fd, uid, gid)); }
int ck_fchownat(int directory, const char *path, uint32_t uid, uint32_t gid, int flags) { return answer(fchownat(directory, path, uid, gid, flags)); }
int ck_fchmod(int fd, unsigned mode) { return answer(fchmod(fd, mode)); }
int ck_fsync(int fd) { return answer(fsync(fd)); }
int ck_ftruncate(int fd, int64_t size) { return answer(ftruncate(fd, size)); }
int ck_flock(int fd, int operation) { return answer(flock(fd, operation)); }
int ck_duplicate(int fd) { return answer(fcntl(fd, F_DUPFD_CLOEXEC, 3)); }
int ck_set_nonblocking(int fd, bool on) {
    int flags = fcntl(fd, F_GETFL);
    if (flags < 0) return -errno;
    return answer(fcntl(fd, F_SETFL, on ? flags | O_NONBLOCK : flags & ~O_NONBLOCK));
}
int ck_pipe(int ends[2]) { return answer(pipe2(ends, O_CLOEXEC)); }
int ck_memfd(const char *name) { return answer(memfd_create(name, MFD_CLOEXEC | MFD_ALLOW_SEALING)); }
int ck_seal(int fd) { return answer(fcntl(fd, F_ADD_SEALS, F_SEAL_WRITE | F_SEAL_GROW | F_SEAL_SHRINK | F_SEAL_SEAL)); }
int ck_stat(int fd, uint64_t *device, uint64_t *inode, uint32_t *mode, int64_t *size, uint32_t *owner) {
    struct stat info;
    if (fstatat(fd, "", &info, AT_EMPTY_PATH) < 0) return -errno;
    *device = info.st_dev; *inode = info.st_ino; *mode = info.st_mode; *size = info.st_size; *owner = info.st_uid;
    return 0;
}
int ck_statfs(int fd, int64_t *type, uint64_t *blockSize, uint64_t *blocks, uint64_t *freeBlocks) {
    struct statfs info;
    if (fstatfs(fd, &info) < 0) return -errno;
    *type = info.f_type; *blockSize = info.f_bsize; *blocks = info.f_blocks; *freeBlocks = info.f_bavail;
    return 0;
}
