"""The reader's drafts on the page of a complaint. They are not in the record, and others do not see them."""

from __future__ import annotations

import msgspec

from chalicelib.casework.loading import Case
from chalicelib.features.handling import drafts
from chalicelib.features.handling.drafts import Drawer
from chalicelib.features.handling.forms_of_acts import act_label
from chalicelib.kit.instants import to_text
from chalicelib.web.pages.reader import Reader
from chalicelib.web.pages.times import time_text
from chalicelib.wiring import Wiring


class WaitingDraft(msgspec.Struct, frozen=True, kw_only=True):
    id: str
    act: str
    name: str
    at: str


def rows(wiring: Wiring, drawer: Drawer, case: Case, reader: Reader) -> list[WaitingDraft]:
    """The newest first. `case`: loaded with `drawer.key`."""
    policy = case.policy
    return [
        WaitingDraft(
            id=one.id,
            act=one.act,
            name=reader.label(act_label(policy.document, one.act)),
            at=time_text(policy.calendar, reader, to_text(one.at)),
        )
        for one in reversed(drafts.among(wiring, drawer, case.entries))
    ]
