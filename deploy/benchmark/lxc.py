"""Peer: LXC's own programs, as one would script them."""
import os, shutil

from . import guest
from .host import FOLDER, NAME, is_v2, processes, quietly, run
from .subject import Subject

PLACE = f"{FOLDER}/lxc"


def limits():
    if is_v2():
        return {"cgroup2.memory.max": "64M", "cgroup2.cpu.max": "50000 100000", "cgroup2.pids.max": "512"}
    return {"cgroup.memory.limit_in_bytes": "64M", "cgroup.cpu.cfs_quota_us": "50000", "cgroup.pids.max": "512"}


class Lxc(Subject):
    title = "lxc"
    note = "its programs, without a daemon: a btrfs snapshot (no disk quota), a routed veth pair, Debian's common.conf; no records"
    programs = ("lxc-start",)

    def set_up(self):
        os.mkdir(PLACE)
        self.template, self.addresses = guest.subvolume("lxc"), {}

    def config(self, name, root):
        address = self.addresses.setdefault(name, f"10.191.{len(self.addresses) // 250}.{len(self.addresses) % 250 + 1}")
        lines = {
            "include": "/usr/share/lxc/config/common.conf", "uts.name": name, "rootfs.path": f"btrfs:{root}", "init.cmd": "/sbin/init",
            "cgroup.dir": f"{NAME}-lxc/{name}", **limits(),
            "net.0.type": "veth", "net.0.veth.mode": "router", "net.0.veth.pair": f"l{name}", "net.0.flags": "up", "net.0.ipv4.address": f"{address}/32",
        }
        ids = [f"lxc.idmap = {kind} 0 {guest.FIRST_ID} 65536" for kind in "ug"]
        return "\n".join(["lxc.include = /usr/share/lxc/config/userns.conf", *(f"lxc.{key} = {value}" for key, value in lines.items()), *ids, ""])

    def create(self, name):
        root = f"{self.template}-{name}"
        quietly("btrfs", "subvolume", "snapshot", self.template, root)
        os.mkdir(f"{PLACE}/{name}")
        with open(f"{PLACE}/{name}/config", "w") as file:
            file.write(self.config(name, root))
        self.start(name)

    def start(self, name): quietly("lxc-start", "-P", PLACE, "-n", name, "-d")
    def stop(self, name): quietly("lxc-stop", "-P", PLACE, "-n", name, "-k")
    def delete(self, name): quietly("lxc-destroy", "-P", PLACE, "-n", name, "-f")
    def execute(self, name): quietly("lxc-attach", "-P", PLACE, "-n", name, "--", "true")
    def show(self, name): quietly("lxc-info", "-P", PLACE, "-n", name)

    def guardians(self):
        return [pid for pid, command in processes() if command.startswith(f"[lxc monitor] {PLACE} ")]
