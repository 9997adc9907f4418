"""Writes the JSON Schema of the written form and the reference: `python -m infra.policy_keys SCHEMA PAGE`."""

from __future__ import annotations

import json
import sys
from pathlib import Path

from infra.policy_keys import reference, schema


def schema_text() -> str:
    return json.dumps(schema.written_form(), ensure_ascii=False, indent=1) + "\n"


if __name__ == "__main__":
    Path(sys.argv[1]).write_text(schema_text(), "utf-8")
    Path(sys.argv[2]).write_text(reference.page(), "utf-8")
