"""The pages of a filing say who will read the answers: what they say is what the API then shows."""

from __future__ import annotations

import re
from typing import Any

import pytest

from chalicelib.features.filing import questions
from chalicelib.policy import presets
from chalicelib.web.pages.inputs import of_fact
from chalicelib.web.pages.reader import Reader
from tests.clauses.offices import marketplace as offices
from tests.clauses.offices.marketplace import marketplace_in
from tests.clauses.organisation import Organisation, hire, sign_up
from tests.clauses.world import InProcess
from tests.helpers.nonempty import nonempty
from tests.kernel.complaints.small_procedure import policy
from tests.kernel.web.pages.browser import Browser
from tests.kernel.web.pages.filing import answers

OTHER_PARTY = "被投诉的单位"


def pages(browser: Browser, organisation: Organisation) -> list[str]:
    """The texts of all questions."""
    page, found = browser.open(f"/t/{organisation.id}/file"), list[str]()
    while "website" not in {one.name for form in page.forms for one in form.controls}:
        found.append(page.text)
        given = {name.replace(".", "__"): value for name, value in answers(page.forms[0]).items()}
        page = browser.submit(**given)
        if browser.answer.status == 422:  # a time that must lie in the future
            page = browser.submit(**{name: value.replace("-11-26T", "-12-26T") for name, value in given.items()})
        assert browser.answer.status == 200, page.text
    return found


def named(browser: Browser, organisation: Organisation) -> list[str]:
    """The readers of personal details that the pages name."""
    [listed] = {one for text in pages(browser, organisation) for one in re.findall(r"可以查看的有：(.*?)。", text)}
    return str(listed).split("、")


def identity(organisation: Organisation, number: str, who: str) -> list[str]:
    answer = organisation.world.call("GET", f"{organisation.path}/complaints/{number}", auth=organisation.auth(who))
    facts: dict[str, Any] = answer.json.get("facts", {})
    return [name for name in ("complainant.name", "complainant.contact", "complainant.phone") if name in facts]


@pytest.mark.parametrize("preset", presets.names())
def test_the_page_names_each_role_that_reads_who_complained(world: InProcess, preset: str) -> None:
    organisation = sign_up(world, preset)
    people = organisation.get("/policy", "owner")["policy"]["people"]
    labels = {**{role: one["zh"] for role, one in people.items()}, "owner": "机构管理员"}
    number = organisation.file()
    listed = named(Browser(world), organisation)

    read = {labels[who] for who in organisation.tokens if who in labels and identity(organisation, number, who)}

    assert read <= set(listed)
    assert set(listed) - read == {one for one in listed if one.endswith("（限本投诉的经办人）")}


@pytest.mark.parametrize("preset", presets.names())
def test_the_page_names_each_role_in_which_people_of_the_unit_read_without_masks(world: InProcess, preset: str) -> None:
    """Each role can be granted for a unit, also for the one that the complaint is about."""
    organisation = sign_up(world, preset)
    offices.unit(organisation, "north")
    document = organisation.get("/policy", "owner")["policy"]
    labels = {role: one["zh"] for role, one in document["people"].items()}
    for role in labels:
        hire(organisation, role, name=f"north_{role}", unit="north")
    takes_unit = document["intake"].get("unit", "none") != "none"
    number = organisation.file(**({"unit": "north"} if takes_unit else {}))
    found = pages(Browser(world), organisation)

    read = {labels[role] for role in labels if identity(organisation, number, f"north_{role}")}

    assert read, "they are members for the unit"
    told = [set(one.split("、")) for text in found for one in re.findall(r"不遮盖：(.*?)。", text)]
    assert all(read <= one for one in nonempty(told if takes_unit else [set(named(Browser(world), organisation))]))
    assert bool(told) == takes_unit
    assert "被投诉的单位看不到" not in "".join(found)


@pytest.mark.parametrize("preset", presets.names())
def test_the_page_says_that_owners_can_export_what_it_asks_for(world: InProcess, preset: str) -> None:
    about_you = [text for text in pages(Browser(world), sign_up(world, preset)) if "可以查看的有" in text]

    assert ["机构管理员可以导出全部信息" in text for text in about_you] == [True]


def test_a_department_that_reads_the_name_is_named(world: InProcess) -> None:
    """P3: the form goes to the department that the complaint is about."""
    assert "被反馈部门" in named(Browser(world), sign_up(world, "auto-repair-forms"))


def test_without_accounts_of_respondents_nothing_is_promised_about_them(world: InProcess) -> None:
    assert OTHER_PARTY not in "".join(nonempty(pages(Browser(world), sign_up(world, "auto-repair-forms"))))


@pytest.fixture
def marketplace(world: InProcess) -> Organisation:
    """P1: a unit can have an account."""
    return marketplace_in(world)


def test_what_the_respondent_reads_is_said_on_the_page_that_asks_for_it(
    world: InProcess, marketplace: Organisation
) -> None:
    found = pages(Browser(world), marketplace)
    about_you = [text for text in found if "您的信息" in text]
    facts = [text for text in found if "投诉原因" in text or "投诉对象" in text]

    assert ["以被投诉方身份登录的人看不到您在本页填写的信息" in text for text in about_you] == [True]
    assert ["先予遮盖" in text for text in facts] == [True, True]


def test_the_respondent_sees_no_personal_details(marketplace: Organisation) -> None:
    number = marketplace.file(unit="seller")

    assert identity(marketplace, number, "handler") == [], "not yet assigned"
    assert identity(marketplace, number, "seller") == []
    assert len(identity(marketplace, number, "screener")) == 2


def test_no_page_promises_more(world: InProcess, marketplace: Organisation) -> None:
    for language, promise in (("zh", "不会向被投诉方提供"), ("en", "never given to the other party")):
        assert promise not in "".join(nonempty(pages(Browser(world, language), marketplace)))


def test_a_public_answer_about_the_complainant_is_named_as_seen_by_the_respondent() -> None:
    """Events hold choices, and both parties read the events."""
    choices = {"f": {"zh": "女", "en": "Female"}}
    facts = {
        "complainant.name": {"zh": "姓名", "en": "Name"},
        "complainant.sex": {"zh": "性别", "en": "Sex", "kind": "choice", "choices": choices},
        "content": {"zh": "内容", "en": "Content", "required": True},
    }
    made = policy({"intake": {"facts": facts, "unit": "optional"}, "tiers": [{"roles": "manager"}]})
    reader = Reader("en", chosen=True)
    inputs = [of_fact(name, made.document.intake.facts[name], False, reader, True) for name in facts]

    assert "sees of this page: Sex." in " ".join(questions.disclosure_notes(made, "complainant", inputs[:2], reader))
    assert "do not see" in " ".join(questions.disclosure_notes(made, "complainant", inputs[:1], reader))
