"""The figures' arithmetic and their layout: pure functions. `python3 -m doctest deploy/benchmark/table.py` tests them."""
import math, statistics


def summary(values):
    """Median, the value that 99 % do not exceed, and of how many.

    >>> summary([3, 1, 2])
    {'median': 2, 'p99': 3, 'of': 3}
    >>> summary(range(1, 201))['p99']
    198
    """
    ordered = sorted(values)
    return {"median": statistics.median(ordered), "p99": ordered[math.ceil(len(ordered) * 0.99) - 1], "of": len(ordered)}


def ratio(ours, other):
    """Ours for one of the other's; nothing where there is nothing to divide.

    >>> ratio(5, 10), ratio(None, 10), ratio(5, 0), ratio(5, None)
    (0.5, None, None, None)
    """
    return ours / other if ours is not None and other else None


def compare(row, values, ours, peers, yardstick, more_is_better=False):
    """A row of the result: `values` by subject, and ours beside the best peer's and the yardstick's.

    >>> compare("start", {"a": 4, "b": 8, "c": 16, "y": 2}, "a", ["b", "c"], "y")
    {'row': 'start', 'values': {'a': 4, 'b': 8, 'c': 16, 'y': 2}, 'best peer': 'b', 'ours for best peer': 0.5, 'ours for yardstick': 2.0}
    >>> compare("per s", {"a": 4, "b": 8, "c": 16}, "a", ["b", "c"], "y", more_is_better=True)['best peer']
    'c'
    >>> compare("GET", {"a": 4}, "a", ["b"], "y")['best peer'] is None
    True
    """
    best = (max if more_is_better else min)((peer for peer in peers if peer in values), key=values.get, default=None)
    return {
        "row": row, "values": values, "best peer": best,
        "ours for best peer": ratio(values.get(ours), values.get(best)), "ours for yardstick": ratio(values.get(ours), values.get(yardstick)),
    }


def figure(value):
    """Three digits that count.

    >>> [figure(value) for value in (None, 0, 0.123, 9.876, 98.76, 987.6, 12345)]
    ['', '0', '0.12', '9.88', '98.8', '988', '12345']
    """
    if value is None:
        return ""
    if value == 0:
        return "0"
    return f"{value:.{2 if abs(value) < 10 else 1 if abs(value) < 100 else 0}f}"


def grid(lines):
    """Lines of cells as text: the first column to the left, the others to the right.

    >>> print(grid([["", "ours"], ["start", "1.50"]]))
           ours
    start  1.50
    """
    widths = [max(len(cell) for cell in column) for column in zip(*lines)]
    return "\n".join("  ".join([line[0].ljust(widths[0]), *(cell.rjust(width) for cell, width in zip(line[1:], widths[1:]))]).rstrip() for line in lines)


def laps(starts):
    """The median of each lap of many starts, in the order in which they come.

    >>> laps([{"disk": 1.0, "network": 2.0}, {"disk": 3.0, "network": 2.0}, {"disk": 1.5}])
    {'disk': 1.5, 'network': 2.0}
    """
    names = list(dict.fromkeys(name for start in starts for name in start))
    return {name: statistics.median([start[name] for start in starts if name in start]) for name in names}


def text(result):
    """The whole result for people."""
    columns = result["subjects"]
    lines = [["", *columns, *result["ratios"]]]
    for row in result["rows"]:
        lines.append([row["row"], *(figure(row["values"].get(column)) for column in columns), *(figure(row[key]) for key in result["ratios"].values())])
    parts = [grid(lines)]
    for title, named in result.get("laps", {}).items():
        inside = [[f"  {name}", figure(value)] for name, value in named.items()]
        parts.append(f"Where a start's time goes, {title}, median ms:\n" + grid([*inside, ["  together", figure(sum(named.values()))]]))
    parts.append("\n".join(result["notes"]))
    return "\n\n".join(parts)
