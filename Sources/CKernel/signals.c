#define _GNU_SOURCE
#include "ckernel_signals.h"
#include "ckernel.h"
#include "answer.h"
#include <signal.h>
#include <string.h>
#include <termios.h>
#include <unistd.h>

static volatile sig_atomic_t target = -1;

static void pass_on(int number) {
    int saved = errno;
    unsigned char byte = (unsigned char)number;
    ssize_t ignored = write(target, &byte, 1);  // a full pipe: the reader has enough to do already
    (void)ignored;
    errno = saved;
}
static int set(const int *signals, int count, void (*handler)(int)) {
    struct sigaction action;
    memset(&action, 0, sizeof action);
    action.sa_handler = handler;
    action.sa_flags = SA_RESTART;
    sigfillset(&action.sa_mask);
    for (int i = 0; i < count; i++) if (sigaction(signals[i], &action, NULL) < 0) return -errno;
    return 0;
}
int ck_signals_to_pipe(int pipe, const int *signals, int count) {
    int result = ck_set_nonblocking(pipe, true);
    if (result < 0) return result;
    target = pipe;
    return set(signals, count, pass_on);
}
int ck_signals_to_default(const int *signals, int count) { return set(signals, count, SIG_DFL); }
int ck_discard_terminal_input(int fd) { return answer(tcflush(fd, TCIFLUSH)); }
int ck_is_terminal(int fd) { return isatty(fd); }
