// libcap's names of capabilities.
#ifndef CCAPABILITY_H
#define CCAPABILITY_H

#include <sys/capability.h>

#endif
