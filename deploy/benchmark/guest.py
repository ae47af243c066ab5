"""The one guest that all run: the tree of Roost's busybox template, and a btrfs pool for the peers that snapshot it."""
import os

from .host import FOLDER, make_pool, run

TREE = f"{FOLDER}/guest"
POOL = f"{FOLDER}/peers"
FIRST_ID = 1000000  # where the peers' guests' user ids begin: within what Debian's LXD package reserves for root


def prepare(image):
    """Copies the tree out of a template's image."""
    place = f"{FOLDER}/image"
    os.mkdir(place)
    run("mount", "-o", "loop,ro", image, place)
    try:
        run("cp", "-a", place, TREE)
    finally:
        run("umount", place)
    run("rm", "-rf", f"{TREE}/lost+found")
    make_pool("peers", "btrfs")


def subvolume(name):
    """The guest as a subvolume whose files belong to FIRST_ID."""
    place = f"{POOL}/{name}"
    run("btrfs", "subvolume", "create", place)
    run("cp", "-a", f"{TREE}/.", place)
    for folder, folders, files in os.walk(place):
        for entry in [folder, *(os.path.join(folder, each) for each in folders + files)]:
            info = os.lstat(entry)
            if info.st_uid < FIRST_ID:
                os.lchown(entry, info.st_uid + FIRST_ID, info.st_gid + FIRST_ID)
                if not os.path.islink(entry):
                    os.chmod(entry, info.st_mode & 0o7777)
    return place


def storage(name):
    """An empty subvolume."""
    run("btrfs", "subvolume", "create", f"{POOL}/{name}")
    return f"{POOL}/{name}"
