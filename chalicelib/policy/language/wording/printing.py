"""What lines of a printed form can show, besides facts, fields and categories, and the default labels of these."""

from __future__ import annotations

from chalicelib.policy.language.facts import BUILT_IN_FIELDS
from chalicelib.policy.language.model import PolicyDocument
from chalicelib.policy.language.parts import Label
from chalicelib.policy.language.vocabulary import EVENT_OF_ACT

CLOCK_PREFIX, EVENT_PREFIX = "clock.", "event."
EVENT_LIST = "events"
MAX_SECTIONS, MAX_LINES = 30, 100
"""In one form, and in one section."""


def _label(zh: str, en: str) -> Label:
    return Label(zh=zh, en=en)


BUILT_IN_VALUES = {
    "number": _label("编号", "Number"),
    "channel": _label("投诉渠道", "Channel"),
    "category": _label("投诉分类", "Category"),
    "severity": BUILT_IN_FIELDS["severity"].label,
    "stage": _label("当前阶段", "Stage"),
    "unit": _label("相关单位", "Unit"),
    "registered_at": _label("登记时间", "Registered"),
    "received_at": _label("收到时间", "Received"),
}
"""Values that every complaint has. `category` shows the values of all categories."""
GROUND = BUILT_IN_FIELDS["ground"].label
"""The built-in field `ground`."""


def giving_events(document: PolicyDocument, name: str) -> set[str]:
    """The events that can give a value of the fact or field. A proposal gives none before it takes effect.

    What only staff say can come with each act that leads to another stage.
    """
    received = document.intake.received
    found = {"registered"} if name in document.intake.facts or (received and name in received.needs) else set()
    of_staff = name in document.intake.asked_of_staff()
    for own, stage in document.stages.items():
        asked = (key for key, act in stage.acts.items() if name in (*act.needs, *act.takes))
        leading = (key for key, act in stage.acts.items() if of_staff and act.stages_after(own) - {own})
        found |= {EVENT_OF_ACT[key] for key in (*asked, *leading)}
    doing = any(name in (*task.needs, *task.takes) for task in document.tasks.values())
    return found | ({"task_done"} if doing else set())
