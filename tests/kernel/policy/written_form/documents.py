"""Policies that can be published, as plain JSON values, and the schema that must accept them."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

import jsonschema_rs

from chalicelib.policy import presets
from chalicelib.policy.reading.source import read
from chalicelib.policy.written_form import written_form
from tests.kernel.policy import test_guide as guide
from tests.kernel.policy.faulty_policies.faulty import GOOD

ROOT = Path(__file__).parents[4]
PLACES = ("docs/examples/*.yaml", "chalicelib/policy/presets/*.yaml")


@cache
def validator() -> jsonschema_rs.Draft7Validator:
    """`test_editors` reads the same schema with `jsonschema`, which takes a hundred times as long."""
    return jsonschema_rs.Draft7Validator(written_form())


def as_json(document: Any) -> Any:
    """Keys that are numbers become text, as in JSON."""
    return json.loads(json.dumps(document))


def files() -> list[Path]:
    """Policies in files of the repository, without the presets' and the documents' blocks."""
    return sorted(path for place in PLACES for path in ROOT.glob(place))


def names() -> list[str]:
    """The names of `publishable`, without reading any."""
    return [*(path.name for path in files()), *presets.names(), *_EXAMPLES, "good"]


_EXAMPLES = {f"guide {number} {title}": block for number, (title, block) in enumerate(guide.EXAMPLES)}


@cache
def publishable() -> dict[str, Any]:
    """By name. Callers must not change them."""
    smallest = read(guide.SMALLEST)
    return {
        **{path.name: as_json(read(path.read_text("utf-8"))) for path in files()},
        **{name: presets.document(name) for name in presets.names()},
        **{name: as_json(guide.added(smallest, read(block))) for name, block in _EXAMPLES.items()},
        "good": as_json(GOOD),
    }
