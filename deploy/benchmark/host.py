"""What the measuring needs of the host: programs, pools in files, memory, and namespaces that nothing outlives."""
import os, subprocess, time

FOLDER = "/var/tmp/roost-bench"  # everything that the bench and its peers keep on disk
NAME = "rtbench"                 # what every cgroup, table and VPS of the bench is called, or begins with


class Failed(Exception):
    """A step that did not work: what was tried, and what was said."""


def run(*command, **options):
    """The program's output. `Failed` with its words, if it ends otherwise than with 0."""
    done = subprocess.run(command, stdin=options.pop("stdin", subprocess.DEVNULL), capture_output=True, text=True, **options)
    if done.returncode != 0:
        raise Failed(f"{' '.join(command)}: status {done.returncode}\n{done.stdout}{done.stderr}".strip())
    return done.stdout


def quietly(*command, **options):
    """As `run`, without pipes: for a program that is timed, or that leaves a child behind which would keep them open."""
    with open(f"{FOLDER}/words", "w+") as words:
        code = subprocess.call(command, stdin=options.pop("stdin", subprocess.DEVNULL), stdout=words, stderr=words, **options)
        if code != 0:
            words.seek(0)
            raise Failed(f"{' '.join(command)}: status {code}\n{words.read()}".strip())


def until(condition, seconds, what):
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        try:
            if condition():
                return
        except (OSError, Failed):
            pass
        time.sleep(0.02)
    raise Failed(f"{what}: not within {seconds} s")


def is_v2():
    return os.path.exists("/sys/fs/cgroup/cgroup.controllers")


def processes():
    """Every process of the bench's own PID namespace, with its command line."""
    for pid in filter(str.isdigit, os.listdir("/proc")):
        try:
            with open(f"/proc/{pid}/cmdline") as file:
                yield int(pid), file.read().replace("\0", " ").strip()
        except OSError:
            pass  # it has ended meanwhile


def private_kib(pid):
    """What would be free again if this process ended."""
    with open(f"/proc/{pid}/smaps_rollup") as file:
        return sum(int(line.split()[1]) for line in file if line.startswith(("Private_Clean", "Private_Dirty")))


def processor_seconds(pid):
    """What this process has used of the processors, in itself and for it in the kernel."""
    with open(f"/proc/{pid}/stat") as file:
        return sum(map(int, file.read().rpartition(")")[2].split()[11:13])) / os.sysconf("SC_CLK_TCK")


def make_pool(name, kind):
    """An empty file system in a sparse file, as Roost makes its own: its folder. Detached when it is unmounted."""
    file, folder = f"{FOLDER}/{name}.{kind}", f"{FOLDER}/{name}"
    run("truncate", "-s", "8G", file)
    run(*{"xfs": ("mkfs.xfs", "-q", "-s", "size=4096"), "btrfs": ("mkfs.btrfs", "-q")}[kind], file)
    device = run("losetup", "--find", "--show", "--direct-io=on", "--sector-size", "4096", file).strip()
    try:
        os.mkdir(folder)
        run("mount", device, folder)
    finally:
        run("losetup", "--detach", device)  # while it is mounted: when it is not any more
    return folder


def settle_in():
    """In the bench's own mount, PID and network namespaces: makes them as a host has them, and lets go of others' mounts."""
    run("ip", "link", "set", "lo", "up")
    # /sys shows the network of the one who mounted it; LXD looks there for its links.
    os.mkdir(f"{FOLDER}/sys")
    run("mount", "-t", "sysfs", "sysfs", f"{FOLDER}/sys")
    for part in ("class/net", "devices/virtual/net"):
        run("mount", "--bind", f"{FOLDER}/sys/{part}", f"/sys/{part}")
    # Copies of others' mounts would keep their disks busy after they have unmounted them.
    with open("/proc/self/mounts") as file:
        for place in [line.split()[1] for line in file][::-1]:
            if place.startswith(("/var/", "/tmp/", "/mnt/", "/run/roost")) and not place.startswith(FOLDER + "/"):
                subprocess.run(["umount", "--lazy", place.encode().decode("unicode_escape")], stderr=subprocess.DEVNULL)
    # Debian's lxcfs gives every LXC and LXD guest a hook that sleeps half a second when it ends. Without it they are themselves.
    hooks = "/usr/share/lxc/config/common.conf.d"
    if os.path.isdir(hooks):
        os.mkdir(f"{FOLDER}/no-hooks")
        run("mount", "--bind", f"{FOLDER}/no-hooks", hooks)
