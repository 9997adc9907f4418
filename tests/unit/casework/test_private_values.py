"""Private values that a reader sees: those of the confidentiality classes that they may see."""

from __future__ import annotations

from chalicelib.casework import private_values
from chalicelib.complaints.envelope import PrivateValue

CONTENT = PrivateValue("00", "content", {"content": "It leaks."})
INTERNAL = PrivateValue("00", "internal", {"text": "Called back."})
NOTHING = PrivateValue("00", "complainant", {})


def test_values_of_other_classes_stay_hidden() -> None:
    shown = private_values.visible_values([CONTENT, INTERNAL], {"content", "complainant"})
    assert shown == {"content": "It leaks."}


def test_a_class_is_shown_if_one_of_its_values_is() -> None:
    assert private_values.shown_classes([CONTENT, INTERNAL, NOTHING], {"content", "complainant"}) == {"content"}
