"""CORS headers. By default any origin is allowed, because requests carry explicit credentials and never cookies.

An organisation may restrict the origins whose pages can read its responses. API Gateway answers preflight requests
itself, the same for all organisations. CORS limits what browsers let pages read; other clients ignore it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from chalice.app import CORSConfig

CORS = CORSConfig(
    allow_origin="*",
    allow_headers=["Idempotency-Key", "If-Match", "X-Correlation-Id"],
    expose_headers=["ETag", "Retry-After", "Location", "Idempotency-Replayed", "X-Correlation-Id", "WWW-Authenticate"],
    max_age=600,
)


def default_headers() -> dict[str, str]:
    found: dict[str, str] = CORS.get_access_control_headers()
    return found


def tenant_headers(allowed: Sequence[str], origin: str | None) -> dict[str, str]:
    """Headers that replace `*` where the organisation restricts origins. Other origins get the first allowed one."""
    if not allowed:
        return {}
    return {"Access-Control-Allow-Origin": origin if origin and origin in allowed else allowed[0], "Vary": "Origin"}


def add_headers(headers: dict[str, Any], more: Mapping[str, str]) -> None:
    """Add `more` in place. `Vary` names the request headers of both."""
    vary = ", ".join(one["Vary"] for one in (headers, more) if "Vary" in one)
    headers.update(more if not vary else {**more, "Vary": vary})
