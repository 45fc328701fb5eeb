"""One table for all figures."""

rows = []


def add(what, measured, target="", holds=None):
    """A line of the table; `holds` says whether the target is met, None where there is none."""
    rows.append((what, measured, target, {None: "", True: "yes", False: "NO"}[holds]))


def at_most(what, value, limit, form):
    """A line whose value must not exceed a limit, if there is one; `form` writes a value."""
    if limit is None:
        return add(what, form(value))
    add(what, form(value), "≤ " + form(limit), value <= limit)


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
