// What disks and templates need of files, directories and loop devices: getdents64(2), renameat2(2), loop(4).
#ifndef CKERNEL_POOL_H
#define CKERNEL_POOL_H

#include <stddef.h>
#include <stdint.h>

long ck_read_directory(int fd, void *buffer, size_t count);               // getdents64(2): struct linux_dirent64 records
int ck_stat_entry(int directory, const char *name, uint32_t *mode, int64_t *size, int64_t *allocated); // no link is followed
int ck_exchange(int directory, const char *one, const char *other);       // RENAME_EXCHANGE: both names exist before and after
int ck_loop_backing(int loop, uint64_t *device, uint64_t *inode);         // LOOP_GET_STATUS64: −ENXIO when nothing is attached
int ck_sleep(int64_t nanoseconds);

#endif
