// Preloaded into wrk, which knows only TCP: each of its connections goes to the unix socket that $UNIXWARD names.
#define _GNU_SOURCE
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/un.h>
#include <unistd.h>

int connect(int wanted, __attribute__((unused)) const struct sockaddr *address, __attribute__((unused)) socklen_t length) {
    struct sockaddr_un target = {.sun_family = AF_UNIX};
    snprintf(target.sun_path, sizeof target.sun_path, "%s", getenv("UNIXWARD"));
    // Blocking until it is connected: one that does not block fails where the listener's queue is full.
    int made = socket(AF_UNIX, SOCK_STREAM, 0);
    if (made < 0) return -1;
    int result = syscall(SYS_connect, made, &target, sizeof target);
    if (result == 0 && (fcntl(made, F_SETFL, fcntl(wanted, F_GETFL)) < 0 || dup2(made, wanted) < 0)) result = -1;
    close(made);
    return result;
}
