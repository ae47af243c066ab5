// For tests: what the kernel answers to system calls under a seccomp filter, without making any that is allowed.
#ifndef FILTERPROBE_H
#define FILTERPROBE_H

#include <stddef.h>
#include <stdint.h>

enum { PROBE_X86_64 = 0, PROBE_I386 = 1, PROBE_X32 = 2 };
// The answer for a call that the filter let through: it is caught before it is made.
enum { PROBE_ALLOWED = 999 };

struct probe_call { uint32_t abi; uint32_t number; uint64_t arguments[5]; };

// In a child that loads `filter`: answers[i] is the errno of calls[i], PROBE_ALLOWED, or 0 if it was made (it never may). 0, or −errno.
int probe_calls(const uint8_t *filter, size_t bytes, const struct probe_call *calls, int32_t *answers, int count);

// In a child that loads `filter`: threads with mutexes that inherit priorities, condition variables, broadcasts. The child's exit status.
int probe_threads(const uint8_t *filter, size_t bytes);

// A shell command under `filter`: its exit status.
int probe_shell(const uint8_t *filter, size_t bytes, const char *command);

#endif
