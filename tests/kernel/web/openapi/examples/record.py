"""Records the examples of responses, and generates docs/openapi.json with them: `make examples`.

Keeps examples that conform to their schemas. Long lists, texts and policies are cut.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import app
from chalicelib.kit import catalogue
from chalicelib.web.openapi import document, texts

ROOT = Path(__file__).parents[5]
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


def write(responses: dict[str, Any], foreseen: dict[str, Any]) -> None:
    """Into `examples.json` beside the file of the catalogue that describes the operation."""
    for path in catalogue.files():
        file = path.with_name("examples.json")
        described = catalogue.read(path).get("operations", {})
        kept = json.loads(file.read_text("utf-8")) if file.exists() else {}
        found = {id_: _example(kept.get(id_, {}), responses.get(id_), foreseen.get(id_)) for id_ in sorted(described)}
        if any(found.values()):
            shown = {id_: example for id_, example in found.items() if example}
            file.write_text(json.dumps(shown, indent=1, ensure_ascii=False) + "\n", "utf-8")
    texts.load.cache_clear()
    (ROOT / "docs" / "openapi.json").write_text(document.text(app.app.contracts), "utf-8")


def _example(kept: dict[str, Any], response: Any, foreseen: Any) -> dict[str, Any]:
    """The request is written by hand."""
    parts = {"request": kept.get("request"), "response": response, "foreseen": foreseen}
    return {name: part for name, part in parts.items() if part is not None}


def recorded(kept: dict[str, Any]) -> dict[str, Any]:
    from tests.kernel.web.openapi.examples.asking import (  # late: they read the generated document
        OPERATIONS,
        ask,
        faults,
    )

    for id_, example in kept.items():
        operation = OPERATIONS[id_]
        if example is None or faults(operation.response["schema"], example):
            answer = ask(id_)
            assert answer.status == operation.status, answer.text
            is_json = answer.headers["Content-Type"].startswith("application/json")
            kept[id_] = shortened(answer.json if is_json else answer.text)
    return kept


def recorded_dry_runs(kept: dict[str, Any]) -> dict[str, Any]:
    from tests.kernel.web.openapi.examples.asking import FORESEEN, faults, foresee  # late, as above

    for id_, example in kept.items():
        if not example or faults({"$ref": FORESEEN[id_]}, example):
            answer = foresee(id_)
            assert answer.status == 200, answer.text
            kept[id_] = shortened(answer.json)
    return kept


def main() -> None:
    old = texts.load().examples
    kept = {one.name: old[one.name].response if one.name in old else None for one in app.app.contracts if one.response}
    foreseen = {one.name: _foreseen(old.get(one.name)) for one in app.app.contracts if one.foreseen}
    write(kept, foreseen)
    write(recorded(kept), recorded_dry_runs(foreseen))


def _foreseen(example: texts.OperationExample | None) -> Any:
    """Empty if there is none: the document needs one before it can be recorded."""
    return {} if example is None or example.foreseen is None else example.foreseen


if __name__ == "__main__":
    main()
