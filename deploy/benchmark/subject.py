"""What is measured: something that makes guests."""
import shutil, time

from .host import Failed


class Subject:
    """A way to run guests. Each verb below, if a subject has it, is a row of the table; it returns when it is done.

    `create` ends when the guest's init runs, `start` too; `delete` is of a running guest.
    """

    title = ""
    note = ""       # how it is measured, and what of the others' work it does not do
    programs = ()   # without which it cannot be measured

    create = stop = start = delete = execute = show = get = None

    VERBS = (
        ("create to running", "create"),
        ("exec true (command line)", "execute"),
        ("show one (command line)", "show"),
        ("GET one (HTTP)", "get"),
        ("stop --force", "stop"),
        ("start", "start"),
        ("delete a running one", "delete"),
    )

    def set_up(self):
        """Daemons, pools, templates. Whatever it leaves running ends with the bench's namespaces."""

    def cycle(self, name):
        """One guest's life: (row, milliseconds) for each verb."""
        for row, verb in self.VERBS:
            action = getattr(self, verb)
            if action is not None:
                start = time.perf_counter()
                action(name)
                yield row, (time.perf_counter() - start) * 1000

    def guardians(self):
        """The pids of the platform's own processes that are there for guests, one or more each."""
        return []

    def daemons(self):
        """The pids of those that are there once."""
        return []


def why_not(peer, progress):
    """Sets a peer up. Nothing, or a line that says why it is left out."""
    missing = [program for program in peer.programs if not shutil.which(program)]
    if missing:
        return f"{peer.title} is left out: {' and '.join(missing)} is not installed (--peers installs it)."
    progress(f"setting up {peer.title}")
    try:
        peer.set_up()
    except (Failed, OSError) as failure:
        return f"{peer.title} is left out: it does not work here. {failure}"
