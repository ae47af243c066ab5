// Device filters of cgroup v2: bpf(2), BPF_PROG_TYPE_CGROUP_DEVICE.
#ifndef CKERNEL_BPF_H
#define CKERNEL_BPF_H

#include <stddef.h>
#include <stdint.h>

// `program`: an array of struct bpf_insn (8 bytes each). The program's descriptor, close-on-exec.
int ck_bpf_load_device_program(const uint8_t *program, size_t bytes);
// Replaces the program that the cgroup has; none of its descendants may have another.
int ck_bpf_attach_device_program(int cgroup, int program);

#endif
