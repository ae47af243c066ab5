"""Peer: LXD, a daemon of the bench's own with everything below its folder."""
import io, os, subprocess, tarfile, threading

from . import guest
from .api import Api
from .host import FOLDER, NAME, processes, quietly, run, until
from .subject import Subject

PLACE = f"{FOLDER}/lxd"


class Lxd(Subject):
    title = "LXD"
    note = "over its HTTP, create and start as its command line does; btrfs with a quota, a routed address; without the lxcfs hook that sleeps"
    programs = ("lxd", "lxc")

    def __init__(self):
        self.connections, self.addresses = threading.local(), {}

    @property
    def api(self):
        if not hasattr(self.connections, "api"):
            self.connections.api = Api(f"{PLACE}/unix.socket")
        return self.connections.api

    def set_up(self):
        os.mkdir(PLACE)
        self.environment = dict(os.environ, LXD_DIR=PLACE, HOME=PLACE)
        with open(f"{FOLDER}/lxd.log", "w") as log:
            self.daemon = subprocess.Popen(["lxd", "--group", "root"], env=self.environment, stdin=subprocess.DEVNULL, stdout=log, stderr=log)
        until(lambda: Api(f"{PLACE}/unix.socket").call("GET", "/1.0"), 60, "LXD's daemon")
        self.title = "LXD " + self.api.call("GET", "/1.0")["metadata"]["environment"]["server_version"]
        self.api.call("POST", "/1.0/storage-pools", {"name": NAME, "driver": "btrfs", "config": {"source": guest.storage("lxd")}})
        self.finish("POST", "/1.0/images", image(), {"Content-Type": "application/octet-stream", "X-LXD-public": "false"})
        self.image = self.api.call("GET", "/1.0/images")["metadata"][0].rsplit("/", 1)[1]
        self.create("first"), self.delete("first")  # unpacks the image in the pool

    def finish(self, method, path, body=None, headers=None):
        operation = self.api.call(method, path, body, headers)["operation"]
        done = self.api.call("GET", f"{operation}/wait")["metadata"]
        if done["status"] != "Success":
            raise RuntimeError(f"{method} {path}: {done}")

    def define(self, name, project="default"):
        address = self.addresses.setdefault(name, f"10.192.{len(self.addresses) // 250}.{len(self.addresses) % 250 + 1}")
        self.finish("POST", f"/1.0/instances?project={project}", {
            "name": full(name), "profiles": [], "source": {"type": "image", "fingerprint": self.image},
            "config": {"limits.cpu.allowance": "50ms/100ms", "limits.memory": "64MiB", "limits.processes": "512"},
            "devices": {"root": {"type": "disk", "path": "/", "pool": NAME, "size": "1GiB"}, "eth0": {"type": "nic", "nictype": "routed", "ipv4.address": address}},
        })

    def create(self, name):
        self.define(name)
        self.start(name)

    def state(self, name, action): self.finish("PUT", f"/1.0/instances/{full(name)}/state", {"action": action, "force": True, "timeout": -1})
    def start(self, name): self.state(name, "start")
    def stop(self, name): self.state(name, "stop")
    def get(self, name): self.api.call("GET", f"/1.0/instances/{full(name)}")
    def execute(self, name): quietly("lxc", "exec", "--force-noninteractive", full(name), "--", "true", env=self.environment)
    def show(self, name): quietly("lxc", "info", full(name), env=self.environment)

    def delete(self, name):
        self.stop(name)
        self.finish("DELETE", f"/1.0/instances/{full(name)}")

    def guardians(self):
        """Its monitors, and what stays beside them."""
        return [pid for pid, command in processes() if command.startswith(f"[lxc monitor] {PLACE}/") or f"{NAME}-" in command and "lxd fork" in command]

    def daemons(self):
        return [self.daemon.pid]


def full(name):
    """So that the cgroups that LXD names after it can be told to be ours."""
    return f"{NAME}-{name}"


def image():
    """The guest as LXD imports it: its root file system and a description, in one archive."""
    file = io.BytesIO()
    with tarfile.open(fileobj=file, mode="w") as archive:
        words = b"architecture: x86_64\ncreation_date: 1700000000\nproperties: {description: busybox}\n"
        entry = tarfile.TarInfo("metadata.yaml")
        entry.size = len(words)
        archive.addfile(entry, io.BytesIO(words))
        archive.add(guest.TREE, "rootfs")
    return file.getvalue()
