"""Imports of the HTTP package, because every cold start pays for them."""

from __future__ import annotations

import subprocess
import sys

import pytest

HEAVY = ("boto3", "botocore", "pynamodb", "jwt", "cryptography", "aws_lambda_powertools", "holidays", "yaml", "urllib3")


@pytest.mark.parametrize("module", ["web.api", "web.credentials", "access.id_tokens", "features.service.routes"])
def test_no_heavy_library_is_imported(module: str) -> None:
    program = f"import sys, chalicelib.{module}; print(*[name for name in {HEAVY!r} if name in sys.modules], end='')"

    found = subprocess.run([sys.executable, "-c", program], check=True, capture_output=True, text=True)

    assert found.stdout == ""
