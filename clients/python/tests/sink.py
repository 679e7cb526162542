"""A server for tests: acknowledges batches by spec/wire.md, once and in order, and keeps what came."""

from __future__ import annotations

import json
import struct
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from distributedlogs import _core

DEADLINE_S = 20


class Sink:
    """Knows native batches without compression. `mode`: ok, hang, or a status to answer with."""

    def __init__(self) -> None:
        self.mode: str | int = "ok"
        self.requests = 0
        self.headers: list[dict[str, Any]] = []
        self.rows: dict[tuple[str, int], dict[str, Any]] = {}
        self.released = threading.Event()
        sink = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["Content-Length"]))
                status, answer = sink.take(body)
                text = json.dumps(answer).encode()
                self.send_response(status)
                self.send_header("Content-Length", str(len(text)))
                self.end_headers()
                self.wfile.write(text)

            def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 (the base's name)
                pass

        class Server(ThreadingHTTPServer):
            daemon_threads = True

            def handle_error(self, request: Any, client_address: Any) -> None:
                """A client that is killed says nothing to its server either."""

        self.server = Server(("127.0.0.1", 0), Handler)
        self.thread = threading.Thread(target=self.server.serve_forever, args=(0.02,), daemon=True)
        self.thread.start()
        self.endpoint = f"http://127.0.0.1:{self.server.server_address[1]}/api/logs"

    def take(self, body: bytes) -> tuple[int, dict[str, Any]]:
        self.requests += 1
        if self.mode == "hang":
            self.released.wait(60)
        if isinstance(self.mode, int):
            return self.mode, {"dlogs": 1, "error": "told to", "reason": "stopping"}
        (length,) = struct.unpack_from("<I", body)
        header = json.loads(body[4 : 4 + length])
        self.headers.append(header)
        at, last, count = 4 + length, header["first_seq"] - 1, 0
        while at < len(body):
            size, _, time_ns, low = struct.unpack_from("<IIQI", body, at)
            last = max(last + 1, header["first_seq"])
            last += (low - last) & 0xFFFFFFFF
            row = json.loads(_core.show(body[at + 24 : at + 24 + size]))
            self.rows[header["stream"], last] = {
                **row,
                "time_ns": time_ns,
                "pid": header["client"].get("pid"),
            }
            at += (24 + size + 7) // 8 * 8
            count += 1
        return 200, {
            "dlogs": 1,
            "accepted": count,
            "rejected": [],
            "acked_through": header["last_seq"],
            "durability": "disk",
        }

    def wait_for(self, count: int) -> list[dict[str, Any]]:
        """The rows, once there are so many."""
        deadline = time.monotonic() + DEADLINE_S
        while len(self.rows) < count and time.monotonic() < deadline:
            time.sleep(0.005)
        assert len(self.rows) >= count, f"{len(self.rows)} of {count} records came within {DEADLINE_S} s"
        return list(self.rows.values())

    @property
    def messages(self) -> list[str]:
        return [row["message"] for row in self.rows.values()]

    def close(self) -> None:
        self.released.set()
        self.server.shutdown()
        self.server.server_close()
