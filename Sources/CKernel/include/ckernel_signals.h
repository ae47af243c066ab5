// Signals as bytes in a pipe: sigaction(2), signal-safety(7).
#ifndef CKERNEL_SIGNALS_H
#define CKERNEL_SIGNALS_H

#include <stdbool.h>

// From now on each of `signals` writes its number, one byte, to `pipe` (made non-blocking) and does nothing else. One pipe at a time.
int ck_signals_to_pipe(int pipe, const int *signals, int count);
int ck_signals_to_default(const int *signals, int count);
int ck_discard_terminal_input(int fd);                      // tcflush(3), TCIFLUSH
int ck_is_terminal(int fd);                                 // 1 or 0

#endif
