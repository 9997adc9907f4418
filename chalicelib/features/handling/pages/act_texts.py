"""What each act of a complainant means: the words of its heading, and a sentence about its effect."""

from __future__ import annotations

import msgspec

from chalicelib.policy.language.vocabulary import ACT_TERMS
from chalicelib.web.pages.reader import Reader

_TEXTS = {
    "supplement": (
        ("补充情况", "Add information"),
        (
            "补充或更正您提交的内容，办理人员会看到。",
            "Add to or correct what you filed. Its handlers will see it.",
        ),
    ),
    "receive_evidence": (
        ("答复举证要求", "Answer the demand for evidence"),
        ("说明您按要求提供了什么。", "Say what you gave in answer to the demand."),
    ),
    "agree": (
        ("同意处理结果", "Accept the result"),
        ("您接受处理结果，投诉随后可以结案。", "You accept the result. The complaint can then be closed."),
    ),
    "dispute": (
        ("不同意处理结果", "Dispute the result"),
        (
            "您不接受处理结果，投诉会按制度继续处理。",
            "You do not accept the result. The procedure goes on.",
        ),
    ),
    "rate": (
        ("评价处理结果", "Rate the result"),
        ("您的评价会记录在案，用于改进工作。", "Your rating goes on record and helps the organisation to improve."),
    ),
    "withdraw": (
        ("撤回投诉", "Withdraw the complaint"),
        ("撤回后不再处理。", "The organisation stops working on it."),
    ),
}
"""Heading and effect, each in Chinese and English."""


class ActText(msgspec.Struct, frozen=True):
    heading: str
    effect: str


def act_text(act: str, reader: Reader) -> ActText:
    """Another act has the name of its event, and no sentence."""
    if act in _TEXTS:
        heading, effect = _TEXTS[act]
        return ActText(reader.say(heading), reader.say(effect))
    return ActText(reader.label(ACT_TERMS[act].label.to_json()), "")
