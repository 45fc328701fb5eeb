"""tls.py FOLDER: HTTPS servers with the certificates in FOLDER, and a proxy. Prints their ports, then serves.

Every server sends the body of a PUT back, and answers GET /hello, /redirect (to http), /cut (closed within the body, without
the end of TLS), /client (the name in the client's certificate), /api/… (a page of the service) and /count (the connections
that have begun). The server `trailers` speaks HTTP/2 and ends each response, whose length it does not declare, with trailers,
which nghttpd does not.
"""
import http.server
import os
import socket
import socketserver
import ssl
import sys
import threading

folder = sys.argv[1]
counts = {}
ports = {}


class Server(http.server.ThreadingHTTPServer):
    daemon_threads = True
    name = ""
    context = None

    def get_request(self):
        counts[self.name] = counts.get(self.name, 0) + 1
        return super().get_request()

    def finish_request(self, request, address):
        # Here and not in get_request: a handshake must not keep others waiting.
        if self.context:
            descriptor = os.dup(request.fileno())
            try:
                request = self.context.wrap_socket(request, server_side=True)
            except ssl.SSLError:
                # A connection that is closed with a request unread is reset, which may overtake the reason for the refusal.
                with socket.socket(fileno=descriptor) as rest:
                    rest.settimeout(5)
                    while rest.recv(65536):
                        pass
                raise
            os.close(descriptor)
        super().finish_request(request, address)

    def handle_error(self, request, address):
        pass  # A client that refuses the certificate is what is tested.


class Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def log_message(self, *arguments):
        pass

    def do_GET(self):
        status, headers, body = 200, {}, b"hello"
        if self.path == "/redirect":
            status, headers, body = 302, {"Location": f"http://127.0.0.1:{ports['plain']}/hello"}, b""
        elif self.path == "/client":
            certificate = self.connection.getpeercert() or {}
            names = [value for part in certificate.get("subject", ()) for key, value in part if key == "commonName"]
            body = ",".join(names).encode()
        elif self.path.startswith("/api/"):
            body = b'{"code":0,"message":"ok","data":{"total":1,"list":[{"fileId":7,"filename":"a"}]},"x-traceID":""}'
        elif self.path.startswith("/count"):
            body = str(counts.get(self.path.partition("?")[2], 0)).encode()
        elif self.path == "/cut":
            self.close_connection = True
            self.connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nhello")
            # The end of the connection without that of TLS.
            os.close(self.connection.detach())
            return
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)


    def do_PUT(self):
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.send_response(200)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)


def copy(source, target):
    try:
        while data := source.recv(65536):
            target.sendall(data)
    except OSError:
        pass  # Either side may reset the connection.


class Proxy(socketserver.StreamRequestHandler):
    """Takes CONNECT to `far.test`, which is the server that `NAME` in its port's place names: 1 the trusted, 2 the foreign."""

    def handle(self):
        counts["proxy"] = counts.get("proxy", 0) + 1
        line = self.rfile.readline().decode()
        while self.rfile.readline().strip():
            pass
        port = ports["server"] if ":1 " in line else ports["foreign"]
        with socket.create_connection(("127.0.0.1", port)) as target:
            self.wfile.write(b"HTTP/1.1 200 OK\r\n\r\n")

            back = threading.Thread(target=copy, args=(target, self.connection), daemon=True)
            back.start()
            copy(self.connection, target)


def frame(kind, flags, stream, payload=b""):
    return len(payload).to_bytes(3, "big") + bytes([kind, flags]) + stream.to_bytes(4, "big") + payload


def literal(name, value):
    """A header field as HPACK writes it without tables and Huffman codes."""
    return b"\0" + bytes([len(name)]) + name + bytes([len(value)]) + value


class Trailers(socketserver.StreamRequestHandler):
    """As much of HTTP/2 (RFC 9113) as a GET needs; what the request says is not read."""

    def setup(self):
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(f"{folder}/server.pem", f"{folder}/server.key")
        context.set_alpn_protocols(["h2"])
        self.request = context.wrap_socket(self.request, server_side=True)
        super().setup()

    def handle(self):
        self.rfile.read(len(b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"))
        self.wfile.write(frame(4, 0, 0))
        while len(head := self.rfile.read(9)) == 9:
            kind, flags, stream = head[3], head[4], int.from_bytes(head[5:], "big")
            payload = self.rfile.read(int.from_bytes(head[:3], "big"))
            if kind in (4, 6) and not flags & 1:  # SETTINGS, PING
                self.wfile.write(frame(kind, 1, 0, payload if kind == 6 else b""))
            elif kind == 1:  # HEADERS; 0x88 is the status 200
                trailers = literal(b"x-check", b"1") + literal(b"x-sum", b"a") + literal(b"x-sum", b"b")
                self.wfile.write(
                    frame(1, 4, stream, b"\x88") + frame(0, 0, stream, b"hello") + frame(1, 5, stream, trailers))


def serve(name, certificate=None, asks_for_certificate=False):
    server = Server(("0.0.0.0", 0), Handler)
    server.name = name
    if certificate:
        server.context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        server.context.load_cert_chain(f"{folder}/{certificate}.pem", f"{folder}/{certificate}.key")
        if asks_for_certificate:
            server.context.verify_mode = ssl.CERT_REQUIRED
            server.context.load_verify_locations(f"{folder}/ca.pem")
    ports[name] = server.server_address[1]
    threading.Thread(target=server.serve_forever, daemon=True).start()


serve("plain")
serve("server", "server")
serve("foreign", "foreign")
serve("expired", "expired")
serve("client", "server", asks_for_certificate=True)
socketserver.ThreadingTCPServer.daemon_threads = True
trailers = socketserver.ThreadingTCPServer(("127.0.0.1", 0), Trailers)
ports["trailers"] = trailers.server_address[1]
threading.Thread(target=trailers.serve_forever, daemon=True).start()
proxy = socketserver.ThreadingTCPServer(("127.0.0.1", 0), Proxy)
ports["proxy"] = proxy.server_address[1]
print(" ".join(f"{name}={port}" for name, port in ports.items()), flush=True)
proxy.serve_forever()
