#!/usr/bin/env python3
"""transfer.py PAN [MIB]: downloads and uploads of real processes, interrupted, killed and resumed; large ones of MIB (256)."""
import base64
import hashlib
import http.server
import json
import os
import re
import resource
import signal
import subprocess
import sys
import tempfile
import threading
import time

pan = os.path.abspath(sys.argv[1])
large = int(sys.argv[2]) if len(sys.argv) > 2 else 256
content = bytes(range(256)) * 4096 * 3 + b"the end"
lock, requests = threading.Lock(), []
count = 0


def check(what, holds, *details):
    global count
    count += 1
    if not holds:
        sys.exit(f"{what}: {details}")


class Server(http.server.BaseHTTPRequestHandler):
    """/plain /etag /weak /cut?N /changing /ignores-range /md5 /bad-md5 /named-md5 /bad-named-md5 /slow /large"""
    protocol_version = "HTTP/1.1"

    def log_message(self, *_):
        pass

    def do_GET(self):
        path, _, query = self.path.partition("?")
        sent = {name: self.headers[name] for name in ["Range", "If-Range", "Accept-Encoding", "Authorization"]}
        with lock:
            requests.append((path, sent))
            number = sum(1 for seen, _ in requests if seen == path)
        if path == "/large":
            return self.large(sent)
        body, tag = content, '"one"'
        if path == "/changing" and number > 1:
            body, tag = content[::-1], '"two"'
        if path == "/weak":
            tag = 'W/"one"'
        start = 0
        if sent["Range"] and path != "/ignores-range" and sent["If-Range"] in [None, tag]:
            bounds = re.fullmatch(r"bytes=(\d+)-(\d*)", sent["Range"])
            start = int(bounds[1])
            end = int(bounds[2]) + 1 if bounds[2] else len(body)
            self.send_response(206)
            self.send_header("Content-Range", f"bytes {start}-{end - 1}/{len(body)}")
        else:
            end = len(body)
            self.send_response(200)
        if path not in ["/plain"]:
            self.send_header("ETag", tag)
        if path == "/md5":
            self.send_header("Content-MD5", base64.b64encode(hashlib.md5(body).digest()).decode())
        if path == "/bad-md5":
            self.send_header("Content-MD5", base64.b64encode(hashlib.md5(b"").digest()).decode())
        if path in ["/named-md5", "/bad-named-md5"]:
            self.send_header("X-Sum", hashlib.md5(body if path == "/named-md5" else b"").hexdigest())
        self.send_header("Content-Length", str(end - start))
        self.end_headers()
        # An interruption: the first answer of these paths ends after 1 MiB.
        if path in ["/cut", "/changing", "/weak", "/slow"] and number == 1:
            self.wfile.write(body[start:start + (1 << 20)])
            self.wfile.flush()
            if path == "/slow":
                time.sleep(60)
            self.close_connection = True
            return
        try:
            self.wfile.write(body[start:end])
        except OSError:
            self.close_connection = True

    def large(self, sent):
        """So many MiB, each of one byte's value, without holding them."""
        start = int(re.fullmatch(r"bytes=(\d+)-", sent["Range"])[1]) if sent["Range"] else 0
        total = large << 20
        self.send_response(206 if start else 200)
        if start:
            self.send_header("Content-Range", f"bytes {start}-{total - 1}/{total}")
        self.send_header("ETag", '"large"')
        self.send_header("Content-Length", str(total - start))
        self.end_headers()
        try:
            while start < total:
                size = (1 << 20) - start % (1 << 20)
                self.wfile.write(bytes([(start >> 20) % 256]) * size)
                start += size
        except OSError:
            self.close_connection = True

    def do_PUT(self):
        digest, rest = hashlib.md5(), int(self.headers["Content-Length"])
        with lock:
            requests.append((self.path, {"Transfer-Encoding": self.headers["Transfer-Encoding"], "length": rest}))
        while rest:
            piece = self.rfile.read(min(rest, 1 << 20))
            if not piece:
                break
            digest.update(piece)
            rest -= len(piece)
        with lock:
            requests.append((digest.hexdigest(), {}))
        self.send_response(200)
        self.send_header("Content-Length", "0")
        self.end_headers()


class Quiet(http.server.ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, *_):
        """A client that is killed resets its connection."""


server = Quiet(("127.0.0.1", 0), Server)
threading.Thread(target=server.serve_forever, daemon=True).start()
base = f"http://127.0.0.1:{server.server_port}"
environment = {"HOME": "/nonexistent", "PATH": os.environ["PATH"], "LANG": "C.UTF-8"}


def command(path, *options):
    return [pan, "file", "download-content", "--url", base + path, *options]


def run(words, **options):
    options = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, "env": environment, "timeout": 600} | options
    return subprocess.run(words, **options)


def sent_to(path):
    with lock:
        return [headers for seen, headers in requests if seen == path]


def bytes_of(path):
    with open(path, "rb") as file:
        return file.read()


def downloads(folder):
    file = f"{folder}/file.bin"
    result = run(command("/etag?signature=secret", "--output", file))
    check("a download", result.returncode == 0 and bytes_of(file) == content, result)
    check("nothing stays beside it", os.listdir(folder) == ["file.bin"], os.listdir(folder))
    check("bytes as they are stored, and no token", sent_to("/etag")[0]["Accept-Encoding"] == "identity"
          and sent_to("/etag")[0]["Authorization"] is None, sent_to("/etag"))

    result = run(command("/etag", "--output", file))
    check("a file that exists", result.returncode == 2 and b"--force" in result.stderr, result)
    check("is found before anything is sent", len(sent_to("/etag")) == 1)
    result = run(command("/plain", "--output", file, "--force"))
    check("is replaced with --force", result.returncode == 0 and bytes_of(file) == content, result)

    cut = f"{folder}/cut.bin"
    result = run(command("/cut?signature=secret", "--output", cut))
    check("an interrupted download", result.returncode == 5 and b"run the command again to go on" in result.stderr, result)
    check("leaves no file", not os.path.exists(cut))
    record = json.loads(bytes_of(cut + ".part.json"))
    check("its record", record == {"url": base + "/cut", "validator": '"one"', "length": len(content)}, record)
    result = run(command("/cut?signature=other", "--output", cut))
    check("goes on", result.returncode == 0 and bytes_of(cut) == content, result)
    check("from its last byte", sent_to("/cut")[1]["Range"] == "bytes=1048576-"
          and sent_to("/cut")[1]["If-Range"] == '"one"', sent_to("/cut"))
    check("and leaves nothing beside the file", not os.path.exists(cut + ".part") and not os.path.exists(cut + ".part.json"))

    for path, expected in [("/changing", content[::-1]), ("/weak", content)]:
        name = f"{folder}{path}"
        check(f"{path}, interrupted", run(command(path, "--output", name)).returncode == 5)
        result = run(command(path, "--output", name))
        check(f"{path} begins again", result.returncode == 0 and bytes_of(name) == expected, result)
    check("without a strong validator no part is asked for", sent_to("/weak")[1]["Range"] is None, sent_to("/weak"))

    killed = f"{folder}/killed.bin"
    process = subprocess.Popen(command("/slow", "--output", killed), env=environment, stderr=subprocess.PIPE)
    wait_for(lambda: os.path.exists(killed + ".part") and os.path.getsize(killed + ".part") == 1 << 20)
    result = run(command("/slow", "--output", killed))
    check("a second run on one part", result.returncode == 7 and b"another download writes to" in result.stderr, result)
    process.send_signal(signal.SIGKILL)
    process.wait()
    result = run(command("/slow", "--output", killed))
    check("a download that was killed goes on", result.returncode == 0 and bytes_of(killed) == content, result)
    check("where it was", sent_to("/slow")[-1]["Range"] == "bytes=1048576-", sent_to("/slow"))

    interrupted = f"{folder}/interrupted.bin"
    with lock:
        requests[:] = [request for request in requests if request[0] != "/slow"]
    process = subprocess.Popen(command("/slow", "--output", interrupted), env=environment, stderr=subprocess.PIPE)
    wait_for(lambda: os.path.exists(interrupted + ".part") and os.path.getsize(interrupted + ".part") == 1 << 20)
    process.send_signal(signal.SIGINT)
    check("an interrupt", process.wait(60) == 130)
    check("keeps the part", os.path.getsize(interrupted + ".part") == 1 << 20)

    long = f"{folder}/{'名' * 85}"
    result = run(command("/etag", "--output", long))
    check("a name of 255 bytes", result.returncode == 0 and bytes_of(long) == content, result)

    result = run(command("/ignores-range", "--range", "bytes=0-9"))
    check("a range that is ignored", result.returncode == 5 and b"ignored the range" in result.stderr, result)
    result = run(command("/etag", "--range", "bytes=0-9", "--output", f"{folder}/part"))
    check("a range", result.returncode == 0 and bytes_of(f"{folder}/part") == content[:10], result)

    right = hashlib.md5(content).hexdigest()
    check("Content-MD5", run(command("/md5", "--output", f"{folder}/md5")).returncode == 0)
    for path, options in [("/bad-md5", []), ("/etag", ["--md5", "0" * 32])]:
        result = run(command(path, "--output", f"{folder}/bad", *options))
        check(f"a wrong MD5 ({path})", result.returncode == 5 and b"MD5" in result.stderr, result)
        check("keeps nothing", not any(name.startswith("bad") for name in os.listdir(folder)), os.listdir(folder))
    result = run(command("/etag", "--output", f"{folder}/good", "--md5", right.upper()))
    check("a right MD5", result.returncode == 0, result)

    # The field of a response that a spec names.
    specs = f"{folder}/specs"
    os.makedirs(f"{specs}/Things")
    with open(f"{specs}/service.json", "w") as service:
        service.write('{ "name": "Store", "baseURL": "https://store.example.com", "authentication": "none" }')
    with open(f"{specs}/Things/content.json", "w") as spec:
        spec.write('{ "summary": "Returns bytes.", "method": "GET", "url": "caller", "checksum": { "md5": "X-Sum" },'
                   '"responseType": { "type": "string", "format": "binary" } }')

    def named(path, *options):
        return [pan, "things", "content", "--endpoints", specs, "--url", base + path, *options]

    result = run(named("/named-md5", "--output", f"{folder}/named"))
    check("a field that the spec names", result.returncode == 0 and bytes_of(f"{folder}/named") == content, result)
    result = run(named("/bad-named-md5", "--output", f"{folder}/bad"))
    check("a wrong MD5 in it", result.returncode == 5 and b"MD5" in result.stderr, result)
    result = run(named("/etag", "--output", f"{folder}/unnamed"))
    check("a response without it", result.returncode == 0 and b"no MD5 in X-Sum" in result.stderr, result)

    limited = run(command("/plain", "--output", f"{folder}/limited"),
                  preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (1 << 20, 1 << 20)))
    check("a file that may not grow", limited.returncode == 7 and b"File too large" in limited.stderr, limited)
    check("a folder", run(command("/plain", "--output", folder)).returncode == 2)
    check("a folder that is missing", run(command("/plain", "--output", f"{folder}/none/file")).returncode == 2)


def wait_for(condition):
    for _ in range(1200):
        if condition():
            return
        time.sleep(0.05)
    sys.exit("what was waited for did not come")


def streams(folder):
    fifo = f"{folder}/fifo"
    os.mkfifo(fifo)
    process = subprocess.Popen(command("/plain", "--output", fifo), env=environment, stderr=subprocess.PIPE)
    check("a pipe gets the bytes", bytes_of(fifo) == content and process.wait(60) == 0, process.stderr.read())
    check("and stays a pipe", not os.path.isfile(fifo) and not os.path.exists(fifo + ".part"))
    check("a device", run(command("/plain", "--output", "/dev/null")).returncode == 0 and not os.path.isfile("/dev/null"))
    full = run(command("/plain", "--output", "/dev/full"))
    check("a device without room", full.returncode == 7 and b"No space left" in full.stderr, full)
    result = run(command("/plain"))
    check("standard output", result.returncode == 0 and result.stdout == content, result.stderr)


def memory(words, **options):
    """The exit code, and the most memory in MiB."""
    process = subprocess.Popen(words, env=environment, stderr=subprocess.PIPE, **options)
    _, status, usage = os.wait4(process.pid, 0)
    return os.waitstatus_to_exitcode(status), usage.ru_maxrss / 1024


def flat(folder):
    digest = hashlib.md5()
    for number in range(large):
        digest.update(bytes([number % 256]) * (1 << 20))
    file = f"{folder}/large"
    process = subprocess.Popen(command("/large", "--output", file), env=environment, stderr=subprocess.PIPE)
    wait_for(lambda: os.path.exists(file + ".part") and os.path.getsize(file + ".part") > large << 18)
    process.send_signal(signal.SIGKILL)
    process.wait()
    killed_at = os.path.getsize(file + ".part") >> 20
    code, peak = memory(command("/large", "--output", file, "--md5", digest.hexdigest()))
    check("a large download, killed and resumed, has the right checksum", code == 0, code)
    check("and little memory", peak < 64, peak)
    piped, peak_of_pipe = memory(command("/large"), stdout=subprocess.DEVNULL)
    check("a large download to a pipe", piped == 0 and peak_of_pipe < 64, piped, peak_of_pipe)

    sparse = f"{folder}/sparse"
    with open(sparse, "wb") as out:
        out.truncate(large << 20)
    digest = hashlib.md5()
    for _ in range(large):
        digest.update(bytes(1 << 20))
    code, peak_of_upload = memory([pan, "upload", "upload-legacy-slice", "--url", base + "/upload", "--slice", sparse])
    check("a large upload", code == 0 and sent_to("/upload")[0] == {"Transfer-Encoding": None, "length": large << 20}, code)
    check("of the right bytes", bool(sent_to(digest.hexdigest())))
    check("and little memory", peak_of_upload < 64, peak_of_upload)
    script = f"""pipe=$1; head -c 100000 /dev/zero > "$pipe" &
        "$0" upload upload-legacy-slice --url {base}/piped --slice '{{"$file": "'"$pipe"'", "length": 100000}}'"""
    os.mkfifo(f"{folder}/input")
    result = run(["bash", "-c", script, pan, f"{folder}/input"])
    check("an upload from a pipe of a known length",
          result.returncode == 0 and bool(sent_to(hashlib.md5(bytes(100000)).hexdigest())), result)
    result = run([pan, "upload", "upload-legacy-slice", "--url", base + "/piped", "--slice", f"{folder}/input"])
    check("a pipe without a length", result.returncode == 2 and b"length" in result.stderr, result)
    print(f"{large} MiB: killed at {killed_at} MiB and resumed; peak memory {peak:.0f} MiB down, "
          f"{peak_of_pipe:.0f} MiB to a pipe, {peak_of_upload:.0f} MiB up")


with tempfile.TemporaryDirectory() as folder:
    downloads(folder)
    with tempfile.TemporaryDirectory() as other:
        streams(other)
        flat(other)
print(f"{count} checks of transfers passed")
