"""What the generator makes, how long it takes, and what a build does after an edit."""
import glob
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import time

import table

ROOT = os.path.abspath(os.path.join(os.path.dirname(__file__), "../../.."))


def specs(folder, count):
    """Writes a service with so many endpoints: lists with paging and calls with a body, in groups of 25."""
    os.makedirs(folder)
    service = {
        "name": "Many", "baseURL": "https://many.test",
        "envelope": {"code": "code", "success": [0], "message": "message", "payload": "data"},
    }
    write(f"{folder}/service.json", service)
    for number in range(count):
        group = f"{folder}/Group{number // 25}"
        os.makedirs(group, exist_ok=True)
        write(f"{group}/{'list' if number % 2 else 'make'}Thing{number}.json", spec(number))


def spec(number):
    item = {"name": f"Thing{number}", "properties": {
        "thingId": {"type": "integer", "format": "int64", "description": "The thing."},
        "name": {"type": "string", "description": "Its name."},
        "state": {"type": "integer", "enum": {"waiting": 1, "done": 2}, "description": "How far it is."},
        "remark": {"type": "string", "optional": True, "description": "What else there is to say."}}}
    page = {"type": "integer", "minimum": 1, "default": 1, "description": "Page number, from 1."}
    limit = {"type": "integer", "minimum": 1, "maximum": 100, "default": 100, "description": "Things per page."}
    name = {"type": "string", "minLength": 1, "maxLength": 255, "description": "A name."}
    common = {"title": f"Thing {number}", "summary": f"Deals with things of kind {number}.",
              "documentation": "https://many.test/docs", "path": f"/api/v1/things/{number}"}
    if number % 2 == 0:
        return common | {"method": "POST", "body": {"name": name, "limit": limit}, "response": item["properties"]}
    things = {"type": "array", "nullAsEmpty": True, "description": "The things.", "items": item}
    return common | {
        "method": "GET", "query": {"name": name, "limit": limit, "page": page},
        "response": {"total": {"type": "integer", "description": "Things in all."}, "list": things},
        "paging": {"style": "page", "page": "page", "size": "limit", "items": "list", "total": "total"}}


def write(path, value):
    with open(path, "w") as file:
        json.dump(value, file, indent=2)


def tool():
    """The program that the build plugin compiles and a consumer's build runs: never optimized, also for release."""
    return f"{ROOT}/.build/plugins/cache/EndpointPlugin.generator"


def sizes(folder):
    output = f"{folder}/sizes"
    subprocess.run([tool(), "--output", output, "--module", "Pan123", f"{ROOT}/Endpoints"], check=True)
    texts = {os.path.basename(path): open(path).read() for path in glob.glob(f"{output}/*.swift")}
    endpoints = [text for name, text in texts.items() if name != "service.swift" and not name.startswith("types.")]
    count = len(endpoints)
    lines = sum(text.count("\n") for text in endpoints) / count
    size = sum(len(text.encode()) for text in endpoints) / count / 1024
    table.at_most(f"Generated lines an endpoint, over {count}", lines, 60, "{:.1f}".format)
    table.at_most("Generated Swift an endpoint", size, 3, "{:.2f} KB".format)
    types = [text for name, text in texts.items() if name.startswith("types.")]
    table.add(f"Generated beside them: {len(types)} shared types", f"{sum(map(len, types)) / 1024:.1f} KB")
    table.add("Generated beside them: service.swift, with the specs in it", f"{len(texts['service.swift']) / 1024:.0f} KB")


def speed(folder, short):
    for count in [200, 2000]:
        specs(f"{folder}/specs{count}", count)

    def generate(count, *program):
        runs = []
        for _ in range(2 if short else 5):
            output = tempfile.mkdtemp(dir=folder)
            start = time.monotonic()
            subprocess.run([*program, "--output", output, f"{folder}/specs{count}"], check=True)
            runs.append(time.monotonic() - start)
        # The least: whatever else the machine does only adds to it.
        return min(runs)

    few, many = generate(200, tool()), generate(2000, tool())
    table.add("Generator, 200 specs", f"{few:.2f} s")
    # Time is judged by whoever asks for the whole table, on a quiet machine.
    table.within("Generator, 2,000 specs", many, None if short else 1.5, "{:.2f} s".format)
    table.at_most("Generator: 2,000 specs against 200", many / few, None if short else 11, "{:.1f} ×".format)
    if short:
        return
    # That program is never optimized; this one is.
    subprocess.run(
        ["swift", "build", "--package-path", ROOT, "-c", "release", "--product", "endpoint-tool"], check=True,
        capture_output=True)
    optimized = generate(2000, f"{ROOT}/.build/release/endpoint-tool", "generate")
    table.within("endpoint-tool generate, release, 2,000 specs", optimized, 0.5, "{:.2f} s".format)


MANIFEST = """// swift-tools-version: 6.1
import PackageDescription

let package = Package(
    name: "Many", platforms: [.macOS(.v15)],
    dependencies: [.package(name: "pan123-toolkit", path: "%s")],
    targets: [
        .target(
            name: "Many", dependencies: [.product(name: "EndpointKit", package: "pan123-toolkit")],
            plugins: [.plugin(name: "EndpointPlugin", package: "pan123-toolkit")])
    ])
"""


def build(package, *options):
    """Builds, and returns the seconds that took and the Swift files that the log says were compiled."""
    start = time.monotonic()
    log = subprocess.run(["swift", "build", "--package-path", package, *options], check=True, capture_output=True, text=True)
    seconds = time.monotonic() - start
    return seconds, re.findall(r"^\[\d+/\d+\] Compiling (\S+ \S+\.swift)$", log.stdout, re.MULTILINE)


def consumer(package, count):
    """Writes a package that has so many endpoints of its own."""
    specs(f"{package}/Sources/Many", count)
    with open(f"{package}/Package.swift", "w") as file:
        file.write(MANIFEST % ROOT)
    with open(f"{package}/Sources/Many/Many.swift", "w") as file:
        file.write("@_exported import EndpointKit\n")


def editing(folder):
    package = f"{folder}/Many"
    consumer(package, 100)
    seconds, compiled = build(package)
    made = sum(name.startswith("Many ") for name in compiled)
    if made < 100:
        sys.exit(f"the log of a first build shows {made} files of the module: compile steps cannot be counted in it")
    seconds, compiled = build(package)
    table.at_most("A build after no edit: files compiled", len(compiled), 0, str)
    table.add("A build after no edit", f"{seconds:.1f} s")
    path = f"{package}/Sources/Many/Group1/listThing37.json"
    text = open(path).read()
    with open(path, "w") as file:
        file.write(text.replace("Deals with things", "Looks after things"))
    seconds, compiled = build(package)
    what = ", ".join(sorted(name.split()[1] for name in compiled))
    table.at_most(f"A build after editing one spec of 100: files compiled ({what})", len(compiled), 2, str)
    table.add("A build after editing one spec of 100", f"{seconds:.1f} s")


def cold(folder):
    """First builds: of a package with one endpoint, and of the quick start in debug."""
    package = f"{folder}/One"
    consumer(package, 1)
    for configuration, reach in [("debug", 15), ("release", 35)]:
        seconds = clean(package, f"{folder}/one-{configuration}", configuration)
        table.within(f"First build of a package with one endpoint, {configuration}", seconds, reach, "{:.0f} s".format)
    seconds = clean(f"{ROOT}/Examples/QuickStart", f"{folder}/quick", "debug")
    table.add("First build of Examples/QuickStart, debug", f"{seconds:.0f} s")


def clean(package, scratch, configuration):
    start = time.monotonic()
    subprocess.run(
        ["swift", "build", "--package-path", package, "--scratch-path", scratch, "-c", configuration], check=True,
        capture_output=True)
    return time.monotonic() - start


def renaming(folder):
    """A debug build after the file of one of the shipped specs was renamed, in a copy of the package."""
    package = f"{folder}/toolkit"
    shutil.copytree(ROOT, package, symlinks=True, ignore=shutil.ignore_patterns(".build", ".git"))
    build(package, "--target", "Pan123")
    os.rename(f"{package}/Endpoints/OSS/listCopyFailures.json", f"{package}/Endpoints/OSS/listFailures.json")
    seconds, compiled = build(package, "--target", "Pan123")
    table.within("Rename of one of the shipped specs, debug", seconds, 3, "{:.1f} s".format)
