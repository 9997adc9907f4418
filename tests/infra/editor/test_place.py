"""Where the editor says that a position stands is where the parser of the policy language finds it."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from infra.editor import __main__ as editor
from infra.editor.__main__ import HERE, ROOT

DOCUMENTS = sorted([*ROOT.glob("chalicelib/policy/presets/*.yaml"), *ROOT.glob("docs/examples/*.yaml")])
SCRIPT = """
import { placeAt } from %s;
import { readFileSync } from "node:fs";
const { text, positions } = JSON.parse(readFileSync(0, "utf8"));
console.log(JSON.stringify(positions.map((one) => placeAt(text, one))));
"""


@pytest.fixture(scope="module")
def node() -> Path:
    assert editor.main() == 0
    return editor.node_program()


def places(node: Path, text: str, positions: list[int]) -> list[dict[str, Any]]:
    script = SCRIPT % json.dumps((HERE / "src" / "place.js").as_uri())
    command = [str(node), "--input-type=module", "-e", script]
    given = json.dumps({"text": text, "positions": positions})
    found: list[dict[str, Any]] = json.loads(
        subprocess.run(command, input=given, capture_output=True, text=True, check=True).stdout
    )
    return found


def keys(root: yaml.Node, path: tuple[str | int, ...] = ()) -> Iterator[tuple[tuple[str | int, ...], yaml.Node]]:
    """Each key of a map, with its path."""
    if isinstance(root, yaml.MappingNode):
        for key, value in root.value:
            yield (*path, key.value), key
            yield from keys(value, (*path, key.value))
    elif isinstance(root, yaml.SequenceNode):
        for index, value in enumerate(root.value):
            yield from keys(value, (*path, index))


@pytest.mark.slow
@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.stem)
def test_each_key_of_each_document_is_found_at_its_path(node: Path, document: Path) -> None:
    text = document.read_text("utf-8")
    found = list(
        {id(key): (path, key) for path, key in reversed([*keys(yaml.compose(text, yaml.CSafeLoader))])}.values()
    )
    assert len(found) > 50  # each once: aliases lead to the same nodes
    writing = places(node, text, [key.end_mark.index for _, key in found])
    behind = places(node, text, [key.end_mark.index + 1 for _, key in found])
    assert [(tuple(one["path"]), one["inKey"]) for one in writing] == [(path[:-1], True) for path, _ in found]
    assert [tuple(one["path"]) for one in behind] == [path for path, _ in found]


@pytest.mark.parametrize(
    ("text", "path", "in_key"),
    [
        ("", [], True),
        ("stages:\n  re", ["stages"], True),
        ("stages:\n  received:\n    ", ["stages", "received"], True),
        ("stages:\n  received: {accept: {by: ", ["stages", "received", "accept", "by"], False),
        ("stages:\n  received: {accept: {by: [agent, ", ["stages", "received", "accept", "by", 1], False),
        ("stages:\n  received: {accept: {by: agent}, ", ["stages", "received"], True),
        ("tiers:\n  - {roles: agent}\n  - {", ["tiers", 1], True),
        ("tiers:\n- roles: agent\n  wi", ["tiers", 0], True),
        ("tiers:\n  - roles: agent\n  - roles: ", ["tiers", 1, "roles"], False),
        ('name: {en: "a: b, {c", ', ["name"], True),
        ("name: it's {not, a map\npeople:\n  ", ["people"], True),
        ("contact: # {not a map\n  ", ["contact"], True),
        ("wording:\n  hello:\n    zh: |\n      a: {b\n    en", ["wording", "hello"], True),
        ("a:\n  b: 1\n\nc", [], True),
        ("intake: {channels: {phone: {},\n  email: {en: x}},\n  fa", ["intake"], True),
    ],
)
def test_an_unfinished_text_has_places(node: Path, text: str, path: list[str | int], in_key: bool) -> None:
    [found] = places(node, text, [len(text)])
    assert (found["path"], found["inKey"]) == (path, in_key)
