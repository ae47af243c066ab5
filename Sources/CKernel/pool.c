#define _GNU_SOURCE
#include "ckernel.h"
#include "ckernel_pool.h"
#include "answer.h"
#include <fcntl.h>
#include <linux/loop.h>
#include <stdio.h>
#include <sys/ioctl.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

long ck_read_directory(int fd, void *buffer, size_t count) { return answer(syscall(SYS_getdents64, fd, buffer, count)); }
int ck_stat_entry(int directory, const char *name, uint32_t *mode, int64_t *size, int64_t *allocated) {
    struct stat info;
    if (fstatat(directory, name, &info, AT_SYMLINK_NOFOLLOW) < 0) return -errno;
    *mode = info.st_mode; *size = info.st_size; *allocated = (int64_t)info.st_blocks * 512;
    return 0;
}
int ck_exchange(int directory, const char *one, const char *other) { return answer(renameat2(directory, one, directory, other, RENAME_EXCHANGE)); }
int ck_loop_backing(int loop, uint64_t *device, uint64_t *inode) {
    struct loop_info64 info;
    if (ioctl(loop, LOOP_GET_STATUS64, &info) < 0) return -errno;
    *device = info.lo_device; *inode = info.lo_inode;
    return 0;
}
int ck_sleep(int64_t nanoseconds) {
    struct timespec left = {.tv_sec = nanoseconds / 1000000000, .tv_nsec = nanoseconds % 1000000000};
    while (nanosleep(&left, &left) < 0) if (errno != EINTR) return -errno;
    return 0;
}
