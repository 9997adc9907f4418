"""Signing an organisation up on pages."""

from __future__ import annotations

import re

import pytest
from msgspec.structs import force_setattr

from chalicelib.features.organisations.pages.founding import procedure
from chalicelib.features.organisations.pages.promises import conditions
from chalicelib.kit.instants import HOUR, SECOND
from chalicelib.limits.budgets import SIGN_UPS, Allowance, Budgets
from chalicelib.policy import presets
from chalicelib.policy.compiled import compile_policy
from chalicelib.policy.reading import parsing
from chalicelib.web.pages.reader import Reader
from tests.clauses.world import InProcess
from tests.helpers.nonempty import nonempty
from tests.kernel.web.pages.browser import Browser

ADDRESS = "founder@example.com"


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("preset", presets.names())
def test_each_procedure_is_shown_with_its_steps_and_deadlines(world: InProcess, preset: str, language: str) -> None:
    browser = Browser(world, language)
    page = browser.open(f"/sign-up/{preset}")
    assert browser.answer.status == 200
    assert len([tag for tag, given in page.tags if given.get("class") == "flow"]) == 1
    assert sum(tag == "tr" for tag, _ in page.tags) > 1


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("preset", presets.names())
def test_no_deadline_is_described_by_a_key_of_the_policy(preset: str, language: str) -> None:
    shown = nonempty(procedure(preset, Reader(language, chosen=False)).promises)
    keys = re.compile(r"\b[a-z_]+: |_" if language == "en" else r"[a-z]")
    assert [one for one in shown if keys.search(one.case) or not one.case] == []


def test_conditions_are_said_in_words() -> None:
    reader = Reader("zh", chosen=False)
    cases = {one.step: one.case for one in procedure("telecom-regulator", reader).promises}
    policy = compile_policy(parsing.parse(presets.document("telecom-regulator")), "telecom-regulator")
    assert conditions(policy, policy.clocks["evidence"].clock.when, reader) == "已登记；等待证据"
    assert cases["审查并决定是否受理您的投诉"] == "已登记；已收到证据"


@pytest.mark.parametrize("preset", presets.names())
def test_conditions_begin_with_a_capital_in_english(preset: str) -> None:
    shown = nonempty(procedure(preset, Reader("en", chosen=False)).promises)
    assert [one.case for one in shown if one.case[0].islower()] == []


def test_an_organisation_signs_up_and_its_founder_is_led_to_sign_in(world: InProcess, browser: Browser) -> None:
    browser.open("/sign-up/platform")
    page = browser.submit(name="西街商城", id="west-street", email=ADDRESS)
    assert page.headings[0] == "机构已注册"
    assert "西街商城" in world.mail(ADDRESS)
    assert "/sign-in?organisation=west-street" in next(href for href, text in page.links if text.strip() == "登录")
    assert not {"curl", "ID_TOKEN", "Bearer"} & set(page.text.split())
    assert browser.open("/t/west-street").headings[0] == "该机构尚未开始受理投诉"

    token = world.fakes.identity.token_of(ADDRESS)
    assert world.call("POST", "/v1/t/west-street/open", auth=f"Bearer {token}").status == 200

    assert browser.open("/t/west-street").headings[0] == "西街商城：投诉服务"


def test_signing_in_does_not_open_an_organisation_of_the_page(world: InProcess, browser: Browser) -> None:
    browser.open("/sign-up/platform")
    browser.submit(name="西街商城", id="west-street", email=ADDRESS)
    token = world.fakes.identity.token_of(ADDRESS)
    assert world.call("GET", "/v1/t/west-street", auth=f"Bearer {token}").json["open"] is False


def test_faults_are_named_and_the_input_is_kept(browser: Browser) -> None:
    browser.open("/sign-up/platform")
    page = browser.submit(name="西街商城", id="X", email="nowhere")
    assert browser.answer.status == 422
    assert {href: text for href, text in page.links if href in ("#id", "#email")} == {
        "#id": "网址中的名称只能用 3 至 40 个小写字母、数字和连字符",
        "#email": "请填写完整的电子邮箱，例如 name@example.com",
    }
    assert {one.name: one.value for one in page.forms[0].controls}["name"] == "西街商城"


def test_an_empty_form_asks_for_each_input(browser: Browser) -> None:
    browser.open("/sign-up/platform")
    page = browser.submit()
    asked = [text for href, text in page.links if href in ("#name", "#id", "#email")]
    assert asked == ["请填写机构名称", "请填写网址中的名称，例如 west-street-hall", "请填写您的电子邮箱"]


def test_a_taken_name_is_named(world: InProcess, browser: Browser) -> None:
    browser.open("/sign-up/platform")
    browser.submit(name="西街商城", id="west-street", email=ADDRESS)
    other = Browser(world)
    other.open("/sign-up/platform")
    page = other.submit(name="东街商城", id="west-street", email="other@example.com")
    assert "这个名称已被使用" in page.text


def test_an_unknown_procedure_is_a_page(browser: Browser) -> None:
    page = browser.open("/sign-up/nothing")
    assert browser.answer.status == 404
    assert page.headings


def test_a_sign_up_beyond_the_budget_of_the_source_is_a_page_that_says_when_to_try_again(
    world: InProcess, browser: Browser
) -> None:
    wiring = world.fakes.wiring
    force_setattr(wiring, "budgets", Budgets(wiring.secrets, wiring.real_clock, Allowance(500, 50_000)))
    for n in range(SIGN_UPS):
        body = {"id": f"flood-{n}", "name": "示例", "email": f"a{n}@shop.example", "preset": "platform"}
        assert world.call("POST", "/v1/tenants", body).status == 201

    browser.open("/sign-up/platform")
    page = browser.submit(name="西街商城", id="west-street", email=ADDRESS)

    assert (browser.answer.status, "同一来源每小时最多注册 20 个机构" in page.text) == (429, True)
    assert 0 < int(browser.answer.headers["Retry-After"]) <= HOUR // SECOND
    assert world.fakes.mailer.to(ADDRESS) == []


def test_the_list_says_how_long_each_procedure_is_and_who_works_on_it(browser: Browser) -> None:
    text = browser.open("/sign-up").text
    lines = [line for line in text.splitlines() if line.startswith("工信部投诉流程 ")]
    assert lines == ["工信部投诉流程 15 个阶段。办理人员：投诉中心、执法人员、主管领导"]


def test_an_act_that_may_lead_to_several_stages_is_one_step() -> None:
    stages = {one.name: one.steps for one in procedure("telecom-regulator", Reader("zh", chosen=False)).stages}
    step, withdrawal = stages["核实和调查"]
    assert (step.act, step.to.count("；或 ")) == ("责任认定", 2)
    assert (withdrawal.act, withdrawal.to) == ("撤回投诉", "已撤回")


@pytest.mark.parametrize(("preset", "columns"), [("platform", 2), ("corporate-standard", 3)])
def test_the_table_of_limits_names_cases_only_if_they_differ(browser: Browser, preset: str, columns: int) -> None:
    page = browser.open(f"/sign-up/{preset}")
    assert sum(tag == "th" and given.get("scope") == "col" for tag, given in page.tags) == columns


@pytest.mark.parametrize("preset", presets.names())
def test_time_approves_of_nothing(preset: str) -> None:
    steps = [step for stage in procedure(preset, Reader("zh", chosen=False)).stages for step in stage.steps]

    assert [step for step in steps if step.by == "到期自动" and step.act == "审核通过"] == []


def test_a_form_with_a_fault_and_what_comes_next_have_an_address(world: InProcess, browser: Browser) -> None:
    browser.open("/sign-up/platform")
    browser.submit(name="西街商城", id="west-street", email="founder")
    address = browser.path
    browser.open(address)
    assert (browser.answer.status, dict(browser.page.forms[0].values())["name"]) == (422, "西街商城")
    browser.submit(email=ADDRESS)
    assert browser.path == address

    browser.open(address)

    assert ADDRESS in browser.page.text
    stranger = Browser(world)
    stranger.open(address)
    assert ADDRESS not in stranger.answer.text
