"""The program accounts in an archive."""

from __future__ import annotations

from collections.abc import Iterator

from chalicelib.casework.composing.archived import Archived, OwnEvents, line
from chalicelib.store import keys, reads
from chalicelib.store.keys import programs
from chalicelib.store.stored_form import read_json
from chalicelib.wiring import Wiring


def _files(wiring: Wiring, tenant: str, _: OwnEvents) -> Iterator[tuple[str, bytes]]:
    """One file, if there is an account."""
    entries = reads.items(wiring.store, keys.organisation(tenant), programs.ACCOUNTS)
    lines = [line(read_json(entry)) for entry in entries]
    if lines:
        yield "accounts.jsonl", b"".join(lines)


ARCHIVED = Archived(files=_files)
