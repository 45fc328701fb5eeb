"""Validates specs against the JSON Schemas in a folder (the only argument): all that is shipped must pass, and of the
broken ones all those whose mistake a schema can see must fail."""

import json
import pathlib
import re
import sys

import jsonschema

BROKEN = pathlib.Path("Tests/EndpointSpecTests/Fixtures/Broken")
# Diagnostics about a single place, for which nothing else need be known.
VISIBLE = re.compile(
    r'error: (unknown key "|unknown value "|there is no "(method|response)"|"\w+" must be an? (string|boolean|object), not|'
    r'"\w+" is empty; write a text)')


def validators(folder):
    found = {}
    for kind in ("endpoint", "service", "type"):
        schema = json.loads((folder / f"{kind}.schema.json").read_text("utf-8"))
        jsonschema.Draft202012Validator.check_schema(schema)
        found[kind] = jsonschema.Draft202012Validator(schema)
    return found


def kind(path):
    return "service" if path == "service.json" else "type" if path.startswith("types/") else "endpoint"


def modules():
    """Folders with a service.json, the broken ones apart."""
    for root in ("Endpoints", "Examples", "Tests"):
        for service in sorted(pathlib.Path(root).rglob("service.json")):
            if ".build" not in service.parts and "Broken" not in service.parts:
                yield service.parent


def broken():
    """The cases of the corpus: name, the files that were edited, and the diagnostics."""
    base = {str(p.relative_to(BROKEN / "base")): p.read_text("utf-8") for p in (BROKEN / "base").rglob("*.json")}
    cases = []
    for path in sorted(BROKEN.glob("*.txt")):
        for line in path.read_text("utf-8").split("\n"):
            mark, rest = line[:1], line[2:]
            if mark == "#":
                cases.append((rest, {}, []))
            elif mark == "@":
                file = rest
            elif mark == "-":
                old = rest
            elif mark == "=":
                cases[-1][1][file] = rest
            elif mark == "!":
                cases[-1][1].pop(file, None)
            elif mark == "+":
                before = cases[-1][1].get(file, base.get(file, ""))
                assert old in before, f"{cases[-1][0]}: {old}"
                cases[-1][1][file] = before.replace(old, rest, 1)
            elif mark == ">":
                cases[-1][2].append(rest)
    return cases


def unique(pairs):
    keys = [key for key, _ in pairs]
    if len(set(keys)) != len(keys):
        raise ValueError("a key stands twice")
    return dict(pairs)


def refusals(schemas, files):
    """Paths of files that are refused, each with the reason."""
    found = {}
    for path, text in files.items():
        if path.count("/") > 1 or not path.endswith(".json"):
            continue
        try:
            value = json.loads(text, object_pairs_hook=unique)
        except ValueError as error:
            found[path] = str(error)
            continue
        error = jsonschema.exceptions.best_match(schemas[kind(path)].iter_errors(value))
        if error is not None:
            found[path] = error.message
    return found


def main():
    schemas = validators(pathlib.Path(sys.argv[1]))
    failures, accepted = [], 0
    for module in modules():
        specs = {
            str(path.relative_to(module)): path.read_text("utf-8")
            for path in module.rglob("*.json") if not path.name.endswith(".schema.json")
        }
        for path, reason in refusals(schemas, specs).items():
            failures.append(f"{module / path} is valid, and refused: {reason}")
        accepted += len(specs)

    refused = demanded = 0
    cases = broken()
    for name, files, diagnostics in cases:
        is_refused = bool(refusals(schemas, files))
        refused += is_refused
        if any(VISIBLE.search(line) for line in diagnostics):
            demanded += 1
            if not is_refused:
                failures.append(f'"{name}" is broken, and accepted: {diagnostics[0]}')

    print(f"{accepted} specs are valid by the schemas")
    print(f"{refused} of {len(cases)} broken modules are refused, among them the {demanded} that a schema must refuse")
    if failures:
        sys.exit("\n".join(failures))
    if accepted < 80 or demanded < 15 or refused < 45:
        sys.exit("fewer than there were: this check has lost sight of specs, or the schemas have become lax")


main()
