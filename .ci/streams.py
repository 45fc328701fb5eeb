#!/usr/bin/env python3
"""streams.py PAN TOOL: input and output of real processes, where they fail: full disks, closed streams, pipes, limits."""
import fcntl
import os
import resource
import subprocess
import sys
import time

pan, tool = sys.argv[1:]
environment = {"HOME": "/nonexistent", "PATH": os.environ["PATH"], "LANG": "C.UTF-8"}
count = 0


def check(what, holds, *details):
    global count
    count += 1
    if not holds:
        sys.exit(f"{what}: {details}")


def run(words, stdout=subprocess.PIPE, **options):
    return subprocess.run(words, stdout=stdout, stderr=subprocess.PIPE, env=environment, timeout=60, **options)


# A disk without room.
for words in [[pan, "list"], [pan, "--help"], [pan, "user", "info", "--offline"], [tool, "schema", "endpoint"]]:
    with open("/dev/full", "wb") as full:
        result = run(words, stdout=full)
    check(f"{words} > /dev/full", result.returncode == 7, result)
    check("one line says so", result.stderr.endswith(b": the output cannot be written: No space left on device\n"),
          result.stderr)

# A closed descriptor.
for program in [pan, tool]:
    result = run(["bash", "-c", f'"{program}" {"list" if program == pan else "schema endpoint"} >&-'])
    check("a closed output", result.returncode == 7, result)

# A file that may not grow.
with open("/dev/shm/streams" if os.path.isdir("/dev/shm") else "/tmp/streams", "wb") as file:
    result = run([pan, "list"], stdout=file,
                 preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (1024, 1024)))
    os.unlink(file.name)
check("a limit of the file's size", result.returncode == 7 and b"File too large" in result.stderr, result)

# Nobody reads any more.
result = run(["bash", "-c", f'"{pan}" list | head -1; echo "${{PIPESTATUS[0]}}"'])
check("a closed pipe", result.stdout.endswith(b"\n0\n") and not result.stderr, result)

# A pipe that does not block, and a reader that is late: the program waits, and does not spin.
reading, writing = os.pipe()
fcntl.fcntl(writing, fcntl.F_SETFL, os.O_NONBLOCK)
fcntl.fcntl(writing, fcntl.F_SETPIPE_SZ, 4096)
process = subprocess.Popen([pan, "list", "--format", "json"], stdout=writing, stderr=subprocess.PIPE, env=environment)
os.close(writing)
time.sleep(2)
before = resource.getrusage(resource.RUSAGE_CHILDREN)
with open(reading, "rb") as pipe:
    text = pipe.read()
check("a late reader gets everything", process.wait(60) == 0 and text.endswith(b"]\n"), process.stderr.read())
after = resource.getrusage(resource.RUSAGE_CHILDREN)
spent = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
check("and waiting costs no processor time", spent < 1.5, spent)

# Arguments from pipes.
call = f'"{pan}" oss list-copy-failures --dry-run'
for shell in [f"{call} --task-id @<(echo demo)", f"{call} --input <(echo '{{\"taskID\": \"demo\"}}')",
              f"echo demo | {call} --task-id @/dev/stdin", f"echo demo | {call} --task-id -",
              f"echo '{{\"taskID\": \"demo\"}}' | {call} --input /dev/stdin"]:
    result = run(["bash", "-c", shell])
    check(shell, result.returncode == 0 and b"taskID=demo" in result.stdout, result)

# An argument that is not UTF-8.
result = run([pan, "oss", "list-copy-failures", "--task-id", b"a\xff"])
check("an argument that is not UTF-8", result.returncode == 2 and b"argument 4 is not UTF-8" in result.stderr, result)
print(f"{count} checks of standard streams passed")
