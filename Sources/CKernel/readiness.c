#define _GNU_SOURCE
#include "ckernel.h"
#include "answer.h"
#include <sys/epoll.h>

int ck_epoll(void) { return answer(epoll_create1(EPOLL_CLOEXEC)); }
int ck_epoll_add(int epoll, int fd, uint64_t token) {
    struct epoll_event event = {.events = EPOLLIN | EPOLLRDHUP | EPOLLONESHOT, .data.u64 = token};
    return answer(epoll_ctl(epoll, EPOLL_CTL_ADD, fd, &event));
}
int ck_epoll_wait(int epoll, uint64_t *token) {
    struct epoll_event event;
    int count;
    do count = epoll_wait(epoll, &event, 1, -1); while (count == 0 || (count < 0 && errno == EINTR));
    if (count < 0) return -errno;
    *token = event.data.u64;
    return 0;
}
