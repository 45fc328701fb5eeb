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


def report(folder, short):
    results = read(folder)
    for name in ["One at a time", "16 in flight"]:
        found = results[name]
        what = f"A page over HTTP, {name[0].lower() + name[1:]}"
        table.add(f"{what}: URLSession and JSONDecoder by hand", microseconds(found["by hand ns"]))
        table.add(f"{what}: Client.send", microseconds(found["client ns"]))
        table.add(f"{what}: the same without cookies and cache", microseconds(found["lean by hand ns"]))
        # A short run on a busy machine says little: there, only gross slowness counts.
        table.at_most(f"{what}: ratio", found["ratio to by hand"] / 1000, 3 if short else 1.1, "{:.2f} ×".format)
        table.add(f"{what}: ratio, without cookies and cache", f"{found['ratio to lean by hand'] / 1000:.2f} ×")
    found = results["In memory"]
    for subject, what in [
        ("transport", "the transport alone"),
        ("pipeline", "the pipeline, every policy on, nothing decoded"),
        ("pipeline and decoding", "the pipeline and decoding of the page"),
        ("decoding by hand", "JSONDecoder alone on the page"),
    ]:
        allocations = f"{found[subject + ' allocations']:.0f} allocations"
        table.add(f"In memory: {what}", f"{microseconds(found[subject + ' ns'])}, {allocations}")
    (few, least), (many, most) = sorted(
        (int(name.split()[1]), found["peak KB"]) for name, found in results.items() if name.startswith("Paging"))
    table.add(f"Peak memory at {few} pages", f"{least / 1024:.1f} MB")
    table.at_most(f"What {many} pages of 100 items add to it", (most - least) / 1024, 5, "{:.1f} MB".format)
