"""The fields that the language defines. Acts can need and take them under every policy."""

from __future__ import annotations

import msgspec

from chalicelib.policy.language.facts import Fact

_LATER = Fact(kind="time", tense="future")


class BuiltInField(msgspec.Struct, frozen=True):
    kind: str
    """A name of `fact_kinds`. If the kind has choices, `complaints.fields` derives them from the policy."""
    must_be_public: bool = False
    """True if the procedure depends on the value, so that a policy may give it no `holder`."""
    may_be_redefined: bool = False
    """True if a field of this name in the policy replaces it."""
    fact: Fact = Fact()


BUILT_IN_FIELDS = {
    "conditions": BuiltInField("conditions", must_be_public=True),
    "ground": BuiltInField("choice", must_be_public=True),
    "severity": BuiltInField("choice", must_be_public=True),
    "sign": BuiltInField("choice"),
    "clock": BuiltInField("choice", must_be_public=True),
    "until": BuiltInField("time", must_be_public=True, may_be_redefined=True, fact=_LATER),
    "kinds": BuiltInField("choices"),
    "demand": BuiltInField("reference"),
    "item": BuiltInField("choice"),
    "person": BuiltInField("people", may_be_redefined=True, fact=Fact(most=1)),
}
"""By name. Their values are described in docs/policy.md."""
