"""An edition with wrong figures, as an error in counting would have published it."""

from __future__ import annotations

from collections.abc import Callable

import msgspec

from chalicelib.access import binding
from chalicelib.features.figures.edition import EditionView
from chalicelib.store import keys
from chalicelib.store.port import Put
from tests.clauses.organisation import Organisation
from tests.clauses.world import InProcess

Falsify = Callable[[str, str, int | None], int | None]
"""Of the dimension, the measure and the figure: the wrong figure."""


def falsified(at: Organisation, period: str, falsify: Falsify) -> None:
    """Replaces the figures of the first edition. `falsify` gets an empty dimension for totals."""
    assert isinstance(at.world, InProcess)
    store, key = at.world.fakes.store, keys.figures_edition(at.id, period, 1)
    with binding.tenant(at.id):
        entry = store.get([key])[key]
        view = msgspec.to_builtins(msgspec.json.decode(entry.body, type=EditionView))
        for by, row in [("", view["total"]), *((one["by"], row) for one in view["tables"] for row in one["rows"])]:
            row["values"] = {name: falsify(by, name, figure) for name, figure in row["values"].items()}
        view["sha256"] = "0" * 64
        body = msgspec.json.encode(view).decode()
        store.commit([Put(msgspec.structs.replace(entry, body=body), if_absent=False)])


def tripled(at: Organisation, period: str) -> None:
    """Each complaint was counted three times."""
    falsified(at, period, lambda _by, _name, figure: None if figure is None else 3 * figure)
