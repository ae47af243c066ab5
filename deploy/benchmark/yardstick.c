// The yardstick: what the kernel alone needs for one VPS of the kind that Roost makes, done with nothing around it.
//
//   yardstick TEMPLATE FOLDER NAME     as root; TEMPLATE is an ext4 image with /sbin/init, on FOLDER's file system (XFS or btrfs)
//
// Makes and starts a guest, stops it, starts it again, and deletes it running. Prints one line of JSON: the milliseconds of
// each, and where those of the first start went. Everything that it makes is named after NAME or its process, and is gone when it
// ends, also when a step fails: then it says which, and why, and ends with status 1.
//
// It does: reflink, loop device (direct I/O), ext4, cgroups with limits (v1 or v2), all namespaces, id maps, a veth pair,
// an idmapped root, the guest's own mounts, pivot, exec. It leaves out what is policy or safety: records, capabilities,
// seccomp, masked paths, firewall, addresses, a console, a parent that outlives it.
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <linux/fs.h>
#include <linux/loop.h>
#include <linux/mount.h>
#include <linux/sched.h>
#include <net/if.h>
#include <netlink/netlink.h>
#include <netlink/route/link.h>
#include <netlink/route/link/veth.h>
#include <sched.h>
#include <signal.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/mount.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum { FIRST_ID = 2150694912, IDS = 65536 }; // behind the slots that deploy/bench gives its Roost

// v1: one tree a controller. Where there is none of these, everything is in the one tree of v2.
static const char *const legacy_trees[] = {"cpu", "cpuacct", "memory", "pids", "blkio", "devices", "freezer"};
enum { LEGACY_TREES = sizeof legacy_trees / sizeof *legacy_trees };

static struct {
    const char *template, *folder, *name;
    char image[512], root[512], unified[512];
    bool legacy;                      // cgroup v1 limits
    bool has_image, has_root_folder, is_mounted, has_groups;
    pid_t init, scout;
    int starts;                       // each start's links have names of their own: the kernel takes away the old ones a moment later
} guest;

// MARK: Time

static double milliseconds(void) {
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return now.tv_sec * 1e3 + now.tv_nsec / 1e6;
}

static struct { const char *name; double spent; } laps[16];
static int lap_count;
static double lap_began;

static void lap(const char *name) {
    double now = milliseconds();
    if (guest.starts == 0 && lap_count < 16) {
        laps[lap_count].name = name;
        laps[lap_count++].spent = now - lap_began;
    }
    lap_began = now;
}

// MARK: Errors: every step says what it was doing. `check` ends the program, and takes back what was made.

static void clean_up(void);

static void fail(const char *step, const char *on, const char *why) {
    fprintf(stderr, "yardstick: %s%s%s: %s\n", step, on ? " " : "", on ? on : "", why);
    clean_up();
    exit(1);
}

static long check(long result, const char *step, const char *on) {
    if (result < 0) fail(step, on, strerror(errno));
    return result;
}

static char *path(char *into, size_t size, const char *format, ...) {
    va_list words;
    va_start(words, format);
    if (vsnprintf(into, size, format, words) >= (int)size) fail("naming", into, "too long");
    va_end(words);
    return into;
}

static void write_file(const char *file, const char *text) {
    int to = check(open(file, O_WRONLY | O_CLOEXEC), "opening", file);
    check(write(to, text, strlen(text)), "writing", file);
    close(to);
}

// MARK: The disk

static void clone_disk(void) {
    int from = check(open(guest.template, O_RDONLY | O_CLOEXEC), "opening the template", guest.template);
    int to = check(open(guest.image, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0600), "making the disk", guest.image);
    guest.has_image = true;
    check(ioctl(to, FICLONE, from), "reflinking the template to", guest.image);
    close(from);
    close(to);
}

static void attach_disk(void) {
    int image = check(open(guest.image, O_RDWR | O_CLOEXEC), "opening the disk", guest.image);
    int control = check(open("/dev/loop-control", O_RDWR | O_CLOEXEC), "opening", "/dev/loop-control");
    struct loop_config config = {.fd = image, .block_size = 4096, .info.lo_flags = LO_FLAGS_AUTOCLEAR | LO_FLAGS_DIRECT_IO};
    char device[32];
    int loop = -1;
    for (int attempt = 0; loop < 0; attempt++) { // somebody else may take the free one first
        int number = check(ioctl(control, LOOP_CTL_GET_FREE), "asking for a free loop device", NULL);
        snprintf(device, sizeof device, "/dev/loop%d", number);
        loop = check(open(device, O_RDWR | O_CLOEXEC), "opening", device);
        if (ioctl(loop, LOOP_CONFIGURE, &config) == 0) break;
        if (errno != EBUSY || attempt == 20) check(-1, "attaching the disk to", device);
        close(loop);
        loop = -1;
    }
    if (mkdir(guest.root, 0700) == 0 || errno == EEXIST) guest.has_root_folder = true;
    check(mount(device, guest.root, "ext4", MS_NODEV, NULL), "mounting the disk at", guest.root);
    guest.is_mounted = true;
    close(loop); // the mount keeps it; it is detached when that goes
    close(control);
    close(image);
}

// MARK: Cgroups

static char *group(char *into, size_t size, const char *tree, const char *file) {
    return path(into, size, "/sys/fs/cgroup/%s/%s%s%s", tree, guest.name, file ? "/" : "", file ? file : "");
}

static void limit(const char *tree, const char *file, const char *value) {
    char name[512];
    write_file(group(name, sizeof name, tree, file), value);
}

static void make_groups(void) {
    char name[512];
    guest.has_groups = true;
    check(mkdir(guest.unified, 0755), "making the cgroup", guest.unified);
    for (int tree = 0; guest.legacy && tree < LEGACY_TREES; tree++)
        check(mkdir(group(name, sizeof name, legacy_trees[tree], NULL), 0755), "making the cgroup", name);
    if (guest.legacy) {
        limit("cpu", "cpu.cfs_quota_us", "50000");
        limit("memory", "memory.limit_in_bytes", "67108864");
        limit("pids", "pids.max", "512");
    } else {
        limit(".", "cpu.max", "50000 100000");
        limit(".", "memory.max", "67108864");
        limit(".", "pids.max", "512");
    }
    // Delegated: the guest's root may make groups below.
    static const char *const delegated[] = {"", "/cgroup.procs", "/cgroup.threads", "/cgroup.subtree_control"};
    for (int file = 0; file < 4; file++)
        check(chown(path(name, sizeof name, "%s%s", guest.unified, delegated[file]), FIRST_ID, FIRST_ID), "handing over", name);
}

// The kernel makes the first attachment after a while wait for an RCU grace period, and lets those that follow pass. So
// a process of no importance is attached first, while the disk is cloned.
static void send_scout(void) {
    char procs[512];
    if (!guest.legacy) return;
    group(procs, sizeof procs, legacy_trees[0], "cgroup.procs");
    guest.scout = check(fork(), "forking", NULL);
    if (guest.scout) return;
    int file = open(procs, O_WRONLY | O_CLOEXEC);
    _exit(file < 0 || write(file, "0", 1) != 1);
}

static void await_scout(void) {
    if (guest.scout > 0) waitpid(guest.scout, NULL, 0);
    guest.scout = 0;
}

static void attach_init(void) {
    char pid[16], procs[512];
    snprintf(pid, sizeof pid, "%d", guest.init);
    await_scout();
    for (int tree = 0; guest.legacy && tree < LEGACY_TREES; tree++)
        write_file(group(procs, sizeof procs, legacy_trees[tree], "cgroup.procs"), pid);
}

// A group is empty a moment after its last process was reaped.
static void remove_group(const char *name) {
    for (int attempt = 0; rmdir(name) < 0 && errno == EBUSY && attempt < 1000; attempt++) usleep(1000);
}

static void remove_groups(void) {
    char name[512];
    for (int tree = 0; guest.legacy && tree < LEGACY_TREES; tree++) remove_group(group(name, sizeof name, legacy_trees[tree], NULL));
    remove_group(guest.unified);
    guest.has_groups = false;
}

// MARK: The guest's side. It cannot print: what fails goes through the pipe that a successful exec closes.

struct failure { char step[64]; int error; };
static int failures = -1;

static void must(long result, const char *step) {
    if (result >= 0) return;
    struct failure failure = {.error = errno};
    snprintf(failure.step, sizeof failure.step, "%s", step);
    if (write(failures, &failure, sizeof failure) < 0) _exit(126);
    _exit(125);
}

// One descriptor, over a socket.
union packet { char bytes[CMSG_SPACE(sizeof(int))]; struct cmsghdr aligned; };

static int receive_descriptor(int from) {
    char byte;
    union packet packet;
    struct iovec text = {&byte, 1};
    struct msghdr message = {.msg_iov = &text, .msg_iovlen = 1, .msg_control = packet.bytes, .msg_controllen = sizeof packet.bytes};
    if (recvmsg(from, &message, MSG_CMSG_CLOEXEC) <= 0 || !CMSG_FIRSTHDR(&message)) return -1;
    int descriptor;
    memcpy(&descriptor, CMSG_DATA(CMSG_FIRSTHDR(&message)), sizeof descriptor);
    return descriptor;
}

static int send_descriptor(int to, int descriptor) {
    char byte = 0;
    union packet packet = {0};
    struct iovec text = {&byte, 1};
    struct msghdr message = {.msg_iov = &text, .msg_iovlen = 1, .msg_control = packet.bytes, .msg_controllen = sizeof packet.bytes};
    struct cmsghdr *header = CMSG_FIRSTHDR(&message);
    header->cmsg_level = SOL_SOCKET;
    header->cmsg_type = SCM_RIGHTS;
    header->cmsg_len = CMSG_LEN(sizeof descriptor);
    memcpy(CMSG_DATA(header), &descriptor, sizeof descriptor);
    return sendmsg(to, &message, 0);
}

static void make_devices(void) {
    static const char *const devices[] = {"null", "zero", "full", "random", "urandom", "tty"};
    char from[32], to[32];
    must(mount("tmpfs", "dev", "tmpfs", MS_NOSUID, "mode=755,size=64k"), "mounting /dev");
    for (size_t each = 0; each < sizeof devices / sizeof *devices; each++) {
        snprintf(from, sizeof from, "/dev/%s", devices[each]);
        snprintf(to, sizeof to, "dev/%s", devices[each]);
        int file = open(to, O_CREAT | O_WRONLY | O_CLOEXEC, 0666);
        must(file, "making a device's place");
        close(file);
        must(mount(from, to, NULL, MS_BIND, NULL), "binding a device");
    }
    must(mkdir("dev/pts", 0755), "making /dev/pts");
    must(mkdir("dev/shm", 01777), "making /dev/shm");
    must(mount("devpts", "dev/pts", "devpts", MS_NOSUID | MS_NOEXEC, "newinstance,ptmxmode=0666,mode=0620,gid=5"), "mounting /dev/pts");
    must(symlink("pts/ptmx", "dev/ptmx"), "linking /dev/ptmx");
}

static void become_guest(int link) {
    const unsigned long harmless = MS_NOSUID | MS_NODEV | MS_NOEXEC;
    int root = receive_descriptor(link); // also: the id maps are written
    if (root < 0) _exit(124);            // the other side has failed, and has said so
    must(setresgid(0, 0, 0), "becoming the guest's root group");
    must(setresuid(0, 0, 0), "becoming the guest's root");
    must(mount(NULL, "/", NULL, MS_REC | MS_SLAVE, NULL), "cutting mounts off from the host");
    must(syscall(SYS_move_mount, root, "", AT_FDCWD, guest.root, MOVE_MOUNT_F_EMPTY_PATH), "placing the root");
    must(chdir(guest.root), "entering the root");
    must(mount("proc", "proc", "proc", harmless, NULL), "mounting /proc");
    must(mount("sysfs", "sys", "sysfs", harmless, NULL), "mounting /sys");
    must(mount("cgroup2", "sys/fs/cgroup", "cgroup2", harmless, NULL), "mounting the cgroups");
    make_devices();
    must(mount("tmpfs", "run", "tmpfs", MS_NOSUID | MS_NODEV, "mode=755"), "mounting /run");
    must(syscall(SYS_pivot_root, ".", "."), "pivoting");
    must(umount2(".", MNT_DETACH), "leaving the host's root");
    must(chdir("/"), "entering /");
    must(sethostname(guest.name, strlen(guest.name)), "naming the host");
    must(setsid(), "making a session");
    char *const arguments[] = {"/sbin/init", NULL};
    char *const environment[] = {"container=yardstick", "PATH=/usr/sbin:/usr/bin:/sbin:/bin", NULL};
    must(execve(arguments[0], arguments, environment), "executing /sbin/init");
}

// MARK: The host's side of a start

static void map_ids(void) {
    char file[64], map[64];
    snprintf(map, sizeof map, "0 %u %u\n", (unsigned)FIRST_ID, IDS);
    write_file(path(file, sizeof file, "/proc/%d/uid_map", guest.init), map);
    write_file(path(file, sizeof file, "/proc/%d/gid_map", guest.init), map);
}

static void link_up(void) {
    char host[IFNAMSIZ], inside[IFNAMSIZ];
    snprintf(host, sizeof host, "y%dh%d", getpid(), guest.starts % 10);
    snprintf(inside, sizeof inside, "y%dg%d", getpid(), guest.starts % 10);
    struct nl_sock *socket = nl_socket_alloc();
    struct rtnl_link *link = NULL, *change = rtnl_link_alloc();
    int error = nl_connect(socket, NETLINK_ROUTE);
    if (error >= 0) error = rtnl_link_veth_add(socket, host, inside, guest.init);
    if (error >= 0) error = rtnl_link_get_kernel(socket, 0, host, &link);
    if (error >= 0) {
        rtnl_link_set_flags(change, IFF_UP);
        error = rtnl_link_change(socket, link, change, 0);
    }
    rtnl_link_put(change);
    if (link) rtnl_link_put(link);
    nl_socket_free(socket);
    if (error < 0) fail("making the veth pair", host, nl_geterror(error));
}

// The disk as the guest sees it: its root's files belong to its root.
static int mapped_root(void) {
    char file[64];
    int users = check(open(path(file, sizeof file, "/proc/%d/ns/user", guest.init), O_RDONLY | O_CLOEXEC), "opening", file);
    int tree = check(syscall(SYS_open_tree, AT_FDCWD, guest.root, OPEN_TREE_CLONE | OPEN_TREE_CLOEXEC), "cloning the mount", guest.root);
    struct mount_attr attributes = {.attr_set = MOUNT_ATTR_IDMAP, .userns_fd = users};
    check(syscall(SYS_mount_setattr, tree, "", AT_EMPTY_PATH, &attributes, sizeof attributes), "idmapping", guest.root);
    close(users);
    return tree;
}

static void await_exec(int from) {
    struct failure failure;
    ssize_t got = read(from, &failure, sizeof failure);
    if (got == 0) return;
    failure.step[sizeof failure.step - 1] = 0;
    fail("in the guest:", got == sizeof failure ? failure.step : "it", got == sizeof failure ? strerror(failure.error) : "ended");
}

static void start(bool fresh) {
    int done[2], link[2];
    lap_began = milliseconds();
    make_groups();
    send_scout();
    lap("cgroups");
    if (fresh) clone_disk();
    attach_disk();
    lap("disk");

    check(pipe2(done, O_CLOEXEC), "making a pipe", NULL);
    check(socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, link), "making a socket pair", NULL);
    int leaf = check(open(guest.unified, O_RDONLY | O_DIRECTORY | O_CLOEXEC), "opening", guest.unified);
    struct clone_args born = {
        .flags = CLONE_NEWUSER | CLONE_NEWPID | CLONE_NEWNS | CLONE_NEWNET | CLONE_NEWIPC | CLONE_NEWUTS | CLONE_NEWCGROUP | CLONE_INTO_CGROUP,
        .exit_signal = SIGCHLD, .cgroup = leaf};
    guest.init = check(syscall(SYS_clone3, &born, sizeof born), "cloning the namespaces", NULL);
    if (guest.init == 0) {
        failures = done[1];
        close(link[0]);
        become_guest(link[1]);
    }
    close(leaf);
    close(done[1]);
    close(link[1]);
    map_ids();
    lap("namespaces");
    attach_init();
    lap("attaching");
    link_up();
    lap("network");
    int root = mapped_root();
    check(send_descriptor(link[0], root), "handing over the root", NULL);
    close(root);
    await_exec(done[0]);
    close(done[0]);
    close(link[0]);
    lap("mounts and executing");
    guest.starts++;
}

// MARK: Ends

static void kill_init(void) {
    if (guest.init <= 0) return;
    kill(guest.init, SIGKILL);
    waitpid(guest.init, NULL, 0);
    guest.init = 0;
}

static void stop(void) {
    kill_init();
    check(umount2(guest.root, 0), "unmounting", guest.root);
    guest.is_mounted = false;
    remove_groups();
}

static void delete_disk(void) {
    check(rmdir(guest.root), "removing", guest.root);
    guest.has_root_folder = false;
    check(unlink(guest.image), "removing", guest.image);
    guest.has_image = false;
}

// After a failure: whatever is there, in reverse, and without asking whether it succeeds.
static void clean_up(void) {
    await_scout();
    kill_init();
    if (guest.is_mounted) umount2(guest.root, MNT_DETACH);
    if (guest.has_root_folder) rmdir(guest.root);
    if (guest.has_image) unlink(guest.image);
    if (guest.has_groups) remove_groups();
}

static void on_signal(int number) {
    clean_up();
    _exit(128 + number);
}

static double timed(void (*step)(void)) {
    double began = milliseconds();
    step();
    return milliseconds() - began;
}

static void create(void) { start(true); }
static void start_again(void) { start(false); }
static void delete_running(void) { stop(); delete_disk(); }

int main(int count, char **words) {
    if (count != 4) {
        fprintf(stderr, "usage: yardstick TEMPLATE FOLDER NAME\n");
        return 2;
    }
    guest.template = words[1];
    guest.folder = words[2];
    guest.name = words[3];
    guest.legacy = access("/sys/fs/cgroup/cgroup.controllers", F_OK) != 0;
    path(guest.image, sizeof guest.image, "%s/%s.ext4", guest.folder, guest.name);
    path(guest.root, sizeof guest.root, "%s/%s.root", guest.folder, guest.name);
    path(guest.unified, sizeof guest.unified, "/sys/fs/cgroup%s/%s", guest.legacy ? "/unified" : "", guest.name);
    struct sigaction action = {.sa_handler = on_signal};
    sigaction(SIGINT, &action, NULL);
    sigaction(SIGTERM, &action, NULL);

    double created = timed(create), stopped = timed(stop), started = timed(start_again), deleted = timed(delete_running);
    printf("{\"create\": %.3f, \"stop\": %.3f, \"start\": %.3f, \"delete\": %.3f, \"laps\": {", created, stopped, started, deleted);
    for (int each = 0; each < lap_count; each++) printf("%s\"%s\": %.3f", each ? ", " : "", laps[each].name, laps[each].spent);
    printf("}}\n");
    return 0;
}
