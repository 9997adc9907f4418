"""Peak memory and time of checking a large file: `python -m benchmarks.evidence`.

A store in a process of its own streams a film of 1 GiB over HTTP, as S3 would; this process reads it with the
deployed adapter, hashes, sniffs and scans it. Nothing is on disk, and what the store needs is not counted.
"""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

from botocore.credentials import Credentials

from chalicelib.access import binding
from chalicelib.access.binding import Binding
from chalicelib.access.clients import Clients
from chalicelib.evidence.check.examine import DeclaredFile, examine
from chalicelib.evidence.scanning.scanners import StandInScanner
from chalicelib.evidence.storage import object_keys
from chalicelib.evidence.storage.s3_objects import S3Objects

MIB = 1 << 20
SIZE = int(os.environ.get("MIB", "1024")) * MIB
LIMIT = 150
"""MiB that the check may have at its peak."""
_HEAD = b"\x00\x00\x00\x18ftypmp42\x00\x00\x00\x00mp42isom"
_PIECE = bytes(range(256)) * (MIB // 256)


def film() -> Iterator[bytes]:
    yield _HEAD + _PIECE[len(_HEAD) :]
    for _ in range(SIZE // MIB - 1):
        yield _PIECE


class _Store(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        self.send_response(200)
        self.send_header("Content-Length", str(SIZE))
        self.end_headers()
        for piece in film():
            self.wfile.write(piece)

    def log_message(self, format: str, *args: object) -> None:
        """Quiet."""


class _Anybody:
    def credentials(self, binding: Binding) -> Credentials:
        return Credentials("key", "secret")


def main() -> None:
    if sys.argv[1:] == ["store"]:
        server = HTTPServer(("127.0.0.1", 0), _Store)
        print(server.server_port, flush=True)
        server.serve_forever()
    command = [sys.executable, "-m", "benchmarks.evidence", "store"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as store:
        try:
            assert store.stdout is not None
            _measure(f"http://127.0.0.1:{store.stdout.readline().strip()}")
        finally:
            store.terminate()


def _measure(endpoint: str) -> None:
    digest = hashlib.sha256()
    for piece in film():
        digest.update(piece)
    expected = DeclaredFile(SIZE, digest.hexdigest(), "video/mp4")
    objects = S3Objects(Clients(region="eu-central-1", endpoint=endpoint, provider=_Anybody()), "evidence")
    before, started = _peak(), time.perf_counter()
    with binding.tenant("acme"), StandInScanner().scan() as scan:
        key = object_keys.quarantine("acme", "202611-000001", "0" * 32)
        examine(objects.read(key, "v1"), expected, scan)
        verdict = scan.verdict()
    seconds, peak = time.perf_counter() - started, _peak()
    assert verdict is not None
    print(f"{SIZE // MIB} MiB in one pass: {seconds:.1f} s, peak {peak:.0f} MiB (before: {before:.0f} MiB)")
    if peak > LIMIT:
        sys.exit(f"more than {LIMIT} MiB")


def _peak() -> float:
    """MiB that this program had at its most. Not `ru_maxrss`, which on Linux goes on from whoever started it."""
    status = Path("/proc/self/status").read_text("utf-8")
    return int(status.partition("VmHWM:")[2].split()[0]) / 1024


if __name__ == "__main__":
    main()
