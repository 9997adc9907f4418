"""Public figures on the organisation's record and in archives: the digest of each edition."""

from __future__ import annotations

import json
from collections.abc import Iterator

from chalicelib.casework.composing.archived import Archived, OwnEvents, line
from chalicelib.casework.composing.period_documents import OnRecord
from chalicelib.features.figures import edition
from chalicelib.store.stored_form import read_json
from chalicelib.wiring import Wiring

PUBLISHED = OnRecord(
    "figures_published",
    "published",
    "figures",
    lambda of: f"{of['period']}.{of['edition']}",
    noun="edition",
    digest=lambda content: edition.digest_of(json.loads(content)),
)


def _files(wiring: Wiring, tenant: str, events: OwnEvents) -> Iterator[tuple[str, bytes]]:
    """An edition that is gone is left out, and the verification reports it."""
    for fields in PUBLISHED.fields_in(events):
        found = edition.stored(wiring.store, tenant, fields["period"], fields["edition"])
        if found is not None:
            yield PUBLISHED.path(fields), line(read_json(found))


ARCHIVED = Archived(files=_files, faults=PUBLISHED.faults)
