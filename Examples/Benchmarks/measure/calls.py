"""What the benchmark library measured: calls over the wire and in memory, and paging."""
import glob
import json
import os

import table


def read(folder):
    """{benchmark: {metric: median}}"""
    [path] = glob.glob(os.path.join(folder, "*.jmh.json"))
    results = {}
    for element in json.load(open(path)):
        name = element["benchmark"].split(".Calls.")[-1].replace("_", " ")
        metrics = element["secondaryMetrics"]
        results[name] = {metric: value["scorePercentiles"]["50.0"] for metric, value in metrics.items()}
    return results


def microseconds(nanoseconds):
    return f"{nanoseconds / 1000:.0f} µs" if nanoseconds >= 10_000 else f"{nanoseconds / 1000:.2f} µs"


# What JSONDecoder alone reads of a page of 100 files on the machine that the targets in seconds were set on, in MB/s.
REFERENCE = 44


def report(folder, short):
    results = read(folder)
    found = results["Files"]
    here = found["page bytes"] / found["JSONDecoder ns"] * 1000
    table.slowness = REFERENCE / here
    table.add("JSONDecoder alone on 100 files", f"{here:.0f} MB/s")
    table.add("The same where the targets in seconds were set", f"{REFERENCE} MB/s")
    table.add("So targets in seconds are multiplied by", f"{table.slowness:.2f}")
    for name in ["One at a time", "16 in flight"]:
        found = results[name]
        what = f"A page over HTTP, {name[0].lower() + name[1:]}"
        table.add(f"{what}: URLSession and JSONDecoder by hand", microseconds(found["by hand ns"]))
        table.add(f"{what}: Client.send", microseconds(found["client ns"]))
        table.add(f"{what}: the same without cookies and cache", microseconds(found["lean by hand ns"]))
        # A short run on a busy machine says little: there, only gross slowness counts.
        table.at_most(f"{what}: ratio", found["ratio to by hand"] / 1000, 3 if short else 1.1, "{:.2f} ×".format)
        table.add(f"{what}: ratio, without cookies and cache", f"{found['ratio to lean by hand'] / 1000:.2f} ×")
    decoding(results, short)
    pipeline(results, short)
    waiting(results, short)
    (few, least), (many, most) = sorted(
        (int(name.split()[1]), found["peak KB"]) for name, found in results.items() if name.startswith("Paging"))
    table.add(f"Peak memory at {few} pages", f"{least / 1024:.1f} MB")
    table.at_most(f"What {many} pages of 100 items add to it", (most - least) / 1024, 5, "{:.1f} MB".format)


def decoding(results, short):
    for name, what in [("Copy failures", "100 copy failures"), ("Files", "100 files")]:
        found = results[name]
        for subject, title in [("call", "a whole call"), ("generated", "the generated type alone"),
                               ("JSONDecoder", "JSONDecoder alone on plain types"),
                               ("by hand", "a reader by hand")]:
            table.add(f"A page of {what}: {title}", microseconds(found[f"{subject} ns"]))
        # A short run tells gross slowness only.
        table.at_least(
            f"A page of {what}: speed of a whole call against JSONDecoder alone",
            found["JSONDecoder ns"] / found["call ns"], 1 if short else 5, "{:.1f} ×".format)
        table.at_least(
            f"A page of {what}: speed of the generated type alone against a reader by hand",
            found["by hand ns"] / found["generated ns"], None if short else 0.6, "{:.2f} ×".format)
    for subject, what, reach in [("JSONDecoder", "on plain types", 1), ("nothing", "that reads nothing", None)]:
        shapes = {name[6:]: found[f"{subject} ns"] / found["generated ns"]
                  for name, found in results.items() if name.startswith("Shape ")}
        worst = min(shapes, key=shapes.get)
        table.at_least(
            f"Generated types against JSONDecoder {what}, the worst of {len(shapes)} shapes ({worst})",
            shapes[worst], None if short else reach, "{:.1f} ×".format)
        if reach and shapes[worst] < reach:
            for name, ratio in sorted(shapes.items()):
                table.add(f"{name} against JSONDecoder {what}", f"{ratio:.2f} ×")
    for name, what, limit in [("Empty page", "an empty page", 35), ("Files", "100 files", 350)]:
        table.at_most(f"Allocations of a call, {what}", results[name]["call allocations"], limit, "{:.0f}".format)


def pipeline(results, short):
    found = results["In memory"]
    spent = found["pipeline ns"] - found["transport ns"]
    table.within(
        "The pipeline, every policy on, nothing decoded", spent / 1000, None if short else 8, "{:.1f} µs".format)
    table.add("The pipeline: allocations", f"{found['pipeline allocations']:.0f}")


def waiting(results, short):
    for name in ["plain", "custom tokens"]:
        table.at_most(
            f"Retained of a call that has ended ({name})", results["Retained"][f"{name} bytes"],
            100 if short else 0, "{:.0f} bytes".format)
    found = results["Waiters"]
    table.add("Processor time of a waiter: a task that waits for a continuation", microseconds(found["alone ns"]))
    for name, what in [("limiter", "in the limiter's line"), ("token", "for a cold token")]:
        table.within(
            f"Processor time of a waiter: {what}", found[f"{name} ns"] / 1000, None if short else 5, "{:.1f} µs".format)
