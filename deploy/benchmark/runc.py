"""Peer: runc, the bare runtime."""
import json, os, select, shutil

from . import guest
from .host import FOLDER, NAME, quietly, run
from .subject import Subject

BUNDLES = f"{FOLDER}/runc"


class Runc(Subject):
    title = "runc"
    note = "the bare runtime: a btrfs snapshot, an empty network namespace (it makes no links), no disk quota, no records; nothing stays behind as a parent"
    programs = ("runc",)

    def set_up(self):
        os.makedirs(f"{BUNDLES}/state")
        self.template = guest.subvolume("runc")
        self.input = os.pipe()[0]  # never written: a shell that reads from it waits
        run("runc", "spec", "--bundle", BUNDLES)
        with open(f"{BUNDLES}/config.json") as file:
            self.spec = json.load(file)

    def config(self, name):
        spec = json.loads(json.dumps(self.spec))
        spec["process"].update(terminal=False, args=["/sbin/init"], cwd="/")
        spec["root"] = {"path": f"{self.template}-{name}", "readonly": False}
        spec["hostname"] = name
        linux = spec["linux"]
        linux["namespaces"] = [{"type": kind} for kind in ("pid", "network", "ipc", "uts", "mount", "cgroup", "user")]
        linux["uidMappings"] = linux["gidMappings"] = [{"containerID": 0, "hostID": guest.FIRST_ID, "size": 65536}]
        linux["cgroupsPath"] = f"/{NAME}-runc/{name}"
        linux["resources"].update(memory={"limit": 64 << 20}, cpu={"quota": 50000, "period": 100000}, pids={"limit": 512})
        return spec

    def create(self, name):
        quietly("btrfs", "subvolume", "snapshot", self.template, f"{self.template}-{name}")
        os.mkdir(f"{BUNDLES}/{name}")
        with open(f"{BUNDLES}/{name}/config.json", "w") as file:
            json.dump(self.config(name), file)
        self.start(name)

    def runc(self, *words, **options): quietly("runc", "--root", f"{BUNDLES}/state", *words, **options)
    def start(self, name): self.runc("run", "--detach", "--bundle", f"{BUNDLES}/{name}", "--pid-file", f"{BUNDLES}/{name}/pid", name, stdin=self.input)
    def execute(self, name): self.runc("exec", name, "true")
    def show(self, name): self.runc("state", name)

    def stop(self, name):
        # Not `runc delete --force`, which looks again only each 100 ms.
        with open(f"{BUNDLES}/{name}/pid") as file:
            init = os.pidfd_open(int(file.read()))
        self.runc("kill", name, "KILL")
        select.select([init], [], [])
        os.close(init)
        self.runc("delete", name)

    def delete(self, name):
        self.stop(name)
        quietly("btrfs", "subvolume", "delete", f"{self.template}-{name}")
        shutil.rmtree(f"{BUNDLES}/{name}")
