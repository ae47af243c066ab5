#define _GNU_SOURCE
#include "ckernel_bpf.h"
#include "answer.h"
#include <linux/bpf.h>
#include <string.h>
#include <sys/syscall.h>
#include <unistd.h>

static long bpf(int command, union bpf_attr *attributes) { return answer(syscall(SYS_bpf, command, attributes, sizeof *attributes)); }

int ck_bpf_load_device_program(const uint8_t *program, size_t bytes) {
    union bpf_attr attributes;
    memset(&attributes, 0, sizeof attributes);
    attributes.prog_type = BPF_PROG_TYPE_CGROUP_DEVICE;
    attributes.insns = (uint64_t)(uintptr_t)program;
    attributes.insn_cnt = bytes / sizeof(struct bpf_insn);
    attributes.license = (uint64_t)(uintptr_t)"Apache-2.0"; // it calls no helper that asks for another
    return bpf(BPF_PROG_LOAD, &attributes);
}
int ck_bpf_attach_device_program(int cgroup, int program) {
    union bpf_attr attributes;
    memset(&attributes, 0, sizeof attributes);
    attributes.target_fd = cgroup;
    attributes.attach_bpf_fd = program;
    attributes.attach_type = BPF_CGROUP_DEVICE;
    return bpf(BPF_PROG_ATTACH, &attributes);
}
