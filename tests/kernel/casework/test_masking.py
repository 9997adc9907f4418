"""What is found in the texts that a respondent reads, and what is not."""

from __future__ import annotations

from typing import Any

import pytest

from chalicelib.casework import masking
from chalicelib.casework.masking import MASK
from chalicelib.complaints.envelope import Event, PrivateValue
from tests.kernel.complaints.small_procedure import policy

NUMBER = "202611-000001"
STAFF = {"kind": "staff", "id": "sub-agent", "role": "agent"}
RESPONDENT = {"kind": "respondent", "id": "sub-shop", "role": "respondent"}
COMPLAINANT = {"complainant": {"complainant.name": "欧阳小明", "complainant.phone": "010-12345678"}}


def event(seq: int, type_: str, actor: dict[str, Any], **fields: Any) -> Event:
    time, none = "2026-11-27T01:00:00.000Z", "0" * 64
    rest: dict[str, Any] = {"result": {}, "policy": "1", "calendar": "none", "private": [], "prev": none, "hash": none}
    return Event(
        id=f"{NUMBER}/{seq}", seq=seq, type=type_, v=1, at=time, recorded_at=time, actor=actor, fields=fields, **rest
    )


def shown(
    later: dict[str, dict[str, Any]],
    *,
    type_: str = "inspected",
    actor: dict[str, Any] = STAFF,
    filed: dict[str, dict[str, Any]] = COMPLAINANT,
) -> dict[str, Any]:
    """The values of the second event as a respondent reads them."""
    events = [event(1, "registered", STAFF), event(2, type_, actor)]
    private = {
        seq: [PrivateValue("00", holder, values) for holder, values in of_event.items()]
        for seq, of_event in ((1, filed), (2, later))
    }
    read = masking.as_read(policy({"tiers": [{"roles": "manager"}]}), NUMBER, events, private)
    return {name: value for one in read.of(2) for name, value in one.values.items()}


def text(found: str, **given: Any) -> str:
    read: str = shown({"content": {"findings": found}}, **given)["findings"]
    return read


def test_the_complainants_particulars_are_masked_in_each_form() -> None:
    assert text("欧阳先生（电话 01012345678）到场。") == f"{MASK}（电话 {MASK}）到场。"


def test_the_masks_have_one_length_for_all_particulars() -> None:
    assert text("欧阳小明") == text("010-12345678") == MASK


def test_particulars_of_any_person_are_masked_by_their_form() -> None:
    assert text("证人 13911112222 作证。") == f"证人 {MASK} 作证。"


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("赵先生作证。", f"{MASK}作证。"),
        ("欧阳某作证。", f"{MASK}作证。"),
        ("联系人：赵铁柱。", f"联系人：{MASK}。"),
        ("网名是大白兔。", f"网名是{MASK}。"),
        ("座机87654321。", f"座机{MASK}。"),
        ("护照E12345678。", f"护照{MASK}。"),
        ("卡号6222020012345678901。", f"卡号{MASK}。"),
        ("身份证110105194912310021。", f"身份证{MASK}。"),
    ],
)
def test_what_may_name_a_person_is_masked_and_what_a_text_introduces(written: str, read: str) -> None:
    assert text(written) == read


@pytest.mark.parametrize("written", ["单号 174208675。", "见 shop.example。", "商家已支付100元。"])
def test_what_tells_of_a_matter_is_shown(written: str) -> None:
    filed = {**COMPLAINANT, "content": {"reason": "我用微信支付，商家不退款。"}}

    assert text(written, filed=filed) == written


def test_what_the_filing_gives_as_the_respondents_own_is_shown() -> None:
    filed = {**COMPLAINANT, "respondent": {"respondent.phone": "13900000000"}}

    assert text("店铺电话 139 0000 0000。", filed=filed) == "店铺电话 139 0000 0000。"


def test_what_is_the_complainants_too_is_masked() -> None:
    filed = {"complainant": {"complainant.phone": "13900000000"}, "respondent": {"respondent.phone": "13900000000"}}

    assert text("电话 13900000000。", filed=filed) == f"电话 {MASK}。"


def test_a_number_inside_a_value_of_the_respondent_is_masked() -> None:
    """A complainant may write their own number behind the respondent's name."""
    filed = {**COMPLAINANT, "respondent": {"respondent.name": "示例店铺，我的电话13900000000"}}

    assert text("电话 13900000000。", filed=filed) == f"电话 {MASK}。"


def test_what_the_respondent_wrote_is_shown_to_them() -> None:
    assert text("请联系 13911112222。", actor=RESPONDENT) == "请联系 13911112222。"


def test_each_part_of_a_value_is_searched() -> None:
    values: dict[str, Any] = {"a": ["无", "欧阳小明"], "b": {"zh": "欧阳小明"}, "c": 13911112222, "d": 7, "e": True}

    assert shown({"content": values}) == {"a": ["无", MASK], "b": {"zh": MASK}, "c": MASK, "d": 7, "e": True}


@pytest.mark.parametrize("holder", ["complainant", "internal"])
def test_values_that_the_respondent_does_not_see_stay_as_they_are(holder: str) -> None:
    """Their class keeps them from the respondent."""
    assert shown({holder: {"remark": "欧阳小明"}}) == {"remark": "欧阳小明"}


def test_a_release_of_another_particular_releases_nothing() -> None:
    """A later version of the search can find something else in the same place."""
    events = [
        event(1, "registered", STAFF),
        event(2, "inspected", STAFF),
        event(3, "unmasked", STAFF, masks=[f"{NUMBER}/2/findings/1"]),
    ]
    private = {
        1: [PrivateValue("00", "complainant", COMPLAINANT["complainant"])],
        2: [PrivateValue("00", "content", {"findings": "欧阳小明到场。"})],
        3: [PrivateValue("00", "internal", {"particulars": ["小明"]})],
    }

    [value] = masking.as_read(policy({"tiers": [{"roles": "manager"}]}), NUMBER, events, private).of(2)

    assert value.values == {"findings": f"{MASK}到场。"}
