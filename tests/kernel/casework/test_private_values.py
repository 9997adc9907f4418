"""Private values that a reader sees: those of the confidentiality classes that they may see."""

from __future__ import annotations

from msgspec.structs import replace

from chalicelib.access import binding
from chalicelib.casework import private_values
from chalicelib.complaints.envelope import PrivateValue
from chalicelib.store import keys
from chalicelib.store.port import Put, Remove, Write
from tests.across.faults.office import Office, opened

CONTENT = PrivateValue("00", "content", {"content": "It leaks."})
INTERNAL = PrivateValue("00", "internal", {"text": "Called back."})
NOTHING = PrivateValue("00", "complainant", {})


def test_values_of_other_classes_stay_hidden() -> None:
    shown = private_values.visible_values([CONTENT, INTERNAL], {"content", "complainant"})
    assert shown == {"content": "It leaks."}


def test_a_class_is_shown_if_one_of_its_values_is() -> None:
    assert private_values.shown_classes([CONTENT, INTERNAL, NOTHING], {"content", "complainant"}) == {"content"}


def spoilt(office: Office, number: str, position: int, *, erased: bool) -> dict[str, list[str]]:
    """The record's lists of `erased` and `damaged` events, after a private value of the filing is one of them."""
    key = keys.private(keys.complaint(office.id, number), 1, position)
    with binding.tenant(office.id):
        found = office.store.get([key])[key]
        write: Write = Remove(key) if erased else Put(replace(found, body="AAAA"), if_absent=False)
        office.store.commit([write])
    record = office.organisation.get(f"/complaints/{number}/record", "agent")
    return {name: record[name] for name in ("erased", "damaged")}


def test_the_record_tells_damaged_values_from_erased_ones() -> None:
    office = opened()
    filed = [str(office.file(office.request("file")).body["number"]) for _ in range(2)]
    whole = office.organisation.get(f"/complaints/{filed[0]}/record", "agent")
    assert (whole["erased"], whole["damaged"]) == ([], [])
    assert spoilt(office, filed[0], 0, erased=False) == {"erased": [], "damaged": [f"{filed[0]}/1"]}
    assert spoilt(office, filed[1], 0, erased=True) == {"erased": [f"{filed[1]}/1"], "damaged": []}
