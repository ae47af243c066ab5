// libseccomp, and those of its macros that Swift's importer cannot read.
#ifndef CSECCOMP_H
#define CSECCOMP_H

#include <seccomp.h>

static const uint32_t CSECCOMP_ARCH_X86_64 = SCMP_ARCH_X86_64;
static const uint32_t CSECCOMP_ARCH_X86 = SCMP_ARCH_X86;
static const uint32_t CSECCOMP_ALLOW = SCMP_ACT_ALLOW;
static inline uint32_t cseccomp_errno(uint16_t code) { return SCMP_ACT_ERRNO(code); }

#endif
