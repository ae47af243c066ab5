"""Who is measured when: every subject in every round, so that a busy moment of the machine meets all alike."""
import collections, concurrent.futures, time

from .host import private_kib

GUESTS = 20     # that run at once, for the memory
CLIENTS = 4     # that create them at once


def alternate(subjects, count, progress):
    """`count` lives of one guest each: {row: {title: [milliseconds]}}. Each round begins with another subject."""
    found = collections.defaultdict(lambda: collections.defaultdict(list))
    for number in range(count):
        for subject in subjects[number % len(subjects):] + subjects[:number % len(subjects)]:
            progress(f"round {number + 1} of {count}: {subject.title}")
            for row, spent in subject.cycle(f"a{number}"):
                found[row][subject.title].append(spent)
    return found


def crowd(subject, progress):
    """`GUESTS` guests, made by several clients at once: how fast, and what their platform's processes keep for itself, in KiB."""
    names = [f"b{number}" for number in range(GUESTS)]
    progress(f"{GUESTS} at once: {subject.title}")
    before = sum(map(private_kib, subject.daemons()))
    with concurrent.futures.ThreadPoolExecutor(CLIENTS) as clients:
        began = time.perf_counter()
        list(clients.map(subject.create, names))
        rate = GUESTS / (time.perf_counter() - began)
        daemons = sum(map(private_kib, subject.daemons()))
        guardians = sum(map(private_kib, subject.guardians()))
        list(clients.map(subject.delete, names))
    return {"rate": rate, "each": guardians / GUESTS, "daemons": daemons, "growth": (daemons - before) / GUESTS}
