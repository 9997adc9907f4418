"""Cross-origin access: any origin, because every request carries its own credentials and none rides on cookies."""

from __future__ import annotations

from chalice.app import CORSConfig

CORS = CORSConfig(
    allow_origin="*",
    allow_headers=["Idempotency-Key", "If-Match", "X-Correlation-Id"],
    expose_headers=["ETag", "Retry-After", "Location", "Idempotency-Replayed", "X-Correlation-Id", "WWW-Authenticate"],
    max_age=600,
)


def headers() -> dict[str, str]:
    found: dict[str, str] = CORS.get_access_control_headers()
    return found
