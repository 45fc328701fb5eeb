"""What the terminal program costs: its start against an empty program, and a long list against a script in Python."""
import os
import resource
import subprocess
import sys
import time

import table
from generator import ROOT

EMPTY = """
import Dispatch
import Foundation
import FoundationNetworking
import Synchronization

@main struct Empty { static func main() async {} }
"""


def report(folder, server):
    subprocess.run(["swift", "build", "--package-path", ROOT, "-c", "release", "--product", "pan"], check=True,
                   capture_output=True)
    pan = f"{ROOT}/.build/release/pan"
    with open(f"{folder}/empty.swift", "w") as file:
        file.write(EMPTY)
    empty = f"{folder}/empty"
    subprocess.run(["swiftc", "-O", "-parse-as-library", f"{folder}/empty.swift", "-o", empty], check=True)
    starts(empty, pan)
    pages(folder, pan, server)


def processor_time(command):
    """The least of many runs, in ms: whatever else the machine does only adds to it."""
    least = float("inf")
    for _ in range(20):
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        subprocess.run(command, stdout=subprocess.DEVNULL, check=True)
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        least = min(least, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime)
    return least * 1000


def starts(empty, pan):
    base = processor_time([empty])
    table.add("Processor time of an empty program with the same libraries", f"{base:.1f} ms")
    for words, reach in [("--help", 1.5), ("list", 2)]:
        time = processor_time([pan, words])
        table.add(f"Processor time of pan {words}", f"{time:.1f} ms")
        table.at_most(f"pan {words} against the empty program", time / base, reach, "{:.2f} ×".format)


def pages(folder, pan, server):
    """1,000 pages of 100 as JSON lines, in alternation, the least time of each."""
    try:
        import requests  # noqa: F401
    except ImportError:
        subprocess.run([sys.executable, "-m", "pip", "install", "-q", "requests"], check=True)
    script = os.path.join(os.path.dirname(__file__), "pages.py")
    commands = {
        "pan": [pan, "oss", "list-copy-failures", "--task-id", "100000", "--all", "--format", "jsonl",
                "--base-url", server],
        "python": [sys.executable, script, server, "100000"],
    }
    times = {name: [] for name in commands}
    for _ in range(5):
        for name, command in commands.items():
            with open(f"{folder}/{name}", "w") as output:
                start = time.monotonic()
                subprocess.run(command, stdout=output, check=True, env=os.environ | {"PAN123_ACCESS_TOKEN": "token"})
                times[name].append(time.monotonic() - start)
    if open(f"{folder}/pan").read() != open(f"{folder}/python").read():
        sys.exit("pan and the script in Python print different lines")
    ours, theirs = min(times["pan"]), min(times["python"])
    table.add("1,000 pages of 100 as JSON lines: pan", f"{ours:.2f} s")
    table.add("1,000 pages of 100 as JSON lines: Python, requests and json", f"{theirs:.2f} s")
    table.at_least("1,000 pages of 100 as JSON lines: pan's speed against Python's", theirs / ours, 3, "{:.1f} ×".format)
