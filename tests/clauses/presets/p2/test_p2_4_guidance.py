"""P2.4: every line of the source's guidance is shown in the stage in which it is needed, and can be ticked off."""

from __future__ import annotations

from typing import Any

import pytest

from tests.clauses.offices.garage import OURS, executed, found, offered, received
from tests.clauses.organisation import Organisation

LINES = {
    "registered": [
        "树立一个正确的观念：只有自己的错，没有客户的错；即使是客户一时的误会，也是我们自己解释不够。",
        "用平静的声音告诉客户：“谢谢你给我们提出了宝贵的意见”，切忌与车主发生争执。",
        "接触之前要了解本次维修详细过程和车主的情况。",
        "服务顾问陪同客服去接待有意见的车主。",
        "时间不能拖，要及时处理，否则问题会越变越严重。",
    ],
    "handling": [
        "以礼貌的态度听取车主的意见，并单独请到房间，以免干扰其他车主，扩散影响。",
        "态度要诚挚。",
        "让车主倾诉他的意见，这样才能使其恢复情绪，平静地说话。",
        "让车主觉得自己是个重要的客户。",
        "注意心理换位，把自己置身于车主的处境来考虑问题。",
        "让车主倾诉自己的怨言。",
        "仔细倾听客户的抱怨。",
        "谢谢客户让你知道他的意见。",
    ],
    "found": [
        "对自己的过失，要详尽了解，向车主道歉。",
        "对车主的误会，应有礼貌地指出，让车主心服口服。",
        "解释的时候不能委曲求全。",
        "确实属于我们的问题，除向客户诚挚道歉以外，马上根据客户的时间安排返修，并承担相关的费用。",
        "不属于我方造成的问题，耐心向客户作出解释，解释时注意不要刺伤车主的感情。",
        "建议对车辆存在的问题进行免费检测，并在征得客户同意的前提下，进行检修。",
        "收费问题可以适当优惠或对工时费予以减免。",
        "诚心诚意地去解决问题，感动客户，取得谅解。",
    ],
    "decided": ["再次对客户的投诉表示感谢。"],
}
"""The lines of the source, by the stage that shows them."""


def decided(garage: Organisation) -> str:
    number = executed(garage)
    garage.act(number, "customer_service", "decide", outcome="settled")
    return number


STAGES: dict[str, tuple[Any, tuple[str, ...]]] = {
    "registered": (Organisation.file, ("customer_service", "service_manager", "call_back_agent", "service_adviser")),
    "handling": (
        received,
        (
            "customer_service",
            "service_manager",
            "call_back_agent",
            "service_adviser",
            "technical_manager",
            "general_manager",
        ),
    ),
    "found": (found, ("customer_service", "service_manager", "technical_manager", "general_manager")),
    "decided": (decided, ("customer_service", "service_manager", "technical_manager", "general_manager")),
}
"""By stage: how a complaint comes there, and the people who handle it there."""
HANDLERS = [(stage, who) for stage, (_, people) in STAGES.items() for who in people]


def in_stage(garage: Organisation, stage: str) -> str:
    number = STAGES[stage][0](garage)
    assert garage.complaint(number)["stage"] == stage
    return str(number)


def ticked(garage: Organisation, number: str) -> list[bool]:
    return [line["ticked"] for line in garage.complaint(number, "customer_service")["guidance"]]


@pytest.mark.parametrize("stage", STAGES)
def test_p2_4_the_handler_sees_each_line_of_the_present_stage(garage: Organisation, stage: str) -> None:
    number = in_stage(garage, stage)

    assert [line["zh"] for line in garage.complaint(number, STAGES[stage][1][-1])["guidance"]] == LINES[stage]


@pytest.mark.parametrize(("stage", "who"), HANDLERS)
def test_p2_4_the_guidance_is_a_checklist_that_each_handler_can_tick_off(
    garage: Organisation, stage: str, who: str
) -> None:
    number, last = in_stage(garage, stage), len(LINES[stage])

    garage.act(number, who, "tick", item=str(last))

    assert ticked(garage, number) == [False] * (last - 1) + [True]
    [event] = garage.events(number, type_="ticked")
    assert (event["fields"]["item"], event["actor"]["role"]) == (str(last), who)


@pytest.mark.parametrize("stage", STAGES)
def test_p2_4_an_unknown_line_cannot_be_ticked(garage: Organisation, stage: str) -> None:
    number = in_stage(garage, stage)

    for item in (str(len(LINES[stage]) + 1), None):
        answer = garage.try_act(number, "customer_service", "tick", item=item)
        assert (answer.status, answer.pointer) == (422, "/fields/item")


def test_p2_4_the_customer_ticks_nothing(garage: Organisation) -> None:
    assert garage.try_act(garage.file(), "complainant", "tick", item="1").status == 403


def test_p2_4_there_is_no_delay_after_a_refused_offer_either(garage: Organisation) -> None:
    number = offered(garage)
    garage.act(number, "complainant", "dispute", reason="仍有异响。")

    found = garage.deadline(number, "handling")

    assert (found["state"], garage.local(found["due"])) == ("running", "2026-12-01T18:00:00+08:00")
    garage.act(number, "technical_manager", "find_liability", finding="ours")
    garage.act(number, "customer_service", "offer", **OURS, offer="再次返修。")
    assert garage.deadline(number, "handling")["state"] == "met"
