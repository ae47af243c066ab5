#define _GNU_SOURCE
#include "ckernel.h"
#include "answer.h"
#include <linux/fs.h>
#include <linux/loop.h>
#include <sys/ioctl.h>

int ck_clone_file(int source, int destination) { return answer(ioctl(destination, FICLONE, source)); }
int ck_loop_free_number(int control) { return answer(ioctl(control, LOOP_CTL_GET_FREE)); }
int ck_loop_configure(int loop, int backing, bool readOnly) {
    struct loop_config config = {.fd = backing, .block_size = 4096};
    config.info.lo_flags = LO_FLAGS_AUTOCLEAR | LO_FLAGS_DIRECT_IO | (readOnly ? LO_FLAGS_READ_ONLY : 0);
    return answer(ioctl(loop, LOOP_CONFIGURE, &config));
}
