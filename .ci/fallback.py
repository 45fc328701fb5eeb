#!/usr/bin/env python3
"""fallback.py PAN: without a libcurl that can be used, calls go over URLSession, and `doctor` says so and why.

An older libcurl is the system's with another version number; one that lacks a function is a copy without its name. Needs a C
compiler and a `pan` that finds libcurl at run time."""
import ctypes.util
import http.server
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile
import threading

pan = str(pathlib.Path(sys.argv[1]).resolve())
count = 0

OLDER = """
#define _GNU_SOURCE
#include <dlfcn.h>

struct info { int age; const char *version; unsigned int number; };

// The library's own description, which it returns each time, is changed in its place.
void *curl_version_info(int age) {
    void *(*real)(int) = (void *(*)(int))dlsym(RTLD_NEXT, "curl_version_info");
    struct info *info = real(age);
    info->version = "7.67.0";
    info->number = 0x074300;
    return info;
}
"""


def check(what, holds, *details):
    global count
    count += 1
    if not holds:
        sys.exit(f"{what}: {details}")


class Server(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        body = b'{"code":0,"message":"ok","data":{"total":1,"list":[{"fileId":7,"filename":"a"}]},"x-traceID":""}'
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_):
        pass


def loaded():
    """The file of the libcurl that `pan` loads."""
    lines = subprocess.run(["ldd", pan], capture_output=True, text=True).stdout
    found = re.search(r"libcurl\.so\.4 => (/\S+)", lines)
    return found[1] if found else ctypes.util.find_library("curl")


with tempfile.TemporaryDirectory() as folder:
    with open(f"{folder}/older.c", "w") as source:
        source.write(OLDER)
    compiler = shutil.which("clang") or shutil.which("cc")
    subprocess.run([compiler, "-shared", "-fPIC", "-o", f"{folder}/older.so", f"{folder}/older.c", "-ldl"], check=True)
    library = pathlib.Path(loaded()).read_bytes()
    lacking = library.replace(b"\0curl_easy_reset\0", b"\0curl_easy_resex\0")
    check("a copy without a function", lacking != library)
    os.mkdir(f"{folder}/lacking")
    pathlib.Path(f"{folder}/lacking/libcurl.so.4").write_bytes(lacking)

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Server)
    threading.Thread(target=server.serve_forever, daemon=True).start()

    def run(environment, *arguments):
        return subprocess.run([pan, *arguments], capture_output=True, text=True, timeout=300, env={
            "PATH": os.environ["PATH"], "HOME": folder, "PAN123_ACCESS_TOKEN": "t",
            "PAN123_BASE_URL": f"http://127.0.0.1:{server.server_port}", **environment})

    usable = run({}, "oss", "list-copy-failures", "--task-id", "1")
    check("a call", usable.returncode == 0 and "a" in usable.stdout, usable)
    doctor = run({}, "doctor")
    check("doctor names libcurl", re.search(r"transport +libcurl \d+\.\d+\.\d+ \(", doctor.stdout), doctor)
    for name, reason, environment in [
        ("an older libcurl", "libcurl 7.67.0 is older than 7.68", {"LD_PRELOAD": f"{folder}/older.so"}),
        ("a libcurl that lacks a function", "curl_easy_reset was not found",
         {"LD_LIBRARY_PATH": f"{folder}/lacking:{os.environ.get('LD_LIBRARY_PATH', '')}"}),
    ]:
        doctor = run(environment, "doctor")
        check(f"{name}: doctor", re.search(rf"transport +URLSession \({reason}\)\n", doctor.stdout), doctor)
        check(f"{name}: doctor calls", re.search(r"ok +network +HTTP 200", doctor.stdout), doctor)
        call = run(environment, "oss", "list-copy-failures", "--task-id", "1")
        check(f"{name}: a call", (call.returncode, call.stdout) == (0, usable.stdout), call)
        refused = run(environment, "user", "info", "--cacert", f"{folder}/older.c")
        check(f"{name}: --cacert", refused.returncode == 2 and "needs libcurl 7.68" in refused.stderr, refused)
print(f"{count} checks")
