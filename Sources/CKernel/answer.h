#ifndef CKERNEL_ANSWER_H
#define CKERNEL_ANSWER_H
#include <errno.h>
// The one convention of this target: what the call returned, or −errno, taken at once.
static inline long answer(long result) { return result < 0 ? -errno : result; }
#endif
