"""python3 -m benchmark PROGRAMS RECIPES YARDSTICK COUNT text|json: measures, and prints the result. In namespaces of its own."""
import sys

from . import guest, rounds, table
from .lxc import Lxc
from .lxd import Lxd
from .report import report
from .roost import Roost
from .runc import Runc
from .subject import why_not
from .yardstick import Yardstick

WITH_P99 = ("create to running", "start", "delete a running one", "GET one (HTTP)")


def present(progress, ours, yardstick):
    """Those that can be measured here, set up; and a line for each that cannot."""
    subjects, left_out = [ours], []
    progress("setting up Roost")
    ours.set_up()
    guest.prepare(ours.image)
    for peer in (Lxc(), Runc(), Lxd()):
        reason = why_not(peer, progress)
        if reason:
            left_out.append(reason)
        else:
            subjects.append(peer)
    yardstick.set_up()
    yardstick.take(ours.image)
    return [*subjects, yardstick], left_out


def measure(programs, recipes, yardstick_program, count, progress):
    ours, yardstick = Roost(programs, recipes), Yardstick(yardstick_program)
    subjects, left_out = present(progress, ours, yardstick)
    rounds.alternate(subjects, 2, progress)  # warm
    before = len(ours.starts())
    yardstick.laps.clear()
    times = rounds.alternate(subjects, count, progress)
    starts = ours.starts()[before:]
    crowds = {subject.title: rounds.crowd(subject, progress) for subject in subjects if subject is not yardstick}

    peers = [subject.title for subject in subjects[1:-1]]
    def row(name, values, **options): return table.compare(name, values, ours.title, peers, yardstick.title, **options)
    rows = []
    for name, by_subject in times.items():
        found = {title: table.summary(values) for title, values in by_subject.items()}
        rows.append(row(f"{name}, ms", {title: each["median"] for title, each in found.items()}))
        if name in WITH_P99:
            rows.append(row("  99 % within", {title: each["p99"] for title, each in found.items()}))
    rows.append(row(f"creations/s, {rounds.CLIENTS} clients", {title: each["rate"] for title, each in crowds.items()}, more_is_better=True))
    rows.append(row("memory for each guest, KiB", {title: each["each"] for title, each in crowds.items()}))
    with_daemons = {title: each for title, each in crowds.items() if each["daemons"]}
    rows.append(row(f"daemons' memory, {rounds.GUESTS} run, MiB", {title: each["daemons"] / 1024 for title, each in with_daemons.items()}))
    return {
        "subjects": [subject.title for subject in subjects], "rounds": count, "rows": rows, "ratios": {"ours / best peer": "ours for best peer", "ours / C": "ours for yardstick"},
        "laps": {"Roost (roost-node's log: creations and starts)": table.laps(starts), "C (the first start)": table.laps(yardstick.laps)},
        "notes": [f"{count} rounds, each subject in each; medians. Memory: private to the platform's own processes, {rounds.GUESTS} guests running.",
                  *left_out, *(f"{subject.title}: {subject.note}." for subject in subjects)],
    }


def main():
    programs, recipes, yardstick, count, form = sys.argv[1:6]
    report(lambda progress: measure(programs, recipes, yardstick, int(count), progress), form)


main()
