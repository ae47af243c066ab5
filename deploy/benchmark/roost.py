"""Ours: roost-node and roostd, with a configuration of the bench's own."""
import os, re, subprocess, threading

from .api import Api
from .host import FOLDER, NAME, private_kib, processes, quietly, until, Failed
from .subject import Subject

OWNER = "61235"  # the user that roostd is: nobody's
DISK = 1 << 30


class Roost(Subject):
    title = "Roost"
    settings = ""  # more of them, for whoever needs it
    note = "over roostd's HTTP, its records and quotas; image disks on XFS, a routed address, firewall, seccomp"

    def __init__(self, programs, recipes):
        self.programs, self.recipes = programs, recipes
        self.socket = f"{FOLDER}/run/api/roostd.sock"
        self.log = f"{FOLDER}/roost.log"
        self.connections = threading.local()
        self.running = []

    @property
    def api(self):
        if not hasattr(self.connections, "api"):
            self.connections.api = Api(self.socket)
        return self.connections.api

    def set_up(self):
        for part in ("state/control", "run/api"):
            os.makedirs(f"{FOLDER}/{part}")
            os.chown(f"{FOLDER}/{part}", int(OWNER), int(OWNER))
        config = f"{FOLDER}/roost.yaml"
        with open(config, "w") as file:
            file.write(f"""paths: {{state: {FOLDER}/state, runtime: {FOLDER}/run, templates: {self.recipes}}}
node: {{owner: "{OWNER}", warden: {self.programs}/roost-warden, poolSize: 20GiB, cgroup: {NAME}, interfacePrefix: rtb, table: {NAME}, idBase: 2130706432, idSlots: 1100}}
addresses: {{ipv4: ["10.190.0.0/16"], ipv6: ["fd66:6006:ff::/48"]}}
overcommit: {{cpu: 64, memory: 4, disk: 10}}
{self.settings}""")
        self.daemon("roost-node", [f"{self.programs}/roost-node", "run", "--config", config], f"{FOLDER}/run/node/node.sock")
        identity = ["setpriv", "--reuid", OWNER, "--regid", OWNER, "--clear-groups", "--no-new-privs", "--bounding-set=-all"]
        self.daemon("roostd", identity + [f"{self.programs}/roostd", "--config", config], self.socket)
        self.wait_for("a node that is online", lambda: any(node["status"] == "online" for node in self.api.call("GET", "/v1/nodes")["nodes"]))
        gib = 1 << 30
        self.api.call("POST", "/v1/tenants", {"name": "bench", "quota": {"vps": 1000, "cpuMillicores": 10**6, "memoryBytes": 1000 * gib, "diskBytes": 1000 * gib, "addresses": 1000}})
        self.api.call("POST", "/v1/plans", {"name": "small", "cpuMillicores": 500, "memoryBytes": 64 << 20, "diskBytes": DISK})
        self.finish("POST", "/v1/templates", {"name": "busybox"})
        self.create("first"), self.delete("first")  # makes the template's image of the plan's size

    def daemon(self, name, command, socket):
        with open(self.log, "a") as log:
            self.running.append(subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=log, stderr=log))
        self.wait_for(name, lambda: os.path.exists(socket))

    def wait_for(self, what, condition):
        try:
            until(condition, 60, what)
        except Failed as failure:
            with open(self.log) as log:
                raise Failed(f"{failure}\n{log.read()}")

    @property
    def image(self):
        """The image that every VPS's disk is cloned from."""
        return f"{FOLDER}/state/pool/templates/busybox/sizes/{DISK}.ext4"

    # MARK: Verbs

    def finish(self, method, path, body=None):
        operation = self.api.call(method, path, body, {"Prefer": "wait=60"})
        if operation["status"] != "succeeded":
            raise Failed(f"{method} {path}: {operation}")

    def create(self, name): self.finish("POST", "/v1/tenants/bench/vps", {"name": name, "plan": "small", "template": "busybox"})
    def delete(self, name): self.finish("DELETE", f"/v1/tenants/bench/vps/{name}")
    def stop(self, name): self.finish("POST", f"/v1/tenants/bench/vps/{name}/stop", {"force": True})
    def start(self, name): self.finish("POST", f"/v1/tenants/bench/vps/{name}/start")
    def get(self, name): self.api.call("GET", f"/v1/tenants/bench/vps/{name}")
    def execute(self, name): self.command("exec", f"bench/{name}", "--no-tty", "--", "true")
    def show(self, name): self.command("show", f"bench/{name}")
    def command(self, *words): quietly(f"{self.programs}/roost", "vps", *words, env=dict(os.environ, ROOST_SOCKET=self.socket))

    # MARK: What it costs

    def guardians(self):
        return [pid for pid, command in processes() if command.endswith(" warden")]

    def daemons(self):
        return [daemon.pid for daemon in self.running]

    def starts(self):
        """What roost-node logged of each start: {lap: milliseconds}."""
        with open(self.log) as log:
            return [laps for laps in map(laps_of, log) if laps]


def laps_of(line):
    """Where the time of one start went.

    >>> laps_of('2026-01-01T00:00:00+0000 info roost-node: ms=clearing 0.1, waiting for the disk 12.0 vps=abc [NodeEngine] started')
    {'clearing': 0.1, 'waiting for the disk': 12.0}
    >>> laps_of('2026-01-01T00:00:00+0000 info roost-node: vps=abc [NodeEngine] stopped')
    {}
    """
    found = re.search(r"\bms=(.*?)(?= \w+=| \[|$)", line.strip())
    pairs = re.findall(r"(\D+) ([0-9.]+)(?:, |$)", found.group(1)) if found and "started" in line else []
    return {name: float(value) for name, value in pairs}
