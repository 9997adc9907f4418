"""The files of a complaint or demand as its page lists them, and the kinds that the reader may add."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from types import MappingProxyType

import msgspec

from chalicelib.features.evidence import item, kinds, refusal
from chalicelib.features.evidence.authorization import AuthorizedCase
from chalicelib.features.evidence.evidence_queries import VisibleEvidence, available_copies
from chalicelib.features.evidence.item import Evidence
from chalicelib.kit import catalogue
from chalicelib.policy.compiled import Policy
from chalicelib.policy.language.file_types import FILE_TYPES
from chalicelib.web.pages.inputs import Input, Option, is_other
from chalicelib.web.pages.reader import Reader

INPUT = "kind"
"""The name of the input that chooses a kind."""

_NO_NAMES: Mapping[str, str] = MappingProxyType({})
_WORDS = "uploads.say."
_ENDED = (item.SEALED, item.REFUSED, item.EXPIRED, item.ERASED)


class ShownFile(msgspec.Struct, frozen=True, kw_only=True):
    """`state`: with the reason of a refusal. `size`: empty until a form's file has arrived. `ended`: its check is over.

    `name`: empty if the reader may not read it. `opens`: the reader may view or download it. `resumes`: the reader can
    still send it with its form.
    """

    id: str
    kind: str
    name: str
    opens: bool
    state: str
    size: str
    arrived: bool
    ended: bool
    resumes: bool


def shown_files(
    found: Iterable[VisibleEvidence],
    policy: Policy,
    reader: Reader,
    sent: str = "",
    names: Mapping[str, str] = _NO_NAMES,
) -> list[ShownFile]:
    """Without forms that were opened and never sent a file. `sent`: the id of the file that was just sent.

    `names`: of the files, by id (`evidence_queries.names_in`).
    """
    listed = list(found)
    hidden = never_sent(listed)
    return [
        _shown(one, policy, reader, names.get(one.evidence.id, ""), is_sent=one.evidence.id == sent)
        for one in listed
        if one.evidence.id not in hidden
    ]


def never_sent(found: Iterable[VisibleEvidence]) -> frozenset[str]:
    """The ids of forms that were opened and never sent a file. They are no news to the person who opened them."""
    return frozenset(one.evidence.id for one in found if one.evidence.by_form and one.evidence.state == item.EXPIRED)


def _shown(visible: VisibleEvidence, policy: Policy, reader: Reader, name: str, *, is_sent: bool) -> ShownFile:
    found = visible.evidence
    is_open = found.by_form and found.state == item.DECLARED
    state = item.UPLOADED if is_open and is_sent else found.state
    return ShownFile(
        id=found.id,
        kind=kinds.called(policy, found, reader.language),
        name=name,
        opens=bool(available_copies(visible)),
        state=state_text(found, reader, state),
        size="" if is_open else size_text(found.size),
        arrived=state != item.DECLARED,
        ended=found.state in _ENDED,
        resumes=is_open and not is_sent and visible.caller.gave(found),
    )


def state_text(found: Evidence, reader: Reader, state: str = "") -> str:
    """With the reason of a refusal. `state`: in place of the stored one."""
    text = reader.of_code("file_state.", state or found.state)
    return text if found.reason is None else text + _because(found.reason, reader)


def _because(reason: str, reader: Reader) -> str:
    return reader.text("files.because", reason=reader.say(refusal.text_of(reason)))


def giver(found: Evidence, reader: Reader, name: str = "") -> str:
    """Who gave the file, and for whom. `name`: of the member."""
    who = name or reader.of_code("desk_case.by.", found.by.kind)
    if found.by.gives_for == found.by.kind:
        return who
    return reader.text("desk_case.for", who=who, party=reader.of_code("desk_case.by.", found.by.gives_for))


def kind_name(policy: Policy, kind: str, reader: Reader) -> str:
    return kinds.name_of(policy, kind, reader.language)


def size_text(size: int) -> str:
    """Such as `340 KB` or `2.5 MB`. `size`: in bytes."""
    kilobytes = max(size / 1024, 1)
    if kilobytes < 1000:
        return f"{kilobytes:.0f} KB"
    return f"{kilobytes / 1024:.1f}".removesuffix(".0") + " MB"


def kind_input(found: AuthorizedCase, reader: Reader, label: str) -> Input:
    """The kinds that the reader may add: those of the policy, or those that the demand asks for.

    `label`: the name of a page's text.
    """
    policy = found.case.policy
    return Input(
        name=INPUT,
        pointer="/kind",
        label=reader.text(label),
        kind="one",
        required=True,
        options=options_of(policy, _allowed(found), reader),
    )


def options_of(policy: Policy, names: Iterable[str], reader: Reader) -> list[Option]:
    """A choice of kinds."""
    return sorted(
        (Option(kind, kind_name(policy, kind, reader)) for kind in names), key=lambda one: is_other(one.label)
    )


def attachable(found: Iterable[VisibleEvidence]) -> list[VisibleEvidence]:
    """The sealed files that members gave to attach them to their messages."""
    return [one for one in found if one.evidence.kind == kinds.ATTACHMENT and one.evidence.state == item.SEALED]


def for_filing(policy: Policy, reader: Reader) -> tuple[Input, str]:
    """The choice of a kind for a file that is chosen before there is a complaint; the media types by kind, as JSON."""
    names = kinds.kind_names(policy)
    asked = Input(
        name=INPUT,
        pointer="/kind",
        label=reader.text("files.kind"),
        kind="one",
        required=True,
        options=options_of(policy, names, reader),
    )
    return asked, json.dumps({kind: kinds.offered_types(policy, kind) for kind in names})


def words(reader: Reader) -> dict[str, str]:
    """What modules say of files that they keep and send. Their `{…}` are filled in by them."""
    found = catalogue.texts("pages").items()
    return {name.removeprefix(_WORDS): reader.say(text) for name, text in found if name.startswith(_WORDS)}


def accepted_types(found: AuthorizedCase) -> dict[str, list[str]]:
    """The media types that pages offer, by each kind that the reader may add."""
    return {kind: kinds.offered_types(found.case.policy, kind) for kind in _allowed(found)}


def _allowed(found: AuthorizedCase) -> Sequence[str]:
    own = [kinds.ATTACHMENT] if found.caller.is_staff else []
    return found.caller.kinds or [*kinds.kind_names(found.case.policy), *own]


def types_text(policy: Policy, evidence: Evidence) -> str:
    """The endings of the file names that this kind may have, such as `JPG, PDF`."""
    types = kinds.offered_types(policy, evidence.kind)
    return ", ".join(FILE_TYPES[one].extension.upper() for one in types if one in FILE_TYPES)


def accepted(policy: Policy, evidence: Evidence) -> str:
    """The value of the file input's `accept`."""
    return ",".join(kinds.offered_types(policy, evidence.kind))
