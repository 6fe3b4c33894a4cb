"""The org over HTTP, on this machine alone."""

from __future__ import annotations

import gzip
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import urlsplit

from .messages import Request, Response
from .org import Org
from .service import answer

LONGEST = 16_384


class Handler(BaseHTTPRequestHandler):
    """One connection."""

    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    server: Server

    def do(self) -> None:
        """Answer one request."""
        if "Transfer-Encoding" in self.headers:
            self.close_connection = True
            return self.send(Response(501, b"The counterpart does not know bodies without a length.\n", "text/plain"))
        length = int(self.headers.get("Content-Length") or 0)
        body = self.rfile.read(length)
        headers = {name.lower(): value for name, value in self.headers.items()}
        if len(self.path.encode()) > LONGEST:
            return self.send(Response(414, b"URI Too Long", "text/plain"))
        if len(self.path.encode()) + sum(len(name) + len(value) for name, value in headers.items()) > LONGEST:
            return self.send(Response(431, b"Request Header Fields Too Large", "text/plain"))
        split = urlsplit(self.path)
        request = Request(self.command, split.path, split.query, headers, body)
        with self.server.org.lock:
            try:
                response, fault = answer(self.server.org, request)
            except Exception as mistake:
                self.server.org.mistakes.append(mistake)
                response, fault = Response(500, f"The counterpart broke: {mistake!r}\n".encode(), "text/plain"), None
        if fault is not None and fault.drop:
            self.close_connection = True
            self.connection.shutdown(socket.SHUT_RDWR)
            return None
        return self.send(response, truncate=fault is not None and fault.truncate)

    do_GET = do_POST = do_PATCH = do_DELETE = do_PUT = do_HEAD = do  # noqa: N815

    def send(self, response: Response, truncate: bool = False) -> None:
        """An answer on its way; half of it, if it is to be cut."""
        body = response.body
        self.send_response(response.status)
        if body and "gzip" in self.headers.get("Accept-Encoding", ""):
            body = gzip.compress(body, mtime=0)
            self.send_header("Content-Encoding", "gzip")
        for name, value in response.headers.items():
            self.send_header(name, value)
        if response.status != 204:
            self.send_header("Content-Type", response.kind)
            self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body[: len(body) // 2] if truncate else body)
        if truncate:
            self.close_connection = True

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - named there
        """Say nothing."""


class Server(ThreadingHTTPServer):
    """The listening side."""

    daemon_threads = True
    request_queue_size = 128

    def __init__(self, org: Org) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.org = org

    def handle_error(self, request: object, client_address: object) -> None:
        """A caller that went away is no matter of ours."""


@contextmanager
def serving(org: Org) -> Iterator[str]:
    """The org behind an address of this machine, as long as the block lasts. A fault of its own code is raised at the end."""
    server = Server(org)
    org.url = f"http://127.0.0.1:{server.server_address[1]}"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield org.url
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
    if org.mistakes:
        raise ExceptionGroup("the counterpart broke", org.mistakes)
