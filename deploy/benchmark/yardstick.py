"""The C program beside this file: what the kernel alone needs."""
import json

from .host import FOLDER, NAME, make_pool, run
from .subject import Subject

ROWS = {"create to running": "create", "stop --force": "stop", "start": "start", "delete a running one": "delete"}


class Yardstick(Subject):
    title = "C"
    note = "one C program that does the kernel's work for such a VPS and nothing else (deploy/benchmark/yardstick.c)"

    def __init__(self, program):
        self.program, self.laps = program, []

    def set_up(self):
        self.pool = make_pool("yardstick", "xfs")

    def take(self, image):
        """The image that Roost clones, on a file system of our own."""
        self.image = f"{self.pool}/template.ext4"
        run("cp", "--sparse=always", image, self.image)

    def cycle(self, name):
        found = json.loads(run(self.program, self.image, self.pool, f"{NAME}-c-{name}"))
        self.laps.append(found["laps"])
        return [(row, found[key]) for row, key in ROWS.items()]
