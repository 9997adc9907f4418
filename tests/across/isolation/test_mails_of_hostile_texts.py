"""No mail has a web address but the service's own, whatever people and policies write."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest
from msgspec.structs import replace

from chalicelib.complaints.envelope import Event
from chalicelib.features.messages.inbox.message_source import MessageSource
from chalicelib.features.messages.inbox.rendering import render
from chalicelib.features.messages.inbox.subject_line import subject_line
from chalicelib.features.messages.mail.send_mail import MailPage, compose_notice
from chalicelib.kit.mail import Mail, Own
from chalicelib.policy import presets
from chalicelib.policy.compiled import Policy, compile_policy
from chalicelib.policy.language.wording.default_wording import ReaderKind, default_wording
from chalicelib.policy.reading import parsing
from tests.across.isolation import addresses
from tests.across.isolation.hostile import Hostile
from tests.clauses.organisation import sign_up
from tests.clauses.silent_parties import until_the_end
from tests.clauses.world import InProcess
from tests.helpers.nonempty import nonempty
from tests.helpers.searches import at_night_unless

START = "2026-11-27T09:00:00+08:00"
CUSTOMER = "customer@mail.example"
SERVICE = "https://redress.example"
LEFT_OUT = {"zh": "网址略，详见投诉页面", "en": "see your case"}
LANGUAGES = ("zh", "en")
READERS: tuple[ReaderKind, ...] = ("complainant", "respondent", "staff")

MOST_OF_A_PRESET = 50


JOINED = addresses.ADDRESSES.index("领奖.中国")
"""An address that the Chinese of a sentence behind it hides from a search of the whole sentence."""


def rotated(one_in: int) -> list[Any]:
    """Each address with three presets. An ordinary run tries one address with each `one_in`-th preset, and `JOINED`."""
    return [
        pytest.param(
            preset,
            address,
            id=f"{preset}-{place}",
            marks=at_night_unless(place in (11 * at, JOINED) and at % one_in == 0),
        )
        for at, preset in enumerate(presets.names())
        for place, address in enumerate(addresses.ADDRESSES)
        if (place + at) % 3 == 0
    ]


def test_the_service_has_the_only_address_in_a_mail() -> None:
    mail = compose_notice(
        "投诉 1 已结案：https://evil.com/x",
        "投诉 1 已结案，请登录 https://evil.com/x 领奖。",
        ["evil.com", "已退款。"],
        language="zh",
        organisation="领奖.com",
        page=MailPage(SERVICE),
    )

    assert mail.subject == "投诉 1 已结案…"
    assert mail.text.splitlines()[:5] == [
        "投诉 1 已结案，请登录 （网址略，详见投诉页面） 领奖。",
        "",
        "（网址略，详见投诉页面）",
        "",
        "已退款。",
    ]
    assert mail.text.endswith(f"办理情况请见 {SERVICE}。\n")
    assert not addresses.is_in(mail.text.replace("领奖。", ""))


@pytest.mark.parametrize(("language", "subject"), [("zh", "投诉办理通知"), ("en", "A message about a complaint")])
def test_a_subject_that_is_nothing_but_an_address_is_a_general_one(language: str, subject: str) -> None:
    assert Mail(language, " https://evil.com\nevil.cn ", []).subject == subject


def test_two_parts_make_no_address() -> None:
    assert not addresses.is_in(Mail("en", "", ["Go to evil", ".com", Own(SERVICE), "."]).text)


def test_a_cut_subject_makes_no_address() -> None:
    for length in range(140, 165):
        for word in ("evil.comxyz", "evil.com/and/a/path"):
            assert not re.search(r"\.com\b", Mail("en", f"{'x' * length} {word}", []).subject)


def test_a_mail_prints_nothing_of_its_text() -> None:
    assert "secret" not in repr(Mail("en", "secret", ["secret", Own("secret")])) + repr(Own("secret"))


def event(type_: str, **fields: Any) -> Event:
    return Event(
        id="202610-000001/2",
        seq=2,
        type=type_,
        v=1,
        at="2026-10-01T01:00:00.000Z",
        recorded_at="2026-10-01T01:00:00.000Z",
        actor={"kind": "system", "id": "system"},
        fields=fields,
        result={"stage": "", "tier": 1, "severity": None, "flags": {}, "clocks": []},
        policy="1",
        calendar="",
        private=[],
        prev="",
        hash="",
    )


def notices(policy: Policy, address: str) -> Iterator[MessageSource]:
    """One for each wording, and each name in the policy that it can show."""
    document = policy.document
    named = {
        "stages": list(document.stages),
        "clocks": [*document.clocks, *document.tasks],
        "roles": list(document.people),
    }
    outcomes = [(name, choice) for name, fact in document.fields.items() for choice in fact.choices]
    for wording in {**default_wording(), **document.wording}:
        for place in range(max(len(outcomes), *map(len, named.values()))):
            stage, clock, role = (names[place % len(names)] for names in named.values())
            fields = {"clock": clock, "task": clock, "roles": [role], "unit": "shop", "due": "2026-10-10T16:00:00.000Z"}
            told = event("notified", to=[role], about="202610-000001/1", wording=wording, period="2026", **fields)
            told.result["stage"] = stage
            [name, choice] = outcomes[place % len(outcomes)] if outcomes else ["outcome", "none"]
            yield MessageSource(policy, told, "202610-000001", event("decided", **{name: choice}), {"shop": address})


@pytest.mark.slow
@pytest.mark.parametrize(("preset", "address"), rotated(one_in=9))
def test_no_notice_of_a_preset_shows_the_address(preset: str, address: str) -> None:
    document = parsing.parse(Hostile(preset, address, "zh").document)
    policy = compile_policy(document, "1")

    texts = {
        (language, subject_line(notice, reader, language), text)
        for notice in notices(policy, address)
        for reader in READERS
        for language, text in render(replace(notice, in_mail=True), reader).items()
    }
    inside = {
        text for notice in notices(policy, address) for reader in READERS for text in render(notice, reader).values()
    }

    assert sum(addresses.is_in(text) for text in inside) > MOST_OF_A_PRESET
    for language, subject, text in texts:
        mail = compose_notice(
            subject, text, [f"请看{address}"], language=language, organisation=f"示例 {address}", page=MailPage(SERVICE)
        )
        assert not addresses.is_in(f"{mail.subject}\n{mail.text}"), mail.text


@pytest.mark.slow
@pytest.mark.parametrize(("preset", "address"), rotated(one_in=3))
def test_no_mail_of_a_case_shows_the_address(preset: str, address: str, monkeypatch: pytest.MonkeyPatch) -> None:
    language = LANGUAGES[len(address) % 2]
    monkeypatch.setattr(InProcess, "lens", Hostile(preset, address, language, every_wording=True))
    organisation = sign_up(InProcess(START), preset)
    if "complainant.email" in organisation.example()["facts"]:
        organisation.always = {"facts": {"complainant.email": CUSTOMER}}

    until_the_end(organisation, organisation.file(), seed=len(address), answering=True)

    assert isinstance(organisation.world, InProcess)
    mails = organisation.world.fakes.mailer.outbox
    assert [mail for mail in nonempty(mails) if addresses.is_in(mail.subject) or addresses.is_in(mail.text)] == []
    assert any(LEFT_OUT[language] in mail.text for mail in mails)
    assert all(mail.text.count("://") == mail.text.count(SERVICE) == 1 for mail in nonempty(mails))
