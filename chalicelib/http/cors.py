"""Cross-origin access: by default any origin, because each request carries its credentials and none rides on cookies.

An organisation may name the origins whose pages may read its answers. API Gateway answers preflights by itself, for all
organisations alike: this protects what is read, and whoever is no browser is not bound by it.
"""

from __future__ import annotations

from collections.abc import Sequence

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


def tenant_headers(origins: Sequence[str], asked: str | None) -> dict[str, str]:
    """The header that takes the place of `*`, where the organisation names origins: its first one for strangers."""
    if not origins:
        return {}
    return {"Access-Control-Allow-Origin": asked if asked and asked in origins else origins[0], "Vary": "Origin"}
