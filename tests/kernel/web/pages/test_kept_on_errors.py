"""The page of an error that passes keeps the form that was sent, and sends it again."""

from __future__ import annotations

from urllib.parse import urlencode

import pytest

from tests.clauses.organisation import Organisation
from tests.clauses.world import InProcess
from tests.helpers.fakes.client import Answer
from tests.kernel.web.pages.browser import ADDRESS, FORM
from tests.kernel.web.pages.document import read

TYPED = {"number": "", "receipt": "k1.wrongwrongwrong", "form": '"><b>'}
OWN = {"Origin": ADDRESS, "Sec-Fetch-Site": "same-origin"}


def send(world: InProcess, path: str, typed: dict[str, str], headers: dict[str, str]) -> Answer:
    sent = {"Accept": "text/html", "Accept-Language": "zh", "Content-Type": FORM, **headers}
    return world.client.request("POST", path, urlencode(typed).encode(), headers=sent)


def too_many(world: InProcess, hall: Organisation, headers: dict[str, str]) -> Answer:
    typed = {**TYPED, "number": hall.file()}
    answers = [send(world, f"/t/{hall.id}/case", typed, OWN) for _ in range(12)]
    assert answers[-1].status == 429
    return send(world, f"/t/{hall.id}/case", typed, headers)


def test_too_many_requests_keep_what_was_typed(world: InProcess, hall: Organisation) -> None:
    answer = too_many(world, hall, OWN)

    [form] = read(answer.text).forms
    assert dict(form.values()) == {**TYPED, "number": next(iter(hall.filed))}
    assert "您填写的内容保留在本页" in answer.text


def test_a_page_that_keeps_the_form_does_not_send_back(world: InProcess, hall: Organisation) -> None:
    assert world.operate("POST", f"/tenants/{hall.id}/suspend", {"reason": "系统维护，今晚恢复。"}).status == 200

    answer = send(world, f"/t/{hall.id}/lost-receipt", {"number": "202611-000001", "email": "someone"}, OWN)

    assert answer.status == 403
    assert "系统维护，今晚恢复。" in answer.text
    assert "如果再次提交后问题依旧" in answer.text
    assert "返回上一页" not in answer.text


@pytest.mark.parametrize(
    "headers",
    [{}, {"Origin": "https://evil.example", "Sec-Fetch-Site": "cross-site"}, {"Origin": "https://evil.example"}],
)
def test_the_form_of_another_site_gets_no_button(world: InProcess, hall: Organisation, headers: dict[str, str]) -> None:
    answer = too_many(world, hall, headers)

    assert answer.status in (403, 429)
    assert read(answer.text).forms == []
