"""What each act of a complainant means: the words of its heading, and a sentence about its effect."""

from __future__ import annotations

import msgspec

from chalicelib.kit import catalogue
from chalicelib.policy.language.model import PolicyDocument
from chalicelib.policy.language.vocabulary import ACT_TERMS
from chalicelib.policy.language.wording.own_terms import accepted_thing
from chalicelib.web.pages.reader import Reader


class ActText(msgspec.Struct, frozen=True):
    heading: str
    effect: str


def act_text(document: PolicyDocument, act: str, reader: Reader) -> ActText:
    """In the words of the procedure. Another act has the name of its event, and no sentence."""
    texts = catalogue.texts("pages")
    if (effect := texts.get(f"act_effect.{act}")) is None:
        return ActText(reader.label(ACT_TERMS[act].label.to_json()), "")
    thing = reader.label(accepted_thing(document).to_json())
    return ActText(reader.text(f"act.{act}", thing=thing), reader.say(effect).format(thing=thing))
