#define _GNU_SOURCE
#include "ckernel.h"
#include "answer.h"
#include <fcntl.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/stat.h>
#include <sys/sysmacros.h>
#include <termios.h>

int ck_terminal_unlock(int controller) { int unlocked = 0; return answer(ioctl(controller, TIOCSPTLCK, &unlocked)); }
int ck_terminal_peer(int controller) { return answer(ioctl(controller, TIOCGPTPEER, O_RDWR | O_NOCTTY | O_CLOEXEC)); }
int ck_terminal_take(int fd) { return answer(ioctl(fd, TIOCSCTTY, 0)); }
int ck_terminal_resize(int fd, uint16_t rows, uint16_t columns) {
    struct winsize size = {.ws_row = rows, .ws_col = columns};
    return answer(ioctl(fd, TIOCSWINSZ, &size));
}
int ck_terminal_size(int fd, uint16_t *rows, uint16_t *columns) {
    struct winsize size;
    if (ioctl(fd, TIOCGWINSZ, &size) < 0) return -errno;
    *rows = size.ws_row; *columns = size.ws_col;
    return 0;
}
bool ck_is_pty_controller(int fd) {
    struct stat info;
    int number;
    return fstat(fd, &info) == 0 && S_ISCHR(info.st_mode) && major(info.st_rdev) == 5 && minor(info.st_rdev) == 2 && ioctl(fd, TIOCGPTN, &number) == 0;
}
_Static_assert(sizeof(struct termios) <= CK_TERMIOS_SIZE, "termios fits");
int ck_terminal_raw(int fd, uint8_t saved[CK_TERMIOS_SIZE]) {
    struct termios settings;
    if (tcgetattr(fd, &settings) < 0) return -errno;
    memcpy(saved, &settings, sizeof settings);
    cfmakeraw(&settings);
    return answer(tcsetattr(fd, TCSANOW, &settings));
}
int ck_terminal_silent(int fd, uint8_t saved[CK_TERMIOS_SIZE]) {
    struct termios settings;
    if (tcgetattr(fd, &settings) < 0) return -errno;
    memcpy(saved, &settings, sizeof settings);
    settings.c_lflag &= ~(tcflag_t)ECHO;
    settings.c_lflag |= ECHONL;
    return answer(tcsetattr(fd, TCSANOW, &settings));
}
int ck_terminal_restore(int fd, const uint8_t saved[CK_TERMIOS_SIZE]) {
    struct termios settings;
    memcpy(&settings, saved, sizeof settings);
    return answer(tcsetattr(fd, TCSANOW, &settings));
}
