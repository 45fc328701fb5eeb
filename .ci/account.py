#!/usr/bin/env python3
"""Checks logins and tokens with real processes, terminals and sockets, which a test in one process cannot do.

Usage: account.py PATH-OF-PAN
"""
import datetime, http.server, json, os, pathlib, pty, select, stat, subprocess, sys, tempfile, termios, threading, time

PAN = str(pathlib.Path(sys.argv[1]).resolve())
SECRET = "planted-secret-8c21"
USER = {"uid": 1, "nickname": "ann", "headImage": "", "passport": "1", "mail": "", "spaceUsed": 5, "spacePermanent": 9,
        "spaceTemp": 0, "spaceTempExpr": 0, "vip": False, "directTraffic": 3, "isHideUID": False, "httpsCount": 0,
        "vipInfo": None, "developerInfo": None}
lock, made, valid, calls = threading.Lock(), [], set(), []


class Service(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def log_message(self, *_):
        pass

    def respond(self, code, data, message="ok"):
        body = json.dumps({"code": code, "message": message, "data": data, "x-traceID": ""}).encode()
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def do_POST(self):
        given = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        if given != {"clientID": "ann", "clientSecret": SECRET}:
            return self.respond(1, None, "无效的登录信息")
        # Slow enough for all other processes to want one as well.
        time.sleep(0.3)
        with lock:
            token = f"planted-token-{len(made) + 1}"
            made.append(token)
            valid.add(token)
        end = datetime.datetime.now(datetime.timezone.utc) + datetime.timedelta(days=30)
        self.respond(0, {"accessToken": token, "expiredAt": end.strftime("%Y-%m-%dT%H:%M:%SZ")})

    def do_GET(self):
        token = (self.headers["Authorization"] or "").removeprefix("Bearer ")
        with lock:
            calls.append(self.path)
            is_good = token in valid
        if is_good:
            self.respond(0, USER)
        else:
            self.respond(401, None, f"access_token无效 {token}")


server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Service)
threading.Thread(target=server.serve_forever, daemon=True).start()
home = pathlib.Path(tempfile.mkdtemp())
tokens, logins = home / "pan" / "tokens.json", home / "pan" / "logins.json"
BASE = {"PATH": os.environ["PATH"], "XDG_CONFIG_HOME": str(home), "TERM": "xterm",
        "PAN123_BASE_URL": f"http://127.0.0.1:{server.server_port}"}
CLIENT = {"PAN123_CLIENT_ID": "ann", "PAN123_CLIENT_SECRET": SECRET}
shown = []


def check(condition, *what):
    if not condition:
        sys.exit("account: " + " ".join(str(part) for part in what))


def start(*arguments, **environment):
    return subprocess.Popen([PAN, *arguments], env=BASE | environment, stdin=subprocess.DEVNULL,
                            stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)


def finish(process, status=0):
    text = process.communicate(timeout=120)[0]
    shown.append(text)
    check(process.returncode == status, process.args[1:], "ended with", process.returncode, text)
    return text


def eight(expected, what):
    """Eight processes at once, each with one call, after which this many tokens have been made."""
    for process in [start("user", "info", **CLIENT) for _ in range(8)]:
        finish(process)
    check(len(made) == expected, f"{what}: {len(made)} tokens were made, not {expected}")


def edit(**times):
    content = json.loads(tokens.read_text())
    for token in content["tokens"].values():
        token.update(times)
    tokens.write_text(json.dumps(content))


def log_in():
    """`pan login` at a terminal of its own."""
    process, terminal = pty.fork()
    if process == 0:
        os.execve(PAN, [PAN, "login"], BASE)
    return process, terminal, ""


def wait_for(text):
    global screen
    end = time.monotonic() + 60
    while text not in screen:
        check(time.monotonic() < end, "no", text, "in", screen)
        if select.select([terminal], [], [], 0.1)[0]:
            screen += os.read(terminal, 4096).decode()


def echoes():
    return bool(termios.tcgetattr(terminal)[3] & termios.ECHO)


def type_id():
    wait_for("client ID: ")
    check(echoes(), "the ID is not echoed")
    os.write(terminal, b"ann\n")
    wait_for("client secret: ")
    end = time.monotonic() + 60
    while echoes():
        check(time.monotonic() < end, "the secret would be echoed")


# Ctrl-C at the prompt ends the program and turns the echo on again.
process, terminal, screen = log_in()
type_id()
os.write(terminal, b"\x03")
status = os.waitpid(process, 0)[1]
check(os.waitstatus_to_exitcode(status) == 130 and echoes(), "an interrupted login ended with", status, echoes())
os.close(terminal)

# The secret is typed without echo.
process, terminal, screen = log_in()
type_id()
os.write(terminal, SECRET.encode() + b"\n")
wait_for("the secret is not stored")
status = os.waitpid(process, 0)[1]
shown.append(screen)
check(status == 0, "login ended with", status, screen)
for file in (tokens, logins):
    check(stat.S_IMODE(file.stat().st_mode) == 0o600, file, "can be read by others")
    check(SECRET not in file.read_text(), file, "holds the secret")

# Calls and doctor use what was stored.
check("nickname" in finish(start("user", "info")), "no response with the stored token")
check("spaceUsed 5" in finish(start("doctor")), "doctor shows no quota")

# Eight processes, one token file: one new token when it has expired, and one when the service has dropped it.
eight(1, "with a good token")
for expiry in (2, 3):
    edit(expiresAt="2020-01-01T00:00:00Z")
    eight(expiry, "after an expiry")
valid.clear()
edit(issuedAt="2020-01-01T00:00:00Z")
eight(4, "after a refusal")
check(stat.S_IMODE(tokens.stat().st_mode) == 0o600, "the token file can be read by others")

# A wrong secret and a wrong token are refused, and not shown.
finish(start("login", PAN123_CLIENT_ID="ann", PAN123_CLIENT_SECRET=SECRET + "x"), 3)
finish(start("user", "info", PAN123_ACCESS_TOKEN="planted-token-of-mine"), 3)
finish(start("doctor", PAN123_ACCESS_TOKEN="planted-token-of-mine"), 3)
finish(start("logout"))
check("planted" not in tokens.read_text() + logins.read_text(), "logout left something")
finish(start("user", "info"), 3)

for text in shown:
    check("planted" not in text, "a secret shows in", text)
print(f"account: {len(made)} tokens for {len(calls)} calls of {len(shown)} processes; no secret shows")
