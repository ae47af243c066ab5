#define _GNU_SOURCE
#include "ckernel.h"
#include "answer.h"
#include <fcntl.h>
#include <sys/mount.h>
#include <sys/syscall.h>
#include <unistd.h>

int ck_fsopen(const char *type) { return answer(fsopen(type, FSOPEN_CLOEXEC)); }
int ck_fsconfig_string(int context, const char *key, const char *value) { return answer(fsconfig(context, FSCONFIG_SET_STRING, key, value, 0)); }
int ck_fsconfig_flag(int context, const char *key) { return answer(fsconfig(context, FSCONFIG_SET_FLAG, key, NULL, 0)); }
int ck_fsconfig_create(int context) { return answer(fsconfig(context, FSCONFIG_CMD_CREATE, NULL, NULL, 0)); }
int ck_fsmount(int context, uint64_t attributes) { return answer(fsmount(context, FSMOUNT_CLOEXEC, attributes)); }
int ck_open_tree(int directory, const char *path, bool clone, bool recursive) {
    unsigned flags = OPEN_TREE_CLOEXEC | AT_EMPTY_PATH | AT_SYMLINK_NOFOLLOW;
    if (clone) flags |= OPEN_TREE_CLONE;
    if (recursive) flags |= AT_RECURSIVE;
    return answer(open_tree(directory, path, flags));
}
int ck_move_mount(int mount, int targetDirectory, const char *target) {
    return answer(move_mount(mount, "", targetDirectory, target, MOVE_MOUNT_F_EMPTY_PATH | MOVE_MOUNT_T_EMPTY_PATH));
}
int ck_mount_setattr(int mount, uint64_t set, uint64_t clear, uint64_t propagation, int userNamespace, bool recursive) {
    struct mount_attr attributes = {.attr_set = set, .attr_clr = clear, .propagation = propagation, .userns_fd = userNamespace < 0 ? 0 : userNamespace};
    return answer(mount_setattr(mount, "", AT_EMPTY_PATH | (recursive ? AT_RECURSIVE : 0), &attributes, sizeof attributes));
}
int ck_make_mounts_private(void) { return answer(mount(NULL, "/", NULL, MS_REC | MS_PRIVATE, NULL)); }
int ck_pivot_here(void) {
    if (syscall(SYS_pivot_root, ".", ".") < 0) return -errno;
    if (umount2(".", MNT_DETACH) < 0) return -errno;
    return answer(chdir("/"));
}
int ck_unmount(const char *path, int flags) { return answer(umount2(path, flags)); }
