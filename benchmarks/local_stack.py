"""Time to move the local stack's clock by a month, with an organisation on each preset and a complaint in each.

Twice in one run: as the stack is, and with moto called through botocore for everything. The stack of the second
measurement is `python -m benchmarks.local_stack`.
"""

from __future__ import annotations

import sys
import time
import uuid
from collections.abc import Iterator
from contextlib import nullcontext
from typing import Any
from unittest.mock import patch

from benchmarks.demo_load import stack
from benchmarks.demo_load.client import Client
from benchmarks.demo_load.organisation import sign_in
from chalicelib.kit.instants import DAY, from_text, to_text

COMPLAINTS = 1
"""Per organisation."""
MONTH = 30 * DAY
MAX_SECONDS = 5
"""Target for the stack as it is, on two quiet cores."""


def rows() -> Iterator[str]:
    """Rows of a table: how moto is called, organisations, seconds, ratio."""
    direct, organisations = _seconds("benchmarks.demo_load.stack")
    plain, _ = _seconds("benchmarks.local_stack")
    yield "| moto is called | organisations | s | ratio |\n|---|---:|---:|---:|"
    yield f"| directly for frequent calls | {organisations} | {direct:.1f} | {direct / plain:.2f} |"
    yield f"| through botocore | {organisations} | {plain:.1f} | 1.00 |"


def _seconds(module: str) -> tuple[float, int]:
    with stack.own_stack(module) as url:
        client = Client(url)
        presets = [one["preset"] for one in client.get("/v1/presets")["presets"]]
        for preset in presets:
            _file(client, preset)
        end = from_text(client.now()) + MONTH
        began = time.monotonic()
        client.move_to(to_text(end))
        return time.monotonic() - began, len(presets)


def _file(client: Client, preset: str) -> None:
    tenant = f"month-{uuid.uuid4().hex[:8]}"
    owner = {"id": tenant, "name": "Month", "email": f"owner@{tenant}.example", "preset": preset}
    client.post("/v1/tenants", owner, expect=201)
    auth = f"Bearer {sign_in(client, owner['email'])}"
    client.get(f"/v1/t/{tenant}/people/me", auth)  # opens the organisation
    found: dict[str, Any] = client.get(f"/v1/presets/{preset}")
    filer = None if "complainant" in found["example_filed_by"] else auth
    for _ in range(COMPLAINTS):
        client.post(f"/v1/t/{tenant}/complaints", found["example"], filer, expect=201, place=preset)


def main() -> int:
    """The stack of demo-load without the shortcuts of `infra.local`."""
    nothing = lambda *_: nullcontext()  # noqa: E731
    with (
        patch("infra.local.direct.direct_calls.installed", nothing),
        patch("infra.moto.lighter_moto.installed", nothing),
    ):
        return stack.main()


if __name__ == "__main__":
    sys.exit(main())
