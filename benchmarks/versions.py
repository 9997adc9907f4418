"""Versions of the libraries and engines of a measurement."""

from __future__ import annotations

import re
import shutil
import subprocess
from importlib.metadata import version

from infra.engines import fetch

LIBRARIES = ("boto3", "botocore", "pynamodb", "chalice", "aws-lambda-powertools", "msgspec", "moto")


def line() -> str:
    """Return names and versions, separated by commas."""
    return ", ".join([*(f"{name} {version(name)}" for name in LIBRARIES), *_engines()])


def _engines() -> list[str]:
    pinned = re.search(r"^ministack==(\S+)", fetch.MINISTACK.read_text("utf-8"), re.M)
    java = shutil.which("java")
    found = [f"ministack {pinned[1]}"] if pinned else []
    return [*found, f"DynamoDB Local of {fetch.SIMULATOR}", _java(java)] if java else found


def _java(program: str) -> str:
    output = subprocess.run([program, "-version"], check=True, capture_output=True, text=True).stderr
    return output.partition("\n")[0].partition(" 20")[0].replace('"', "").replace("version ", "")
