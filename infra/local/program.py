"""The process of the local stack with demonstration tenants. It runs until it is killed, or its input ends."""

from __future__ import annotations

import json
import os
import sys
import threading
from collections.abc import Sequence
from typing import Any

from chalicelib.kit.instants import Instant, from_text
from chalicelib.policy import presets
from infra.local.__main__ import STACK_FILE
from infra.local.http import port_is_free

DEFAULT_PORT = "8000"


def main() -> None:
    threading.Thread(target=_end_with_input, daemon=True).start()
    os.environ.setdefault("POWERTOOLS_LOG_LEVEL", "WARNING")  # one log line per request would hide the welcome text
    os.environ.setdefault("POWERTOOLS_METRICS_DISABLED", "true")
    port, start, demonstrated = _port(), _start(), _demonstrated()
    if not port_is_free(port):
        sys.exit(f"Port {port} is in use by another program. Choose another one: make run PORT={port + 1}")
    _run(port, start, demonstrated)


def _end_with_input() -> None:
    """`make run` holds the other end. It may have been killed."""
    os.read(sys.stdin.fileno(), 1)
    os._exit(1)


def _run(port: int, start: Instant | None, demonstrated: Sequence[str]) -> None:
    """Imports the stack here: it takes half a second, and a wrong setting is reported at once."""
    from infra.local.api_client import ApiClient
    from infra.local.app_functions import load
    from infra.local.demo import tenants as demo
    from infra.local.demo.welcome import welcome_text
    from infra.local.stack import run_stack

    tenants: list[dict[str, Any]] = []
    with run_stack(port, start, load, tenants) as url:
        tenants += demo.create_all(ApiClient(url), demonstrated)
        _write({"url": url, "tenants": tenants})
        print(welcome_text(url, tenants), flush=True)
        threading.Event().wait()


def _port() -> int:
    text = os.environ.get("PORT") or DEFAULT_PORT
    if not text.isdecimal() or not 0 < int(text) < 65536:
        sys.exit(f"PORT={text} is not a port. Give a number from 1 to 65535.")
    return int(text)


def _start() -> Instant | None:
    text = os.environ.get("NOW")
    if not text:
        return None
    try:
        return from_text(text)
    except ValueError as error:
        sys.exit(f"NOW={text} is not a time ({error}). Example: NOW=2026-11-27T09:00:00+08:00")


def _demonstrated() -> list[str]:
    """The presets that get a demonstration tenant."""
    every = presets.names()
    chosen = os.environ.get("DEMO", " ".join(every)).split()
    if unknown := sorted(set(chosen) - set(every)):
        sys.exit(f"DEMO names presets that do not exist: {', '.join(unknown)}. There are: {', '.join(every)}.")
    return chosen


def _write(stack: dict[str, Any]) -> None:
    STACK_FILE.parent.mkdir(exist_ok=True)
    STACK_FILE.write_text(json.dumps(stack, ensure_ascii=False, indent=2) + "\n", "utf-8")


if __name__ == "__main__":
    main()
