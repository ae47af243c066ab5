// Pseudo-terminals: pts(4), ioctl_tty(2).
#ifndef CKERNEL_TERMINAL_H
#define CKERNEL_TERMINAL_H

#include <stdbool.h>
#include <stdint.h>

int ck_terminal_unlock(int controller);                    // TIOCSPTLCK 0
int ck_terminal_peer(int controller);                      // TIOCGPTPEER: no path is resolved
int ck_terminal_take(int fd);                              // TIOCSCTTY
int ck_terminal_resize(int fd, uint16_t rows, uint16_t columns);
int ck_terminal_size(int fd, uint16_t *rows, uint16_t *columns);
bool ck_is_pty_controller(int fd);                         // a pty master, whatever a guest handed over
// Raw mode for the user's own terminal: `saved` holds the earlier settings (CK_TERMIOS_SIZE bytes).
enum { CK_TERMIOS_SIZE = 64 };
int ck_terminal_raw(int fd, uint8_t saved[CK_TERMIOS_SIZE]);
int ck_terminal_silent(int fd, uint8_t saved[CK_TERMIOS_SIZE]);
int ck_terminal_restore(int fd, const uint8_t saved[CK_TERMIOS_SIZE]);

#endif
