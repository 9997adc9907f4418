"""X.8: what is erased or damaged is marked, a form has a bounded size, and labels are those of their time."""

from __future__ import annotations

import json

from chalicelib.access import binding
from chalicelib.features.forms import lines
from chalicelib.store import keys
from chalicelib.store.port import Remove
from tests.clauses.organisation import Organisation
from tests.clauses.printed_page import ask, printed
from tests.exports.exported import damage, sealing, world_of
from tests.forms.shop import POLICY, shop_in


def erase(shop: Organisation, number: str) -> None:
    """Removes the private values of the filing, as an erasure does."""
    with binding.tenant(shop.id):
        pk = keys.complaint(shop.id, number)
        world_of(shop).fakes.store.commit([Remove(keys.private(pk, 1, position)) for position in range(4)])


def test_x8_an_erased_value_is_marked_for_those_who_might_see_it(shop: Organisation) -> None:
    number = shop.file()
    erase(shop, number)

    agent, clerk = printed(shop, number, "sheet", "agent").values, printed(shop, number, "sheet", "clerk").values

    assert (agent["姓名"], agent["内容"]) == (["已删除"], ["已删除"])
    assert (clerk["姓名"], clerk["内容"]) == (["不予显示"], ["已删除"])


def test_x8_a_damaged_value_is_marked_and_the_rest_is_printed() -> None:
    shop = shop_in(sealing())
    number = shop.file()
    shop.act(number, "agent", "reply", answer="换一把。")
    damage(shop, number)

    values = printed(shop, number, "sheet", "agent").values

    assert sorted(values["姓名"] + values["内容"]) in (["无法读取", "标记甲"], ["壶漏水。", "无法读取"])
    assert values["全部答复"] == ["换一把。 2026年11月27日 09:10 坐席"]


def test_x8_a_line_prints_the_newest_values_and_how_many_it_leaves_out(shop: Organisation) -> None:
    number = shop.file()
    for position in range(lines.MOST_VALUES + 2):
        shop.act(number, "agent", "reply", answer=f"第{position}次。")

    note, *answers = printed(shop, number, "sheet", "agent").values["全部答复"]
    english = ask(shop, number, "sheet", "agent", "en").text

    assert note == "较早的 2 项未列出，完整内容见投诉记录。"
    assert "Earlier values left out: 2. The record of the complaint has all of them." in english
    assert len(answers) == lines.MOST_VALUES
    assert [text.partition(" ")[0] for text in (answers[0], answers[-1])] == [
        "第2次。",
        f"第{lines.MOST_VALUES + 1}次。",
    ]


def test_x8_after_a_switch_the_new_version_prints_old_values_under_their_old_labels(shop: Organisation) -> None:
    number = shop.file(facts={"parts": ["lid"]})
    policy = POLICY.replace("zh: 处理表", "zh: 新处理表").replace("lid: {zh: 盖, en: Lid}", "lid: {zh: 盖子, en: Lid}")
    version = shop.world.call("POST", f"{shop.path}/policy/publish", {"policy": policy}, auth=shop.auth("owner"))
    assert version.status == 201, version.text
    path = f"{shop.path}/complaints/{number}/acts/switch"
    switched = shop.world.call("POST", path, {"fields": {"to": version.json["version"]}}, auth=shop.auth("owner"))
    assert switched.status == 200, json.dumps(switched.json, ensure_ascii=False)

    page = printed(shop, number, "sheet", "agent")

    assert (page.title, page.values["部件"]) == ("新处理表", ["盖"])
