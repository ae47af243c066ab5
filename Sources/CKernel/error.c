#include "ckernel.h"
#include <string.h>

// Without _GNU_SOURCE: the POSIX strerror_r, which fills the buffer.
int __xpg_strerror_r(int code, char *buffer, size_t length);
int ck_error_text(int code, char *buffer, size_t length) { return __xpg_strerror_r(code, buffer, length); }
