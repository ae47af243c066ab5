// Copy-on-write clones and loop devices: ioctl_ficlone(2), loop(4).
#ifndef CKERNEL_DISK_H
#define CKERNEL_DISK_H

#include <stdbool.h>
#include <stdint.h>

int ck_clone_file(int source, int destination);            // FICLONE
int ck_loop_free_number(int control);                      // LOOP_CTL_GET_FREE
int ck_loop_configure(int loop, int backing, bool readOnly); // direct I/O, 4096-byte blocks, detached at last close

#endif
