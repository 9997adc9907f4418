"""A page reads the store at most once more than the JSON route with its content: it also reads the organisation."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from dataclasses import dataclass

import pytest
from msgspec.structs import replace

from tests.clauses.offices.marketplace import demanded, marketplace_in
from tests.clauses.organisation import Organisation
from tests.clauses.world import InProcess, World
from tests.handling.pages.cases import CASES, Case
from tests.handling.pages.shops import page_of
from tests.helpers.fakes.faults import Breaker
from tests.kernel.web.pages.browser import Browser

MOST_OF_A_CASE = 5


@dataclass
class Scene:
    office: Organisation
    number: str
    demand: str
    receipt: str
    form: str
    browser: Browser


@pytest.fixture(scope="module")
def scene() -> Scene:
    """The respondent was asked for evidence, and has opened the demand's page and the form of a file."""
    world = InProcess("2026-11-27T09:00:00+08:00")
    office = marketplace_in(world)
    number = demanded(office)
    demand = str(office.events(number, type_="evidence_demanded")[-1]["id"]).rpartition("/")[2]
    receipt = office.get(f"/complaints/{number}/demands/{demand}/link", "handler")["receipt"]
    browser = Browser(world)
    browser.open(f"/t/{office.id}/demand/{number}/{demand}")
    browser.submit(receipt=receipt)
    browser.follow("添加材料")
    browser.submit(kind="transaction")
    return Scene(office, number, demand, receipt, browser.path, browser)


def reads(scene: Scene, path: str, auth: str | None = None) -> int:
    """The calls to the store of a request. A path of the API is asked for as a program does."""
    world, counter = scene.browser.world, Breaker(0)
    before = world.fakes
    world.fakes = dataclasses.replace(before, wiring=replace(before.wiring, store=counter.wrap(before.store)))
    try:
        if path.startswith("/v1/"):
            assert world.call("GET", path, auth=auth).status == 200
        else:
            scene.browser.open(path)
            assert scene.browser.answer.status == 200
    finally:
        world.fakes = before
    return counter.calls


def test_the_list_of_the_register(scene: Scene) -> None:
    at = scene.office.id
    assert reads(scene, f"/t/{at}/register") <= reads(scene, f"/v1/t/{at}/notices") + 1


def test_the_list_of_figures(scene: Scene) -> None:
    at = scene.office.id
    assert reads(scene, f"/t/{at}/figures") <= reads(scene, f"/v1/t/{at}/figures") + 1


@pytest.mark.parametrize("case", CASES.values(), ids=CASES)
def test_a_case_in_any_state_takes_at_most_five_reads(case: Callable[[World], Case]) -> None:
    office, number = case(InProcess("2026-11-27T09:00:00+08:00"))
    browser = page_of(office, number)

    assert reads(Scene(office, number, "", "", "", browser), browser.path) <= MOST_OF_A_CASE


def test_a_demand_and_the_form_of_its_file(scene: Scene) -> None:
    at, receipt = scene.office.id, f"Receipt {scene.receipt}"
    form = scene.form
    evidence = form.rpartition("/")[2]
    page, complaint = f"/t/{at}/demand/{scene.number}/{scene.demand}", f"/v1/t/{at}/complaints/{scene.number}"
    assert reads(scene, form) <= reads(scene, f"{complaint}/evidence/{evidence}", receipt) + 1
    assert reads(scene, f"{page}/files") <= reads(scene, f"{complaint}/evidence", receipt) + 1
    assert reads(scene, page) <= reads(scene, f"{complaint}/demands/{scene.demand}", receipt) + 1
