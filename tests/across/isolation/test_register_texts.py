"""A text for the public register is refused in whichever form it names a person of the case, or anybody.

`tests/register/test_planted.py` searches what is published.
"""

from __future__ import annotations

import pytest

from tests.clauses.offices.marketplace import marketplace_in
from tests.clauses.organisation import Organisation
from tests.clauses.world import InProcess
from tests.register.notices import closed_major, try_on

FACTS = {
    "complainant.name": "王小明",
    "complainant.contact": "00000000000",
    "respondent.name": "示例店铺",
    "reason": "退款。",
}
ATTACKS: dict[str, list[str]] = {
    "digits in circles and squares": ["❶❸❽⓿⓿❶❸❽⓿⓿⓿", "①③⑧⓪⓪①③⑧⓪⓪⓪", "1️⃣3️⃣8️⃣0️⃣0️⃣1️⃣3️⃣8️⃣0️⃣0️⃣0️⃣", "⓵⓷⓼⓪⓪⓵⓷⓼⓪⓪⓪"],
    "digits of other scripts": [
        "١٣٨٠٠١٣٨٠٠٠",
        "१३८००१३८०००",
        "１３８００１３８０００",
        "𝟏𝟑𝟖𝟎𝟎𝟏𝟑𝟖𝟎𝟎𝟎",
        "〡〣〨〇〇〡〣〨〇〇〇",
    ],
    "numerals of Chinese": [
        "一三八零零一三八零零零",
        "壹叁捌〇〇壹叁捌〇〇〇",
        "幺三八零零幺三八零零零",
        "一三八两两两两零零零零",
    ],
    "words of radio operators": ["幺三八洞洞幺三八洞洞洞", "幺三八拐拐拐拐勾勾勾勾"],
    "a phone with signs": [
        "138 0013 8000",
        "电话：139，0000，1111",
        "手机139、0000、1111",
        "电话：010，6555，1234",
        "138.0013.8000",
        "(138)0013-8000",
        "138\u200b0013\u200b8000",
        "1、38001-38000",
        "1.13800138000",
    ],
    "letters for digits": ["l38OOl38OOO", "I3800I38000"],
    "a landline with its area": ["0571-87654321", "(010) 6555 1234", "零五七一八七六五四三二一", "+86 571 8765 4321"],
    "an identity number": ["11010519491231002X", "一一零一零五一九四九一二三一零零二X", "110105 19491231 002X"],
    "a plate": ["京A12345", "京A·12345", "京 A 一二三四五", "京Ａ❶❷❸❹❺", "粤BD12345", "沪A·8888学"],
    "an address": ["文三路100号", "文三路一百号", "文三路 一 〇 〇 号", "文三路壹佰号", "世纪大道二百三十四号"],
    "a flat": [
        "3栋2单元301室",
        "三 栋 二 单 元 三〇一 室".replace("单 元", "单元"),
        "幸福小区十二号楼",
        "2单元301",
        "学府苑12-3-301",
        "幸福小区3-301",
        "住万科12-3-301",
    ],
    "WeChat and QQ": [
        "微信号 x",
        "微信号：abc_123",
        "VX: wang888",
        "加v wang8888",
        "加薇abc123",
        "加微：bunny",
        "➕V abc123",
        "wei xin: abc_123",
        "微信wang_xm88",
        "QQ 12345678",
        "扣扣号一二三四五六七",
    ],
    "an e-mail address in words": [
        *("wang(at)example.com", "wang[at]example[dot]com", "wang at example dot com", "wang＠example。com"),
        *("wang艾特example点com", "wang @ example . com", "wang@例子.公司"),
    ],
    "a social address": ["weibo.com/u/12345", "t.me/wangxm", "@小白兔", "@wang_xm", "https://x.example/a"],
    "a name in Pinyin": ["wang2 xiao3 ming2", "Wang2Xiao3Ming2", "wáng xiǎo míng", "Wang X. M.", "W.X.M.", "王小ming"],
    "a name in small capitals and squares": ["ᴡᴀɴɢ xɪᴀᴏᴍɪɴɢ", "🅆🄰🄽🄶 xiaoming", "🇼🇦🇳🇬 xiaoming"],
    "a name in variant characters": ["王小眀", "王曉明", "王晓铭", "王⼩明", "玊小明"],
    "English particulars": ["22 Acacia Avenue", "07700900123", "+44 7700 900123", "Tel. 555-0199", "Insta: bunny"],
    "a surname with a title": [
        "王工",
        "王总",
        "王督察",
        "王先生",
        "老王",
        "小王",
        "王哥",
        "姓王",
        "王 工",
        "王业主",
        "王房东",
    ],
}
VARIANTS = [pytest.param(form, id=f"{kind}: {form}") for kind, forms in ATTACKS.items() for form in forms]
ORDINARY = [
    "商家给了一个说法，两天后第三次来电，十五天内退三十元，2026年办结。",
    "一百二十三件商品中有两件损坏，赔偿五百元；订单共计1280.50元，分3期，每期100元。",
    "依据消费者权益保护法第五十五条第一款，第一、第二项诉求成立，第四项不成立。",
    "2026年11月27日上午九点三十分至12:30办理，2026-11-27至2026-12-05公示。",
    "微信支付已退款，QQ客服已回复，新iphone6手机与新 iPhone 14 Pro Max 128G 各一部。",
    "地铁1号线，二楼三号柜台，3号楼大厅，三单元设备。",
    "员工总数1200人，对方工作人员说明情况，用户老是打电话，用户姓名已核实。",
    "At least one dot in the text. Look at this. Then go.",
]


@pytest.fixture(scope="module")
def office() -> Organisation:
    found = marketplace_in(InProcess("2026-11-27T09:00:00+08:00"))
    found.always = {"facts": FACTS, "unit": "seller"}
    return found


@pytest.fixture(scope="module")
def number(office: Organisation) -> str:
    return closed_major(office, summary=None)


@pytest.mark.parametrize("form", VARIANTS)
def test_a_variant_is_refused_at_its_place(office: Organisation, number: str, form: str) -> None:
    text = f"经核实，{form}所述属实。"

    answer = try_on(office, number, "director", "edit", texts={"summary_for_public": text})

    assert (answer.status, answer.pointer) == (422, "/fields/texts/summary_for_public")
    places = [(one["start"], one["end"]) for one in answer.json["errors"]]
    assert any(start < 4 + len(form) and end > 4 for start, end in places)
    assert form not in answer.text


@pytest.mark.parametrize("text", ORDINARY)
def test_ordinary_numerals_and_words_are_accepted(office: Organisation, number: str, text: str) -> None:
    assert try_on(office, number, "director", "edit", texts={"summary_for_public": text}).status == 200
