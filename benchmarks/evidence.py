"""Peak memory and time of checking a large file: `python -m benchmarks.evidence`.

A second process streams a video of 1 GiB over HTTP, in place of S3. This process reads it with the deployed adapter,
hashes it, detects its type and scans it. Nothing is on disk. The second process is not measured.
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
from chalicelib.features.evidence.check.examine import DeclaredFile, examine
from chalicelib.features.evidence.scanning.scanners import StandInScanner
from chalicelib.features.evidence.storage.s3_objects import S3Objects
from chalicelib.store import object_keys
from chalicelib.store.keys import CaseRef

MIB = 1 << 20
SIZE = int(os.environ.get("MIB", "1024")) * MIB
LIMIT = 150
"""Limit of the peak memory in MiB."""
_HEAD = b"\x00\x00\x00\x18ftypmp42\x00\x00\x00\x00mp42isom"
_PIECE = bytes(range(256)) * (MIB // 256)


def video() -> Iterator[bytes]:
    yield _HEAD + _PIECE[len(_HEAD) :]
    for _ in range(SIZE // MIB - 1):
        yield _PIECE


class _Store(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        self.send_response(200)
        self.send_header("Content-Length", str(SIZE))
        self.end_headers()
        for piece in video():
            self.wfile.write(piece)

    def log_message(self, format: str, *args: object) -> None:
        """Log nothing."""


class _AnyCredentials:
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
    for piece in video():
        digest.update(piece)
    expected = DeclaredFile(SIZE, digest.hexdigest(), "video/mp4")
    objects = S3Objects(Clients(region="eu-central-1", endpoint=endpoint, provider=_AnyCredentials()), "evidence")
    before, started = _peak(), time.perf_counter()
    with binding.tenant("acme"), StandInScanner().scan() as scan:
        key = object_keys.quarantine(CaseRef("acme", "202611-000001"), "0" * 32)
        examine(objects.read(key, "v1"), expected, scan)
        verdict = scan.verdict()
    seconds, peak = time.perf_counter() - started, _peak()
    assert verdict is not None
    print(f"{SIZE // MIB} MiB in one pass: {seconds:.1f} s, peak {peak:.0f} MiB (before: {before:.0f} MiB)")
    if peak > LIMIT:
        sys.exit(f"the peak exceeds {LIMIT} MiB")


def _peak() -> float:
    """Return this process's peak memory in MiB. Not `ru_maxrss`: on Linux it starts at the parent's value."""
    status = Path("/proc/self/status").read_text("utf-8")
    return int(status.partition("VmHWM:")[2].split()[0]) / 1024


if __name__ == "__main__":
    main()
