"""One table for all figures."""

rows = []

# How much longer this machine takes than the one that the targets in seconds were set on: found by what both have measured.
slowness = 1.0


def add(what, measured, target="", holds=None):
    """A line of the table; `holds` says whether the target is met, None where there is none."""
    rows.append((what, measured, target, {None: "", True: "yes", False: "NO"}[holds]))


def at_most(what, value, limit, form):
    """A line whose value must not exceed a limit, if there is one; `form` writes a value."""
    if limit is None:
        return add(what, form(value))
    add(what, form(value), "≤ " + form(limit), value <= limit)


def within(what, seconds, limit, form):
    """A line whose time must not exceed a limit of the machine that the targets were set on, if there is one."""
    at_most(what, seconds, None if limit is None else limit * slowness, form)


def at_least(what, value, limit, form):
    """A line whose value must reach a limit, if there is one; `form` writes a value."""
    if limit is None:
        return add(what, form(value))
    add(what, form(value), "≥ " + form(limit), value >= limit)


def show():
    """Prints the table; returns whether every target is met."""
    lines = [("", "measured", "target", "met")] + rows
    widths = [max(len(line[column]) for line in lines) for column in range(4)]
    for line in lines:
        print("  ".join(text.ljust(width) for text, width in zip(line, widths)).rstrip())
    return all(row[3] != "NO" for row in rows)
