"""The measuring half of deploy/bench: bench.py PROGRAMS RECIPES COUNT. Prints a table; asserts nothing."""
import http.client, json, os, shutil, socket, statistics, subprocess, sys, time

programs, recipes, count = sys.argv[1], sys.argv[2], int(sys.argv[3])
folder = f"/var/tmp/roost-bench-{os.getpid()}"
owner = "61235"


class Socket(http.client.HTTPConnection):
    """HTTP over roostd's unix socket, one connection kept."""

    def __init__(self, path):
        super().__init__("roost", timeout=60)
        self.path = path

    def connect(self):
        self.sock = socket.socket(socket.AF_UNIX)
        self.sock.connect(self.path)

    def call(self, method, path, body=None, wait=False):
        headers = {"Content-Type": "application/json"}
        if wait:
            headers["Prefer"] = "wait=30"
        self.request(method, path, json.dumps(body) if body is not None else None, headers)
        answer = self.getresponse()
        text = answer.read()
        if answer.status >= 300:
            raise SystemExit(f"{method} {path}: {answer.status} {text.decode()}")
        return json.loads(text) if text else None


def timed(action):
    start = time.perf_counter()
    action()
    return (time.perf_counter() - start) * 1000


def private_kib(pid):
    with open(f"/proc/{pid}/smaps_rollup") as file:
        return sum(int(line.split()[1]) for line in file if line.startswith(("Private_Clean", "Private_Dirty")))


def wardens():
    """The pids of the wardens of this folder's VPSes: those that hold its listening sockets."""
    lines = subprocess.run(["ss", "-xlpH"], capture_output=True, text=True).stdout.splitlines()
    return [int(line.split("pid=")[1].split(",")[0]) for line in lines if f"{folder}/run/wardens/" in line and "pid=" in line]


def finished(operation):
    if operation["status"] != "succeeded":
        raise SystemExit(f"not done: {operation}")


def measure(roost):
    rows = []

    def row(what, values, unit="ms"):
        ordered = sorted(values)
        rows.append((what, unit, statistics.median(ordered), ordered[min(len(ordered) - 1, int(len(ordered) * 0.99))], len(ordered)))

    create = lambda name: finished(roost.call("POST", "/v1/tenants/bench/vps", {"name": name, "plan": "small", "template": "busybox"}, wait=True))
    delete = lambda name: finished(roost.call("DELETE", f"/v1/tenants/bench/vps/{name}", wait=True))
    for name in ("warm1", "warm2", "warm3"):
        create(name), delete(name)
    creates, deletes = [], []
    for index in range(count):  # one after another, each on an otherwise empty host
        creates.append(timed(lambda: create(f"a{index}")))
        deletes.append(timed(lambda: delete(f"a{index}")))
    row("create to running", creates)
    row("delete", deletes)
    row("create to running, others running", [timed(lambda: create(f"b{index}")) for index in range(min(count, 50))])
    row("stop --force", [timed(lambda: finished(roost.call("POST", f"/v1/tenants/bench/vps/b{index}/stop", {"force": True}, wait=True))) for index in range(20)])
    row("start", [timed(lambda: finished(roost.call("POST", f"/v1/tenants/bench/vps/b{index}/start", wait=True))) for index in range(20)])
    row("GET one", [timed(lambda: roost.call("GET", "/v1/tenants/bench/vps/b0")) for _ in range(500)])
    row("list all", [timed(lambda: roost.call("GET", "/v1/vps")) for _ in range(200)])
    command = [f"{programs}/roost", "vps", "exec", "bench/b0", "--no-tty", "--", "true"]
    environment = dict(os.environ, ROOST_SOCKET=f"{folder}/run/api/roostd.sock")
    row("exec true, by the command line", [timed(lambda: subprocess.run(command, env=environment, stdin=subprocess.DEVNULL, check=True)) for _ in range(30)])
    row("a warden's private memory", [private_kib(pid) for pid in wardens()], "KiB")
    return rows


def main():
    for part in ("state/control", "run/api"):
        os.makedirs(f"{folder}/{part}")
        os.chown(f"{folder}/{part}", int(owner), int(owner))
    config = f"{folder}/roost.yaml"
    with open(config, "w") as file:
        file.write(f"""paths: {{state: {folder}/state, runtime: {folder}/run, templates: {recipes}}}
node: {{owner: "{owner}", warden: {programs}/roost-warden, poolSize: 20GiB, cgroup: rtbench, interfacePrefix: rtb, table: rtbench, idBase: 2130706432, idSlots: 200}}
addresses: {{ipv4: ["10.190.0.0/16"], ipv6: ["fd66:6006:ff::/48"]}}
overcommit: {{cpu: 64, memory: 4, disk: 10}}
""")
    log = open(f"{folder}/log", "w")
    daemons = [subprocess.Popen([f"{programs}/roost-node", "run", "--config", config], stderr=log, stdout=log)]
    try:
        until(lambda: os.path.exists(f"{folder}/run/node/node.sock"))
        daemons.append(subprocess.Popen(["setpriv", "--reuid", owner, "--regid", owner, "--clear-groups", f"{programs}/roostd", "--config", config], stderr=log, stdout=log))
        until(lambda: os.path.exists(f"{folder}/run/api/roostd.sock"))
        roost = Socket(f"{folder}/run/api/roostd.sock")
        until(lambda: any(node["status"] == "online" for node in roost.call("GET", "/v1/nodes")["nodes"]))
        gib = 1 << 30
        roost.call("POST", "/v1/tenants", {"name": "bench", "quota": {"vps": 1000, "cpuMillicores": 10**6, "memoryBytes": 1000 * gib, "diskBytes": 1000 * gib, "addresses": 1000}})
        roost.call("POST", "/v1/plans", {"name": "small", "cpuMillicores": 500, "memoryBytes": 64 << 20, "diskBytes": gib})
        finished(roost.call("POST", "/v1/templates", {"name": "busybox"}, wait=True))
        rows = measure(roost)
        memory = [(name, private_kib(daemon.pid)) for name, daemon in zip(("roost-node", "roostd"), daemons)]
        print(f"\n{'':38} {'median':>9} {'p99':>9}  of")
        for what, unit, median, high, number in rows:
            print(f"{what:38} {median:9.2f} {high:9.2f}  {number} ({unit})")
        for name, kib in memory:
            print(f"{name + ', private memory':38} {kib / 1024:9.1f} {'':9}    (MiB)")
    finally:
        for daemon in reversed(daemons):
            daemon.kill()
            daemon.wait()
        subprocess.run([f"{programs}/roost-node", "teardown", "--disks", "--config", config], stderr=log)
        shutil.rmtree(folder, ignore_errors=True)


def until(condition):
    end = time.time() + 60
    while time.time() < end:
        try:
            if condition():
                return
        except OSError:
            pass
        time.sleep(0.05)
    raise SystemExit(f"the daemons did not start: {open(folder + '/log').read()}")


main()
