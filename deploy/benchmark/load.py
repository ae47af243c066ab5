"""python3 -m benchmark.load PROGRAMS RECIPES UNIXWARD COUNT text|json: how fast the HTTP API answers, quiet and besieged, beside LXD's."""
import collections, concurrent.futures, itertools, statistics, sys, time

from . import guest, table
from .host import Failed, processor_seconds, until
from .listening import ADDRESS, Listening
from .lxd import PLACE, Lxd, full
from .report import report
from .siege import CONNECTIONS, Siege
from .subject import why_not
from .wrk import Wrk

TENANTS, VPSES = 100, 1000
CREATORS = 4    # that make them at once
SECONDS = 5     # of each measurement
FIGURES = {"rate": "requests/s", "median": "half within, ms", "p99": "99 % within, ms", "processor": "daemons' processor time each, ms"}
PLACES = "over HTTPS", "unix socket"
QUIET, BESIEGED = "Roost", "besieged"
HOLDERS = [(f"t{number % TENANTS}", f"v{number}") for number in range(VPSES)]  # of each VPS: its tenant and its name
NAMES = [f"t{number}" for number in range(TENANTS)]


class Question(collections.namedtuple("Question", ("row", "ours", "theirs"))):
    """The same of both, or of ours only: the paths that are asked for in turn."""


QUESTIONS = (
    Question("one VPS", [f"/v1/tenants/{tenant}/vps/{name}" for tenant, name in HOLDERS], [f"/1.0/instances/{full(name)}?project={tenant}" for tenant, name in HOLDERS]),
    Question("one tenant", [f"/v1/tenants/{tenant}" for tenant in NAMES], [f"/1.0/projects/{tenant}" for tenant in NAMES]),
    Question(f"a tenant's {VPSES // TENANTS} VPSes", [f"/v1/tenants/{tenant}/vps" for tenant in NAMES], [f"/1.0/instances?recursion=1&project={tenant}" for tenant in NAMES]),
    Question("a page of 100 VPSes", ["/v1/vps?limit=100"], None),
    Question(f"all {VPSES} VPSes", [f"/v1/vps?limit={VPSES}"], ["/1.0/instances?recursion=1&all-projects=true"]),
)


class Populated(Listening):
    """1,000 VPSes that do not run, as small as a plan can be."""

    def populate(self, progress):
        much = 1 << 40
        self.api.call("POST", "/v1/plans", {"name": "tiny", "cpuMillicores": 10, "memoryBytes": 8 << 20, "diskBytes": 32 << 20})
        for tenant in NAMES:
            self.api.call("POST", "/v1/tenants", {"name": tenant, "quota": {"vps": VPSES, "cpuMillicores": 10**6, "memoryBytes": much, "diskBytes": much, "addresses": VPSES}})
        make(self, progress)

    def define(self, name, tenant):
        self.finish("POST", f"/v1/tenants/{tenant}/vps", {"name": name, "plan": "tiny", "template": "busybox", "start": False})

    def rows(self, path): return len(self.api.call("GET", path).get("vps", [None]))


class PopulatedLxd(Lxd):
    """As many instances, stopped; a project for each tenant, since LXD has no other."""

    def set_up(self):
        super().set_up()
        for project in NAMES:
            self.api.call("POST", "/1.0/projects", {"name": project, "config": {f"features.{part}": "false" for part in ("images", "profiles", "storage.volumes")}})

    def populate(self, progress): make(self, progress)

    def rows(self, path):
        found = self.api.call("GET", path)["metadata"]
        return len(found) if isinstance(found, list) else 1


def make(subject, progress):
    done = itertools.count(1)
    def one(holder):
        tenant, name = holder
        subject.define(name, tenant)
        progress(f"{subject.title}: {next(done)} of {VPSES}")
    with concurrent.futures.ThreadPoolExecutor(CREATORS) as creators:
        list(creators.map(one, HOLDERS))


def ask(ours, lxd, unixward, count, progress):
    """{(question, where): {subject: [what wrk found]}} and the siege. In each round all of them in turn, so that a busy moment of the machine meets all alike."""
    token = ours.token("/v1/tokens", "admin")
    siege = Siege(token)
    network, local = Wrk(f"https://{ADDRESS}", token), Wrk(socket=ours.socket, library=unixward)
    theirs = Wrk(socket=f"{PLACE}/unix.socket", library=unixward)
    found = collections.defaultdict(lambda: collections.defaultdict(list))
    for number in range(count):
        for question in QUESTIONS:
            progress(f"round {number + 1} of {count}: {question.row}")
            for where, wrk in zip(PLACES, (network, local)):
                answers = found[question.row, where]
                answers[QUIET].append(alone(ours, wrk, question.ours))
                with siege:
                    answers[BESIEGED].append(wrk.measure(question.ours, SECONDS))
                rest(ours)
            if lxd and question.theirs:
                found[question.row, PLACES[1]][lxd.title].append(alone(lxd, theirs, question.theirs))
    return found, siege


def alone(subject, wrk, paths):
    """What wrk found; and, as it had no others to serve, what each request took of the processors."""
    before = used(subject)
    found = wrk.measure(paths, SECONDS)
    processor = (used(subject) - before) * 1000 / found["requests"]
    rest(subject)
    return {**found, "processor": processor}


def used(subject): return sum(map(processor_seconds, subject.daemons()))


def rest(subject):
    """Until what was still asked for when wrk ended is done: else whoever comes next shares the processors with it."""
    def is_at_rest():
        before = used(subject)
        time.sleep(0.3)
        return used(subject) - before < 0.02
    until(is_at_rest, 60, f"{subject.title} at rest")


def same_rows(ours, lxd):
    for question in QUESTIONS:
        if lxd and question.theirs and ours.rows(question.ours[0]) != lxd.rows(question.theirs[0]):
            raise Failed(f"{question.row}: {ours.rows(question.ours[0])} rows of ours, {lxd.rows(question.theirs[0])} of LXD's")


def row(question, where, key, by_subject, lxd):
    """The medians of all rounds, and ours for LXD's."""
    values = {subject: statistics.median(each[key] for each in measured) for subject, measured in by_subject.items() if key in measured[0]}
    theirs = values.get(lxd.title) if lxd else None
    return {"row": f"{question}, {where}, {FIGURES[key]}" if key == "rate" else f"  {FIGURES[key]}", "values": values,
            "quiet for LXD": table.ratio(values[QUIET], theirs), "besieged for LXD": table.ratio(values.get(BESIEGED), theirs)}


def measure(programs, recipes, unixward, count, progress):
    ours, lxd, notes = Populated(programs, recipes), PopulatedLxd(), []
    progress("setting up Roost")
    ours.set_up()
    guest.prepare(ours.image)
    reason = why_not(lxd, progress)
    if reason:
        lxd = None
        notes.append(reason)
    ours.populate(progress)
    if lxd:
        lxd.populate(progress)
    same_rows(ours, lxd)
    found, siege = ask(ours, lxd, unixward, count, progress)

    rows = [row(question, where, key, by_subject, lxd) for place in PLACES for (question, where), by_subject in found.items() if where == place for key in FIGURES]
    kept, anew = (statistics.median(each) for each in zip(*siege.refusals))
    return {
        "subjects": [QUIET, BESIEGED, *([lxd.title] if lxd else [])], "rounds": count, "rows": rows,
        "ratios": {"Roost / LXD": "quiet for LXD", "besieged / LXD": "besieged for LXD"} if lxd else {},
        "notes": [
            f"{count} rounds of {SECONDS} s each; medians. wrk with {Wrk.CONNECTIONS} kept connections; it, the besiegers and the daemons share this machine's processors.",
            f"{VPSES} VPSes of {TENANTS} tenants, none running; of LXD's as many stopped instances, in a project for each tenant. LXD has no pages.",
            "LXD's HTTPS wants a client's certificate, which wrk cannot show: both are compared over their unix sockets, to which unixward.c turns wrk's connections.",
            f"Besieged, over HTTPS: {CONNECTIONS} connections flood with bad tokens ({kept:.0f} a second were refused), {CONNECTIONS} with a new connection for each ({anew:.0f}), {2 * CONNECTIONS} say one byte a second.",
            "`api.requestsPerSecond` is raised to 1,000,000, so that it is not the limit that is measured.", *notes],
    }


def main():
    programs, recipes, unixward, count, form = sys.argv[1:6]
    report(lambda progress: measure(programs, recipes, unixward, int(count), progress), form)


if __name__ == "__main__":
    main()
