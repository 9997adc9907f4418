"""What a matter shows of its complaint as on paper: facts of the filing, and why it stands there (P3.8).

Private values are read when the ledger is, for this reader, and each read is logged. A frozen ledger has none.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import date
from typing import Any

import msgspec
from msgspec.structs import replace

from chalicelib.casework import private_values
from chalicelib.casework.authorization import restrict_to_case
from chalicelib.casework.views import read_log
from chalicelib.casework.views.read_log import Disclosure, ReadContext
from chalicelib.complaints.fields import class_of
from chalicelib.complaints.rights import confidentiality
from chalicelib.features.ledgers.matter import Listed, Matter, Named, ShownValue
from chalicelib.features.ledgers.words import date_words, time_words
from chalicelib.kit import catalogue
from chalicelib.policy.compiled import Policy
from chalicelib.policy.language.facts import Fact, is_public
from chalicelib.policy.language.parts import Label
from chalicelib.policy.language.values import fact_kinds
from chalicelib.store.keys import CaseRef
from chalicelib.store.sizes import MAX_KEYS
from chalicelib.wiring import Wiring

_FILING = 1
_EACH = MAX_KEYS // private_values.CLASSES
"""Complaints whose filing is read at a time."""


class LedgerRead(msgspec.Struct, frozen=True):
    """Who reads the ledger of a tenant, and which values it shows."""

    tenant: str
    shows: Sequence[str]
    context: ReadContext


def fill(wiring: Wiring, read: LedgerRead, found: Sequence[Listed]) -> list[Matter]:
    """The matters with their values. The reads are logged before they are shown. The caller binds the tenant."""
    if not read.shows:
        return [one.matter for one in found]
    private = _private_values(wiring, read.tenant, [one.complaint.number for one in found])
    filled, disclosures = [], []
    for one in found:
        policy, reader = one.policy, restrict_to_case(read.context.asker, one.complaint)
        classes = frozenset[str]() if reader is None else confidentiality.visible_classes(policy, one.complaint, reader)
        given = {**one.complaint.facts, **private_values.visible_values(private[one.complaint.number], classes)}
        filled.append(replace(one.matter, shows=[_value(one, name, given, classes) for name in read.shows]))
        disclosed = {class_of(name, _fact(policy, name)) for name in read.shows if name in given}
        disclosures.append(Disclosure(policy, one.complaint, disclosed & classes))
    read_log.record_reads(wiring.store, read.tenant, read.context, [one for one in disclosures if one.classes])
    return filled


def _private_values(wiring: Wiring, tenant: str, numbers: Sequence[str]) -> dict[str, list[Any]]:
    """By number, what the filings gave in private."""
    found: dict[str, list[Any]] = {}
    for first in range(0, len(numbers), _EACH):
        asked = {
            one: private_values.keys_of_event(CaseRef(tenant, one), _FILING) for one in numbers[first : first + _EACH]
        }
        entries = wiring.store.get([key for keys in asked.values() for key in keys])
        for number, keys in asked.items():
            ref = CaseRef(tenant, number)
            opened = (private_values.try_open(wiring.sealer, ref, entries[key]) for key in keys if key in entries)
            found[number] = [value for value in opened if value is not None]
    return found


def flag_words(policy: Policy, flags: Mapping[str, str], language: str) -> list[str]:
    """The flags that have words: those that acts set from a field."""
    facts = {name: _fact(policy, name) for name in sorted(flags)}
    colon = catalogue.words("ledger_words", language)["colon"]
    return [
        f"{fact.name.to_json()[language]}{colon}{_in_language(policy, fact, flags[name], language)}"
        for name, fact in facts.items()
        if fact.name is not None
    ]


def _value(one: Listed, name: str, given: Mapping[str, Any], classes: Collection[str]) -> ShownValue:
    policy, flag = one.policy, one.complaint.flags.get(name)
    fact = _fact(policy, name)
    label = (fact.name or Label(zh=name, en=name)).to_json()
    if name in given or flag is not None:
        return ShownValue(value=name, name=label, text=_text(policy, fact, given.get(name, flag)))
    known = name not in policy.document.intake.facts or is_public(fact.kind, fact) or class_of(name, fact) in classes
    return ShownValue(value=name, name=label, text=None, withheld=not known)


def _fact(policy: Policy, name: str) -> Fact:
    """The definition of the fact, or of the field from which acts set the flag."""
    document = policy.document
    acts = (act for stage in document.stages.values() for act in stage.acts.values())
    sources = (act.sets[name].removeprefix("field.") for act in acts if name in act.sets)
    found = document.intake.facts.get(name) or next(
        (document.fields[one] for one in sources if one in document.fields), None
    )
    return found or Fact()


def _text(policy: Policy, fact: Fact, value: Any) -> Named:
    return {language: _in_language(policy, fact, value, language) for language in ("zh", "en")}


def _in_language(policy: Policy, fact: Fact, value: Any, language: str) -> str:
    words = catalogue.words("ledger_words", language)
    if isinstance(value, bool) or value in ("yes", "no"):
        return words["yes" if value in (True, "yes") else "no"]
    if fact_kinds.of(fact.kind).is_time:
        return (
            time_words(policy.calendar, language, value)
            if "T" in value
            else date_words(language, date.fromisoformat(value))
        )
    items = value if isinstance(value, list) else [value]
    texts = [fact.choices[one].to_json()[language] if one in fact.choices else str(one) for one in items]
    return words["list"].join(texts)
