"""Takes away what the bench's namespaces do not take with them: cgroups, loop devices, its folder. Run when they have ended.

Only what is named after the bench: it can be run at any time while no bench runs.
"""
import glob, os, shutil, subprocess, time

from .host import FOLDER, NAME, Failed, run

GROUPS = (f"{NAME}*", f"lxc.payload.{NAME}*", f"lxc.monitor.{NAME}*")
SETTINGS = "/run/roost.settings/" + f"{FOLDER}/run".strip("/").replace("/", "_")
LOCKS = "/run/lxc"  # LXC's locks lie below the path of what they lock


def groups():
    """Deepest first. LXC makes some below the cgroup that the bench was started in."""
    tops = [top for pattern in GROUPS for top in glob.glob(f"/sys/fs/cgroup/**/{pattern}", recursive=True)]
    return [folder for top in tops for folder, _, _ in os.walk(top, topdown=False)]


def devices():
    lines = run("losetup", "--list", "--noheadings", "--output", "NAME,BACK-FILE").splitlines()
    return [line.split()[0] for line in lines if f" {FOLDER}/" in line]


def restore_settings():
    """Of the kernel's, what roost-node changed for the whole machine and, killed with its namespaces, did not put back."""
    try:
        with open(SETTINGS) as record:
            before = [line.split() for line in record]
    except OSError:
        return  # nothing was changed
    for path, value in before:
        if not path.startswith("/proc/sys/net/"):  # those were the bench's own
            with open(path, "w") as setting:
                setting.write(value)
    os.remove(SETTINGS)
    try:
        os.rmdir(os.path.dirname(SETTINGS))
    except OSError:
        pass  # another node's record is in it


def sweep():
    end = time.monotonic() + 10  # the kernel ends things a moment later
    while time.monotonic() < end and (groups() or devices()):
        for group in groups():
            try:
                os.rmdir(group)
            except OSError:
                pass  # not empty yet
        time.sleep(0.1)
    for device in devices():
        subprocess.run(["losetup", "--detach", device])
    restore_settings()
    shutil.rmtree(FOLDER, ignore_errors=True)
    shutil.rmtree(f"{LOCKS}/lock{FOLDER}", ignore_errors=True)
    folder = f"{LOCKS}/lock{os.path.dirname(FOLDER)}"
    while folder.startswith(LOCKS):
        try:
            os.rmdir(folder)
        except OSError:
            pass  # never made, or not only ours
        folder = os.path.dirname(folder)
    left = groups() + devices() + [FOLDER] * os.path.exists(FOLDER)
    if left:
        raise Failed(f"still there: {' '.join(left)}")


if __name__ == "__main__":
    try:
        sweep()
    except Failed as failure:
        raise SystemExit(f"bench: {failure}")
