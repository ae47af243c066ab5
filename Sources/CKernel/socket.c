#define _GNU_SOURCE
#include "ckernel.h"
#include "answer.h"
#include <poll.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

static int address(const char *path, struct sockaddr_un *to) {
    size_t length = strlen(path);
    if (length >= sizeof to->sun_path) return -ENAMETOOLONG;
    memset(to, 0, sizeof *to);
    to->sun_family = AF_UNIX;
    memcpy(to->sun_path, path, length);
    return 0;
}
static int listening(const char *path, int type, unsigned mode, int backlog) {
    struct sockaddr_un to;
    int bad = address(path, &to);
    if (bad) return bad;
    int fd = socket(AF_UNIX, type | SOCK_CLOEXEC, 0);
    if (fd < 0) return -errno;
    // A socket's file gets the socket's own mode; the umask is the whole process's and not ours to change.
    if (fchmod(fd, mode) < 0 || bind(fd, (struct sockaddr *)&to, sizeof to) < 0 || listen(fd, backlog) < 0) { int saved = errno; close(fd); return -saved; }
    return fd;
}
static int connected(const char *path, int type) {
    struct sockaddr_un to;
    int bad = address(path, &to);
    if (bad) return bad;
    int fd = socket(AF_UNIX, type | SOCK_CLOEXEC, 0);
    if (fd < 0) return -errno;
    if (connect(fd, (struct sockaddr *)&to, sizeof to) < 0) { int saved = errno; close(fd); return -saved; }
    return fd;
}
int ck_packet_pair(int ends[2]) { return answer(socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, ends)); }
int ck_listen_packets(const char *path, int backlog) { return listening(path, SOCK_SEQPACKET, 0600, backlog); }
int ck_listen_stream(const char *path, unsigned mode, int backlog) { return listening(path, SOCK_STREAM, mode, backlog); }
int ck_connect_packets(const char *path) { return connected(path, SOCK_SEQPACKET); }
int ck_accept(int listener) {
    int fd;
    do fd = accept4(listener, NULL, NULL, SOCK_CLOEXEC); while (fd < 0 && errno == EINTR);
    return answer(fd);
}
int ck_peer(int socket, int *pid, uint32_t *uid) {
    struct ucred peer;
    socklen_t length = sizeof peer;
    if (getsockopt(socket, SOL_SOCKET, SO_PEERCRED, &peer, &length) < 0) return -errno;
    *pid = peer.pid; *uid = peer.uid;
    return 0;
}

enum { MOST_DESCRIPTORS = 64 };
long ck_send(int socket, const void *bytes, size_t count, const int *descriptors, int descriptorCount) {
    if (descriptorCount > MOST_DESCRIPTORS) return -EINVAL;
    union { char space[CMSG_SPACE(sizeof(int) * MOST_DESCRIPTORS)]; struct cmsghdr align; } control;
    struct iovec part = {(void *)(uintptr_t)bytes, count};
    struct msghdr message = {.msg_iov = &part, .msg_iovlen = 1};
    if (descriptorCount > 0) {
        memset(&control, 0, sizeof control);
        message.msg_control = &control;
        message.msg_controllen = CMSG_SPACE(sizeof(int) * descriptorCount);
        struct cmsghdr *header = CMSG_FIRSTHDR(&message);
        header->cmsg_level = SOL_SOCKET; header->cmsg_type = SCM_RIGHTS;
        header->cmsg_len = CMSG_LEN(sizeof(int) * descriptorCount);
        memcpy(CMSG_DATA(header), descriptors, sizeof(int) * descriptorCount);
    }
    long result;
    do result = sendmsg(socket, &message, MSG_NOSIGNAL); while (result < 0 && errno == EINTR);
    return answer(result);
}
long ck_receive(int socket, void *bytes, size_t count, int *descriptors, int *descriptorCount) {
    union { char space[CMSG_SPACE(sizeof(int) * MOST_DESCRIPTORS)]; struct cmsghdr align; } control;
    struct iovec part = {bytes, count};
    struct msghdr message = {.msg_iov = &part, .msg_iovlen = 1, .msg_control = &control, .msg_controllen = sizeof control};
    long result;
    do result = recvmsg(socket, &message, MSG_CMSG_CLOEXEC); while (result < 0 && errno == EINTR);
    int room = *descriptorCount;
    *descriptorCount = 0;
    if (result < 0) return -errno;
    for (struct cmsghdr *header = CMSG_FIRSTHDR(&message); header; header = CMSG_NXTHDR(&message, header)) {
        if (header->cmsg_level != SOL_SOCKET || header->cmsg_type != SCM_RIGHTS) continue;
        int received = (header->cmsg_len - CMSG_LEN(0)) / sizeof(int);
        for (int i = 0; i < received; i++) {
            int fd;
            memcpy(&fd, CMSG_DATA(header) + i * sizeof(int), sizeof fd);
            if (*descriptorCount < room) descriptors[(*descriptorCount)++] = fd; else close(fd);
        }
    }
    if (message.msg_flags & (MSG_TRUNC | MSG_CTRUNC)) return -EMSGSIZE;
    return result;
}
int ck_shutdown_write(int socket) { return answer(shutdown(socket, SHUT_WR)); }
int ck_shutdown(int socket) { return answer(shutdown(socket, SHUT_RDWR)); }
int ck_poll(const int *descriptors, const short *events, short *results, int count, int timeoutMilliseconds) {
    enum { MOST = 64 };
    if (count > MOST) return -EINVAL;
    struct pollfd polled[MOST];
    for (int i = 0; i < count; i++) polled[i] = (struct pollfd){descriptors[i], events[i], 0};
    int ready;
    do ready = poll(polled, count, timeoutMilliseconds); while (ready < 0 && errno == EINTR);
    if (ready < 0) return -errno;
    for (int i = 0; i < count; i++) results[i] = polled[i].revents;
    return ready;
}
