"""Improvement actions in archives, with their texts."""

from __future__ import annotations

from collections.abc import Iterator

from chalicelib.casework.composing.archived import Archived, ArchiveObject, OwnEvents, line
from chalicelib.features.improvements import action
from chalicelib.store.stored_form import read_json
from chalicelib.wiring import Wiring


def _files(wiring: Wiring, tenant: str, _: OwnEvents) -> Iterator[tuple[str, bytes]]:
    if actions := [line(one) for one in _actions(wiring, tenant)]:
        yield "improvements.jsonl", b"".join(actions)


def _actions(wiring: Wiring, tenant: str) -> Iterator[ArchiveObject]:
    for entry in action.entries(wiring.store, tenant):
        found = action.parse(entry).action
        texts = {"title": action.opened_text(wiring.sealer, tenant, found.title)}
        if found.reason:
            texts["reason"] = action.opened_text(wiring.sealer, tenant, found.reason)
        yield {**read_json(entry), **texts}


ARCHIVED = Archived(files=_files)
