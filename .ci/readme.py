#!/usr/bin/env python3
"""The README's snippets are real: Swift and JSON blocks stand in sources that are compiled, shell blocks run."""
import pathlib
import re
import subprocess
import sys

root = pathlib.Path(__file__).resolve().parent.parent
text = (root / "README.md").read_text(encoding="utf-8")
blocks = re.findall(r"^ *```(\w+)\n(.*?)^ *```", text, re.M | re.S)


def squeeze(source):
    """Lines without indentation and blank lines, so that a snippet may stand deeper in its source."""
    return "\n".join(line.strip() for line in source.splitlines() if line.strip())


folders = ["Examples", "Tests", "Endpoints"]
sources = {}
for folder in folders:
    for path in (root / folder).rglob("*"):
        if path.suffix in {".swift", ".json"} and ".build" not in path.parts and path.is_file():
            sources[path] = squeeze(path.read_text(encoding="utf-8"))

# The first JSON block is the spec that .ci/newcomer drops into a clone.
blocks.pop(next(place for place, block in enumerate(blocks) if block[0] == "json"))

failed = 0
for language, block in blocks:
    if language in {"swift", "json"}:
        # A line with only "…" in a comment marks a cut between two parts.
        for part in re.split(r"^\s*// …\s*$", block, flags=re.M):
            if squeeze(part) and not any(squeeze(part) in source for source in sources.values()):
                print(f"README: no compiled source holds this {language} snippet:\n{part}", file=sys.stderr)
                failed += 1
    elif language == "sh":
        for line in block.splitlines():
            if not line.strip() or line.startswith("#") or "git clone" in line or line.startswith("swift test"):
                continue  # The clone and the tests are what CI itself does.
            print(f"$ {line}", flush=True)
            result = subprocess.run(["bash", "-c", line], cwd=root, timeout=900)
            if result.returncode != 0:
                print(f"README: exit {result.returncode}: {line}", file=sys.stderr)
                failed += 1
    elif language != "console":
        # "console" is for sessions that need an account: shown, not run.
        print(f"README: a block in {language!r} is neither compiled nor run", file=sys.stderr)
        failed += 1
print(f"{len(blocks)} README blocks, {failed} wrong")
sys.exit(1 if failed else 0)
