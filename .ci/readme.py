#!/usr/bin/env python3
"""The snippets of the README and of the documentation's articles are real: Swift and JSON blocks are parts of sources
that are compiled or linted, shell blocks run."""
import pathlib
import re
import subprocess
import sys

root = pathlib.Path(__file__).resolve().parent.parent


def squeeze(source):
    """Lines without indentation and blank lines, so that a snippet may be indented deeper in its source."""
    return "\n".join(line.strip() for line in source.splitlines() if line.strip())


# Every example and every test target is built, and the plugin lints the specs of each. Broken specs are not an example.
sources = {}
for folder in ["Examples", "Tests", "Endpoints"]:
    for path in (root / folder).rglob("*"):
        if path.suffix in {".swift", ".json"} and not {".build", "Fixtures"} & set(path.parts) and path.is_file():
            sources[path] = squeeze(path.read_text(encoding="utf-8"))

readme = root / "README.md"
# The reference's examples are whole specs with a test of their own.
articles = [path for path in sorted(root.glob("*/**/*.docc/**/*.md"))
            if not {".build", "Reference"} & set(path.relative_to(root).parts)]
checked = failed = 0


def wrong(path, message):
    global failed
    failed += 1
    print(f"{path.relative_to(root)}: {message}", file=sys.stderr)


for path in [readme] + articles:
    blocks = re.findall(r"^ *```(\w*)\n(.*?)^ *```", path.read_text(encoding="utf-8"), re.M | re.S)
    if path == readme:
        # The first JSON block is the spec that .ci/newcomer drops into a clone.
        blocks.pop(next(place for place, block in enumerate(blocks) if block[0] == "json"))
    checked += len(blocks)
    for language, block in blocks:
        if language in {"swift", "json"}:
            # A line with only "…" in a comment marks a cut between two parts.
            for part in re.split(r"^\s*// …\s*$", block, flags=re.M):
                if squeeze(part) and not any(squeeze(part) in source for source in sources.values()):
                    wrong(path, f"no compiled source has this {language} snippet:\n{part}")
        elif language == "sh":
            for line in block.splitlines():
                if not line.strip() or line.startswith("#") or "git clone" in line or line.startswith("swift test"):
                    continue  # The clone and the tests are what CI itself does.
                print(f"$ {line}", flush=True)
                result = subprocess.run(["bash", "-c", line], cwd=root, timeout=900)
                if result.returncode != 0:
                    wrong(path, f"exit {result.returncode}: {line}")
        elif language != "console":
            # "console" is for sessions that need an account, another folder or minutes: shown, not run.
            wrong(path, f"a block in {language!r} is neither compiled nor run")
print(f"{checked} blocks in the README and {len(articles)} articles, {failed} wrong")
sys.exit(1 if failed else 0)
