#!/usr/bin/env python3
"""An OpenAPI document against the program that is made from the same specs: a request of every operation, built from the
document alone, must be the one that `pan --dry-run` shows for the same example, and every example must be valid by the
document's own schemas. This reads OpenAPI by itself, and of the specs nothing but the arguments of their examples.

    .ci/export.py DOCUMENT PAN
"""
import base64
import concurrent.futures
import json
import os
import pathlib
import re
import subprocess
import sys
import tempfile
import urllib.parse

import jsonschema

root = pathlib.Path(__file__).resolve().parent.parent
document = json.loads(pathlib.Path(sys.argv[1]).read_text(encoding="utf-8"))
program = sys.argv[2]
REDACTED = "<redacted>"
METHODS = {"get", "put", "post", "delete", "options", "head", "patch"}


def resolved(value):
    """What a reference refers to; siblings of `$ref` take precedence."""
    while isinstance(value, dict) and "$ref" in value:
        target = document
        for step in value["$ref"].removeprefix("#/").split("/"):
            target = target[step.replace("~1", "/").replace("~0", "~")]
        value = {**target, **{key: each for key, each in value.items() if key != "$ref"}}
    return value


def problems_of(value, schema):
    """What a schema has against a value. References lead to the components, which stand beside the schema here."""
    validator = jsonschema.Draft202012Validator({**schema, "components": document["components"]})
    return [f"{error.json_path}: {error.message[:200]}" for error in validator.iter_errors(value)]


def text(value):
    if isinstance(value, bool):
        return "true" if value else "false"
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def shown(value, schema):
    """A value as a dry run shows it: secrets are replaced."""
    schema = resolved(schema)
    if schema.get("x-sensitive") is not None and value is not None:
        return REDACTED
    if isinstance(value, dict):
        properties = schema.get("properties", {})
        return {name: shown(member, properties.get(name, {})) for name, member in value.items()}
    if isinstance(value, list):
        return [shown(item, schema.get("items", {})) for item in value]
    return value


def pairs(name, value, is_deep):
    """What a parameter becomes in a query or in a form: `style: form` with `explode: true`, or `deepObject`."""
    if value is None:
        return []
    if isinstance(value, list):
        nested = is_deep and any(isinstance(item, dict) for item in value)
        return [pair for index, item in enumerate(value)
                for pair in pairs(f"{name}[{index}]" if nested else name, item, is_deep)]
    if isinstance(value, dict) and is_deep:
        return [pair for key, member in value.items() for pair in pairs(f"{name}[{key}]", member, True)]
    return [(name, text(value))]


def content(value):
    """The bytes of a part, or of a whole body, that is not JSON, as a dry run shows them."""
    data = value if isinstance(value, bytes) else text(value).encode()
    try:
        data.decode()
        return data
    except UnicodeDecodeError:
        return f"<{len(data)} bytes>".encode()


# --- The request that the document says


def request(path, method, item, operation, key):
    """The request of an example, and what is wrong with its values."""
    problems = []
    parameters = {}
    for parameter in map(resolved, item.get("parameters", []) + operation.get("parameters", [])):
        parameters[parameter["in"], parameter["name"]] = parameter
    values = {"path": {}, "query": [], "header": {}}
    for (location, name), parameter in parameters.items():
        schema = parameter.get("schema") or next(iter(parameter["content"].values()))["schema"]
        whole = resolved(schema)
        example = parameter.get("examples", {}).get(key)
        if example is None and "const" not in whole:
            if parameter.get("required"):
                problems.append(f"the {location} parameter {name} is required and has no value in the example")
            continue
        value = whole["const"] if example is None else example["value"]
        problems += [f"{location} parameter {name}: {problem}" for problem in problems_of(value, schema)]
        value = shown(value, schema)
        if location == "query":
            values["query"] += pairs(name, value, parameter.get("style") == "deepObject")
        else:
            values[location][name] = text(value)

    server = (operation.get("servers") or item.get("servers") or document["servers"])[0]
    address = server["url"]
    for name, variable in server.get("variables", {}).items():
        address = address.replace("{" + name + "}", variable.get("x-examples", {}).get(key, variable["default"]))
    # A fragment tells operations apart and is never sent.
    template = path.split("#")[0]
    for name, value in values["path"].items():
        template = template.replace("{" + name + "}", urllib.parse.quote(value, safe=""))
    if operation.get("x-url") != "caller":
        address += template
    parts = urllib.parse.urlsplit(address)
    query = urllib.parse.parse_qsl(parts.query, keep_blank_values=True) + values["query"]

    headers = {name.lower(): value for name, value in values["header"].items()}
    for requirement in operation.get("security", document.get("security", [])):
        for name in requirement:
            scheme = document["components"]["securitySchemes"][name]
            if scheme["type"] == "http":
                headers["authorization"] = f"{scheme['scheme'].capitalize()} {REDACTED}"
            elif scheme["in"] == "header":
                headers[scheme["name"].lower()] = REDACTED
            else:
                query.append((scheme["name"], REDACTED))

    body = None
    if "requestBody" in operation:
        kind, media = next(iter(resolved(operation["requestBody"])["content"].items()))
        example = media["examples"][key]
        schema = media["schema"]
        if "externalValue" in example:
            value = base64.b64decode(example["externalValue"].partition("base64,")[2])
        else:
            value = example["value"]
            problems += [f"body: {problem}" for problem in problems_of(value, schema)]
            value = shown(value, schema)
        encodings = media.get("encoding", {})
        if kind == "application/x-www-form-urlencoded":
            body = sorted(pair for name, member in value.items()
                          for pair in pairs(name, member, encodings.get(name, {}).get("style") == "deepObject"))
        elif kind == "multipart/form-data":
            body = sorted((name, content(item)) for name, member in value.items()
                          for item in (member if isinstance(member, list) else [member]) if item is not None)
        elif re.fullmatch(r"application/(.+\+)?json", kind):
            body = value
        else:
            body = content(value)
        if kind != "multipart/form-data":
            headers["content-type"] = kind
    return {"method": method.upper(), "origin": f"{parts.scheme}://{parts.netloc}",
            "path": urllib.parse.unquote(parts.path), "query": sorted(query), "headers": headers, "body": body}, problems


# --- The request that pan shows


def kebab(name):
    """`DirectLink` → `direct-link`, `sliceURL` → `slice-url`."""
    words = re.findall(r"[A-Z]+s?[0-9]*(?![a-z])|[A-Z]?[a-z]+[0-9]*|[0-9]+", name)
    return "-".join(words).lower()


def dry_run(operation, arguments):
    """The curl command that pan prints."""
    group, name = operation["operationId"].split(".")
    command = [program, kebab(group), kebab(operation.get("x-swiftName", name)), "--input", "-", "--dry-run"]
    with tempfile.TemporaryDirectory() as home:
        result = subprocess.run(
            command, capture_output=True, timeout=300, input=json.dumps(arguments).encode(),
            env={"PATH": os.environ["PATH"], "HOME": home, "PAN123_ACCESS_TOKEN": "t"})
    if result.returncode:
        raise ValueError(f"exit {result.returncode}: {result.stderr.decode().strip()}")
    return result.stdout.decode()


# bash reads its own quotes, and makes a file of `<(…)`.
READER = """
curl() {
    for word in "$@"; do
        case $word in
        *@/dev/fd/*) file=${word#*@}; printf '%s@' "${word%%@*}"; cat "${file%%;*}"; printf '\\0' ;;
        *) printf '%s\\0' "$word" ;;
        esac
    done
    printf 'END\\0'
}
"""


def words_of(lines):
    """The words of each command."""
    result = subprocess.run(["bash"], input=(READER + "".join(lines)).encode(), capture_output=True, check=True)
    commands, words = [], []
    for word in result.stdout.split(b"\0")[:-1]:
        if word == b"END":
            commands.append(words)
            words = []
        else:
            words.append(word)
    return commands


def parsed(words):
    """A curl command as a request."""
    method, url, headers, data, form, parts = "GET", None, {}, None, [], []
    words = iter(words)
    for word in words:
        word = word.decode()
        if word == "--head":
            method = "HEAD"
        elif word == "-X":
            method = next(words).decode()
        elif word == "-H":
            name, _, value = next(words).decode().partition(": ")
            headers[name.lower()] = value
        elif word == "-u":
            headers["authorization"] = f"Basic {next(words).decode()}"
        elif word == "--data-raw":
            data = next(words)
        elif word == "--data-binary":
            data = next(words).removeprefix(b"@")
        elif word == "--data-urlencode":
            name, _, value = next(words).decode().partition("=")
            form.append((name, value))
        elif word == "-F":
            name, _, value = next(words).partition(b"=")
            typed = re.fullmatch(rb'"(.*)";type=[^;]*', value, re.S)
            if typed:
                value = re.sub(rb"\\(.)", rb"\1", typed[1])
            parts.append((name.decode(), value.removeprefix(b"@")))
        else:
            url = urllib.parse.urlsplit(word)
    headers.pop("accept", None)
    body = sorted(parts) if parts else sorted(form) if form else data
    if data is not None and re.fullmatch(r"application/(.+\+)?json", headers.get("content-type", "")):
        body = json.loads(data)
    return {"method": method, "origin": f"{url.scheme}://{url.netloc}", "path": urllib.parse.unquote(url.path),
            "query": sorted(urllib.parse.parse_qsl(url.query, keep_blank_values=True)), "headers": headers, "body": body}


# --- Comparison


problems = []
requests = []
responses = 0
seen = set()
for path, item in document["paths"].items():
    for method in METHODS & item.keys():
        operation = item[method]
        seen.add(operation["x-file"])
        spec = json.loads((root / "Endpoints" / operation["x-file"]).read_text(encoding="utf-8"))
        where = operation["operationId"]
        for example in spec.get("examples", []):
            if "request" in example:
                requests.append((f"{where}, \"{example['name']}\"", path, method, item, operation, example))
        found = 0
        for status, response in operation["responses"].items():
            for media in resolved(response).get("content", {}).values():
                for key, example in media.get("examples", {}).items():
                    found += 1
                    values = example["value"] if "x-stream" in media else [example["value"]]
                    for value in values:
                        problems += [f"{where}, \"{key}\", response {status}: {problem}"
                                     for problem in problems_of(value, media.get("schema", {}))]
        responses += found
        wanted = sum("response" in example and example.get("status") != 204 for example in spec.get("examples", []))
        if found != wanted and method != "head":
            problems.append(f"{where}: {found} responses in the document, {wanted} in the spec")
        if not any("request" in example for example in spec.get("examples", [])):
            problems.append(f"{where}: no example with a request")

files = {str(path.relative_to(root / "Endpoints")) for path in (root / "Endpoints").glob("*/*.json")
         if re.fullmatch(r"[A-Z][A-Za-z0-9]*", path.parent.name)}
problems += [f"{file}: not in the document" for file in sorted(files - seen)]
with concurrent.futures.ThreadPoolExecutor(2) as pool:
    lines = list(pool.map(lambda job: dry_run(job[4], job[5]["request"]), requests))
commands = words_of(lines)
assert len(commands) == len(requests), f"{len(commands)} commands for {len(requests)} requests"
for (where, path, method, item, operation, example), words in zip(requests, commands):
    want, wrong = request(path, method, item, operation, example["name"])
    got = parsed(words)
    problems += [f"{where}: {problem}" for problem in wrong]
    problems += [f"{where}: {part} {want[part]!r} by the document, {got[part]!r} by pan"
                 for part in want if want[part] != got[part]]
for problem in problems:
    print(problem, file=sys.stderr)
print(f"{len(seen)} endpoints, {len(requests)} requests as pan sends them, {responses} responses by their schemas, "
      f"{len(problems)} wrong")
sys.exit(1 if problems else 0)
