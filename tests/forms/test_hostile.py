"""X.8: hostile texts stay texts, wherever they come from."""

from __future__ import annotations

import pytest

from tests.clauses.organisation import Organisation, sign_up_with
from tests.clauses.printed_page import ask, printed
from tests.clauses.world import InProcess
from tests.forms.shop import POLICY

_PAGE = {"html", "head", "meta", "title", "style", "body", "header", "main", "h1", "p", "bdi", "span"}
TAGS = _PAGE | {"table", "colgroup", "col", "thead", "tbody", "tr", "th", "td", "ol", "li"}
ATTRIBUTES = {"charset", "class", "colspan", "content", "dir", "lang", "name", "scope"}
TEXTS = {
    "a script": "<script>alert(1)</script>",
    "the end of the cell": "</td></tr></tbody></table><script src=//x.example></script>",
    "the end of an attribute": '" onmouseover="alert(1)" x=\'',
    "an image": "<img src=x onerror=alert(1)>",
    "a style": "</style><style>body{display:none}</style>",
    "a comment": "<!-- -->]]>",
    "escaped already": "&lt;b&gt; &amp; &#60;",
    "a template": "{{ 7 * 7 }} {% raw %} {{ form.__class__ }}",
    "right to left": "\u202etxet\u202c مرحبا بالعالم \u2067א\u2069",
    "emoji": "😀👩‍👩‍👧‍👦🧨",
    "very long": "长" * 2000 + "w" * 2000,
    "lines": "一\n二\n三",
}


@pytest.mark.parametrize("what", TEXTS)
def test_x8_a_hostile_text_of_the_complainant_is_printed_as_it_is(shop: Organisation, what: str) -> None:
    text = TEXTS[what]
    number = shop.file(facts={"content": text, "complainant.name": text})
    shop.act(number, "agent", "reply", answer=text)

    page = printed(shop, number, "sheet", "agent")

    assert (page.values["内容"], page.values["姓名"]) == ([text], [text])
    assert page.values["全部答复"] == [f"{text} 2026年11月27日 09:00 坐席"]
    assert page.tags <= TAGS
    assert page.attributes <= ATTRIBUTES


def test_x8_a_text_cannot_turn_the_direction_of_the_page(shop: Organisation) -> None:
    number = shop.file(facts={"content": "\u202etxet"})

    assert '<bdi class="text">\u202etxet</bdi></td>' in ask(shop, number, "sheet", "agent").text


def test_x8_hostile_labels_of_a_policy_are_printed_as_they_are() -> None:
    bad = "<script>alert(1)</script>{{ 7*7 }}"
    policy = POLICY
    for label in ("处理表", "全部答复", "登记", "坐席"):
        policy = policy.replace(f"zh: {label},", f'zh: "{bad}{label}",').replace(
            f"- zh: {label}\n", f'- zh: "{bad}{label}"\n'
        )
    shop = sign_up_with(InProcess("2026-11-27T09:00:00+08:00"), policy.replace("zh: 处理表\n", f'zh: "{bad}处理表"\n'))
    number = shop.file()
    shop.act(number, "agent", "reply", answer="好。")

    page = printed(shop, number, "sheet", "agent")

    assert page.title == f"{bad}处理表"
    assert page.sections[f"{bad}登记"]
    assert page.values[f"{bad}全部答复"] == [f"好。 2026年11月27日 09:00 {bad}坐席"]
    assert page.tags <= TAGS
