"""Records the examples of responses, and generates docs/openapi.json with them: `make examples`.

Keeps examples that conform to their schemas. Long lists, texts and policies are cut.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import app
from chalicelib.web.openapi import document

ROOT = Path(__file__).parents[3]
FILE = ROOT / "chalicelib" / "http" / "openapi" / "responses.json"
MOST_ITEMS, MOST_CHARACTERS = 2, 300
SHORTENED = {"policy", "properties", "paths", "$defs", "definitions", "components", "schemas", "tags"}
"""Members of which only the first few are shown."""


def shortened(value: Any, name: str = "") -> Any:
    if isinstance(value, dict):
        shown = list(value)[:MOST_ITEMS] if name in SHORTENED else list(value)
        return {each: shortened(value[each], each) for each in shown}
    if isinstance(value, list):
        return [shortened(each) for each in value[:MOST_ITEMS]]
    return value[:MOST_CHARACTERS] if isinstance(value, str) else value


def write(examples: dict[str, Any]) -> None:
    FILE.write_text(json.dumps(examples, indent=1, ensure_ascii=False, sort_keys=True) + "\n", "utf-8")
    (ROOT / "docs" / "openapi.json").write_text(document.text(app.app.contracts), "utf-8")


def recorded(kept: dict[str, Any]) -> dict[str, Any]:
    from tests.api.examples.asking import OPERATIONS, ask, faults  # late: they read the generated document

    for id_, example in kept.items():
        operation = OPERATIONS[id_]
        if example is None or faults(operation.response["schema"], example):
            answer = ask(id_)
            assert answer.status == operation.status, answer.text
            is_json = answer.headers["Content-Type"].startswith("application/json")
            kept[id_] = shortened(answer.json if is_json else answer.text)
    return kept


def main() -> None:
    old = json.loads(FILE.read_text("utf-8"))
    kept = {one.name: old.get(one.name) for one in app.app.contracts if one.response is not None}
    write(kept)
    write(recorded(kept))


if __name__ == "__main__":
    main()
