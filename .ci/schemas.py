"""Validates specs with an independent implementation of JSON Schema 2020-12."""
import json
import pathlib
import sys

import jsonschema

root = pathlib.Path(__file__).resolve().parent.parent
validators = {}
for kind in ("endpoint", "service", "type"):
    schema = json.loads((root / f"Endpoints/{kind}.schema.json").read_text(encoding="utf-8"))
    jsonschema.Draft202012Validator.check_schema(schema)
    validators[kind] = jsonschema.Draft202012Validator(schema)


def validator(path):
    parts = path.split("/")
    return validators["service" if path == "service.json" else "type" if parts[0] == "types" else "endpoint"]


def refusal(path, text):
    """What is wrong with a spec; None if nothing is."""
    try:
        return next((f"{error.json_path}: {error.message}" for error in validator(path).iter_errors(json.loads(text))), None)
    except json.JSONDecodeError as error:
        return str(error)


def module(folder):
    # What a documentation catalog holds is no spec.
    return {
        path.relative_to(folder).as_posix(): path.read_text(encoding="utf-8")
        for path in sorted(folder.rglob("*.json"))
        if not path.name.endswith(".schema.json") and not path.parent.name.endswith(".docc")
    }


wrong = 0
valid = 0
broken = root / "Tests/EndpointSpecTests/Fixtures/Broken"
folders = [root / "Endpoints", broken / "base", root / "Tests/EndpointSpecTests/Fixtures/Samples"]
folders += [path.parent for path in root.glob("Examples/*/Sources/*/service.json")]
for folder in folders:
    for path, text in module(folder).items():
        valid += 1
        if found := refusal(path, text):
            print(f"{folder.relative_to(root)}/{path}: {found[:300]}", file=sys.stderr)
            wrong += 1

# The corpus: see BrokenSpecsTests.swift for its form.
base = module(broken / "base")
cases = []
for corpus in sorted(broken.glob("*.txt")):
    for line in corpus.read_text(encoding="utf-8").splitlines():
        mark, rest = line[:1], line[2:]
        if mark == "#":
            cases.append((rest, dict(base), set()))
        elif mark == "@":
            file = rest
        elif mark == "-":
            old = rest
        elif mark == "=":
            cases[-1][1][file] = rest
            cases[-1][2].add(file)
        elif mark == "!":
            del cases[-1][1][file]
        elif mark == "+":
            cases[-1][1][file] = cases[-1][1][file].replace(old, rest, 1)
            cases[-1][2].add(file)
passed = [name for name, files, edited in cases if not any(refusal(path, files[path]) for path in edited if path in files)]
refused = len(cases) - len(passed)
print(f"editor schemas: {valid} valid specs, {wrong} refused; {len(cases)} broken ones, {refused} refused")
if "--verbose" in sys.argv:
    print("\n".join(passed))
# What is left needs more than one file, or values of one field for another.
if refused < 47:
    sys.exit("the editor schemas refuse fewer of the broken specs than they did")
sys.exit(1 if wrong else 0)
