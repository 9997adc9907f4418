"""The forms of acts, over all presets and all stages that the stories play: they are those of the acts themselves."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any, NamedTuple

import pytest

from chalicelib.access import binding
from tests.across.recorded import files
from tests.across.recorded.acting import NextAct, acts_of
from tests.across.recorded.playing import Played
from tests.helpers.fakes.client import Answer

OF_EACH = pytest.mark.parametrize("name", files.stories())


class Seen(NamedTuple):
    """What one caller is answered before an act. `tried`: the answer to each closed act, by its place in the forms."""

    made: Played
    caller: str
    view: Mapping[str, Any]
    forms: list[Mapping[str, Any]]
    tried: dict[int, tuple[Answer, Answer]]


@cache
def seen(story: str) -> list[Seen]:
    """By each person and the complainant, before each act of the story. The same forms are looked at once."""
    known: set[str] = set()
    return [one for act in acts_of(story) for one in _seen(act, known)]


def _seen(act: NextAct, known: set[str]) -> Iterator[Seen]:
    complaint = f"/complaints/{act.number}"
    for caller in [*act.made.organisation.tokens, f"complainant {int(act.number[-6:])}"]:
        view, forms = act.made.ask(caller, "GET", complaint), act.made.ask(caller, "GET", f"{complaint}/acts")
        assert view.status == forms.status, forms.text
        if view.status == 200:
            assert view.json["version"] == forms.json["version"]
            same = repr((view.json["stage"], forms.json["acts"]))
            if same in known:
                continue
            known.add(same)
            yield Seen(act.made, caller, view.json, forms.json["acts"], _tried(act, caller, forms.json["acts"]))


def _tried(act: NextAct, caller: str, forms: list[Mapping[str, Any]]) -> dict[int, tuple[Answer, Answer]]:
    """In English and in Chinese. Nothing comes of it."""
    found = {}
    for at, form in enumerate(forms):
        if not form["open"]:
            path = f"{act.made.organisation.path}/complaints/{act.number}/acts/{form['act']}?dry_run=true"
            body = {name: form[name] for name in ("on_behalf_of",) if name in form}
            found[at] = _refused(act, caller, path, body, "en"), _refused(act, caller, path, body, "zh")
    return found


def _refused(act: NextAct, caller: str, path: str, body: Any, language: str) -> Answer:
    """Not searched for personal data: a refusal names an option of a policy, and a story has the same text."""
    headers = {"Authorization": act.made.auth(caller) or "", "Accept-Language": language}
    return act.made.world.client.unplanted("POST", path, body, headers)


@pytest.mark.slow
@OF_EACH
def test_each_open_act_has_its_form_with_the_same_fields(name: str) -> None:
    for one in seen(name):
        listed = {
            **{(act, False): form for act, form in one.view["forms"].items()},
            **{(act, False): form for act, form in one.view.get("office_forms", {}).items()},
            **{(act, False): form for act, form in one.view.get("further_forms", {}).items()},
            **{(act, True): form for act, form in one.view.get("complainant_forms", {}).items()},
            **{(act, True): form for act, form in one.view.get("complainant_further_forms", {}).items()},
        }
        found = {(form["act"], "on_behalf_of" in form): form["fields"] for form in one.forms if form["open"]}
        assert found.keys() == listed.keys()
        for act, form in listed.items():
            asked = [(field["name"], field["kind"], field["required"]) for field in form]
            assert [(field["name"], field["kind"], field["required"]) for field in found[act]][: len(asked)] == asked


@OF_EACH
def test_an_act_that_is_not_open_fails_as_the_form_says(name: str) -> None:
    for one in seen(name):
        for at, (en, zh) in one.tried.items():
            fails = one.forms[at]["fails"]
            if "without_value" in fails:
                assert en.problem == "invalid"
                continue
            assert (en.problem, en.json["detail"]) == ("act-not-open", fails["text"]["en"]), one.forms[at]["act"]
            assert zh.json["detail"] == fails["text"]["zh"]


@OF_EACH
def test_each_act_of_a_stage_has_a_form_for_a_person_of_its_roles(name: str) -> None:
    """The owners play no role. An act may be for the people who are assigned, and exists for them only."""
    by_stage, made = defaultdict(set), seen(name)[0].made
    for one in seen(name):
        by_stage[one.view["stage"]].update(form["act"] for form in one.forms)
    assert by_stage
    for stage, found in by_stage.items():
        listed = _acts_of_people(made, stage)
        assert not listed - found, (stage, listed - found)


def _acts_of_people(made: Played, stage: str) -> set[str]:
    story = made.organisation.id
    version = made.organisation.get("/policy", "owner")["version"]
    with binding.tenant(story):
        acts = made.world.fakes.wiring.compiled.get(story, version).document.stages[stage].acts
    staff = {*made.organisation.tokens, "complainant"} - {"owner"}
    return {act for act, one in acts.items() if not one.by_time and any(doer.role in staff for doer in one.by)}


@OF_EACH
def test_each_field_and_each_option_has_a_name_of_its_own(name: str) -> None:
    """A name of the program's would be the same in both languages, or have no Chinese character."""
    for one in seen(name):
        for form in one.forms:
            assert _is_named(form["label"], form["act"])
            for field in form["fields"]:
                assert _is_named(field["label"], field["name"]), (form["act"], field)
                for option in field.get("choices", []):
                    assert "" not in option["label"].values()
                    if field["kind"] != "reference":
                        assert option["label"]["zh"] != option["value"], (form["act"], field["name"], option)


def _is_named(label: Mapping[str, str], name: str) -> bool:
    return bool(label["en"]) and label["zh"] != name and any("\u4e00" <= one <= "\u9fff" for one in label["zh"])


@OF_EACH
def test_every_condition_names_fields_and_options_of_the_same_form(name: str) -> None:
    for one in seen(name):
        for form in one.forms:
            fields = {field["name"]: field for field in form["fields"]}
            for field in fields.values():
                conditions = [*field.get("required_when", []), field.get("shown_when", {})]
                conditions += [option.get("when", {}) for option in field.get("choices", [])]
                for condition in conditions:
                    assert condition.keys() <= fields.keys(), (form["act"], field["name"], condition)
