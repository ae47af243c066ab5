"""What is seen of a measurement: how far it is, and its result."""
import json, sys, time

from . import table
from .host import Failed, settle_in


class Progress:
    """One line that changes on a terminal; elsewhere, one each ten seconds."""

    def __init__(self):
        self.terminal, self.last, self.began = sys.stderr.isatty(), 0, time.monotonic()

    def __call__(self, words):
        now = time.monotonic()
        if self.terminal:
            print(f"\r\033[K   {words}", end="", file=sys.stderr, flush=True)
        elif now - self.last >= 10:
            self.last = now
            print(f"   … {now - self.began:.0f} s, {words}", file=sys.stderr, flush=True)

    def end(self):
        if self.terminal:
            print("\r\033[K", end="", file=sys.stderr, flush=True)


def report(measure, form):
    """In namespaces of the bench's own: measures, and prints the result as text or json."""
    progress = Progress()
    settle_in()
    try:
        result = measure(progress)
    except Failed as failure:
        progress.end()
        raise SystemExit(f"bench: {failure}")
    progress.end()
    print(json.dumps(result, indent=2) if form == "json" else table.text(result))
