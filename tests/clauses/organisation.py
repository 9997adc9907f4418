"""An organisation in the world: signed up on a preset or with its own policy, with a person in each role."""

from __future__ import annotations

import copy
import re
import uuid
from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import timedelta, timezone
from typing import Any

from chalicelib.kit.instants import from_instant, from_text
from infra.local.api_client import password_in
from tests.clauses import founding
from tests.clauses.world import World
from tests.helpers.fakes.client import Answer

_DEADLINE = re.compile(
    r"(?<=\d )的“[^”]*”(?=即将到期|已逾期)|(?<=仍未完成，请)[^，。]*(?=尽快处理)|(?<=）完成)“[^”]*”(?=。$)"
    r"|(?:原应于[^。]*完成。)?(?:(?<=。)待办：[^。]*。)?(?:所需材料：[^。]*。)?$"
    r"|(?: What is (?:over)?due: [^.]*\.)?(?: It was due [^.]*\.)?"
    r"(?: Next step: [^.]*\.)?(?: What is needed: [^.]*\.)?$"
)
_PROPOSED = re.compile(
    r"(?<=有事项待审批)：[^，。]*(?:，由[^，。]*提交)?(?=，请审批)|(?<=获批准)：[^。]*(?=。)|(?<=已失效)：[^。]*(?=。)"
    r"|(?<=投诉人已作出评价)：[^。]*(?=。)|(?<=告知是否满意。)[^，。]* 前(?=未收到)"
)
_MOVED = re.compile(r"“[^”]*”的期限由.*$|(?<=\.) \"[^\"]*\" was due .*$")
_examples: dict[str, dict[str, Any]] = {}
"""By preset. Presets do not change, except through a lens."""


@dataclass(slots=True)
class Filed:
    """A filed complaint with its number and receipt."""

    number: str
    receipt: str
    answer: dict[str, Any]

    def due(self, clock: str) -> str:
        return next(one["due"] for one in self.answer["deadlines"] if one["clock"] == clock)


@dataclass(slots=True)
class Organisation:
    """`people`: token and sub by role. `who` is a role or `complainant`. `preset`: None if the policy is its own."""

    world: World
    id: str
    preset: str | None
    tokens: dict[str, str] = field(default_factory=dict)
    subs: dict[str, str] = field(default_factory=dict)
    emails: dict[str, str] = field(default_factory=dict)
    filed: dict[str, Filed] = field(default_factory=dict)
    always: dict[str, Any] = field(default_factory=dict)
    """Added to each filing. `facts` are merged."""
    mails: bool = False
    """Each complainant has an e-mail address of their own, unless the filing says otherwise."""
    filer: str = ""
    """Who files where a test does not say it. By default the complainant; where a preset's sample has what only
    staff say, its first role. `auth=""` files as a complainant still."""
    _examples: dict[str, dict[str, Any]] = field(default_factory=dict)

    @property
    def path(self) -> str:
        return f"/v1/t/{self.id}"

    def auth(self, who: str, number: str = "") -> str:
        return f"Receipt {self.filed[number].receipt}" if who == "complainant" else f"Bearer {self.tokens[who]}"

    def get(self, path: str, who: str, number: str = "") -> Any:
        answer = self.world.call("GET", self.path + path, auth=self.auth(who, number))
        assert answer.status == 200, answer.text
        return answer.json

    def example(self) -> dict[str, Any]:
        if self.preset is None:
            return {key: part for key, part in self.get("/policy", "owner")["policy"]["sample"].items() if part}
        same = getattr(self.world, "as_shipped", True) and getattr(self.world, "lens", None) is None
        shared = _examples if same else self._examples
        if self.preset not in shared:
            shared[self.preset] = self.world.call("GET", f"/v1/presets/{self.preset}").json["example"]
        return copy.deepcopy(shared[self.preset])

    def try_file(self, auth: str | None = None, **changes: Any) -> Answer:
        """Files the preset's sample with `changes`. `facts` are merged; a fact of None is left out."""
        if auth is None and self.filer:
            auth = self.auth(self.filer)
        body = self.example()
        facts = {**body["facts"], **self._mail(), **self.always.get("facts", {}), **changes.pop("facts", {})}
        body = {
            **body,
            **self.always,
            **changes,
            "facts": {key: value for key, value in facts.items() if value is not None},
        }
        return self.world.call("POST", f"{self.path}/complaints", body, auth=auth)

    def _mail(self) -> dict[str, Any]:
        return {"complainant.email": f"customer-{len(self.filed) + 1}@{self.id}.example"} if self.mails else {}

    def file(self, **changes: Any) -> str:
        answer = self.try_file(**changes)
        assert answer.status == 201, answer.text
        filed = Filed(answer.json["number"], answer.json["receipt"], answer.json)
        self.filed[filed.number] = filed
        return filed.number

    def try_act(self, number: str, who: str, act: str, headers: dict[str, str] | None = None, **fields: Any) -> Answer:
        path = f"{self.path}/complaints/{number}/acts/{act}"
        return self.world.call("POST", path, {"fields": fields}, auth=self.auth(who, number), headers=headers)

    def act(self, number: str, who: str, act: str, **fields: Any) -> dict[str, Any]:
        answer = self.try_act(number, who, act, **fields)
        assert answer.status == 200, answer.text
        found: dict[str, Any] = answer.json
        return found

    def complaint(self, number: str, who: str = "complainant") -> dict[str, Any]:
        found: dict[str, Any] = self.get(f"/complaints/{number}", who, number)
        return found

    def events(self, number: str, who: str = "owner", type_: str | None = None) -> list[dict[str, Any]]:
        events = self.get(f"/complaints/{number}/record", who, number)["events"]
        return [event for event in events if type_ is None or event["type"] == type_]

    def deadline(self, number: str, clock: str, run: int | None = None) -> dict[str, Any]:
        """The latest run of the clock, or the given one."""
        found = self.get(f"/complaints/{number}/deadlines", "complainant", number)["deadlines"]
        runs = [one for one in found if one["clock"] == clock and run in (None, one["run"])]
        return dict(runs[-1])

    @staticmethod
    def local(instant: str) -> str:
        """The instant in the presets' time zone (+08:00)."""
        return from_instant(from_text(instant)).astimezone(timezone(timedelta(hours=8))).isoformat()

    def told(self, who: str, number: str, language: str = "zh") -> list[str]:
        """The messages to this reader about the complaint, newest first.

        Without the deadline of an alarm (`told/test_alarms.py` reads it), the due times that have moved
        (`general/test_x2_moved.py`), what was proposed by whom and what a
        rating says (`told/test_named.py`).
        """
        texts = self.told_in_full(who, number, language)
        return [_PROPOSED.sub("", _DEADLINE.sub("", _MOVED.sub("", text))) for text in texts]

    def told_in_full(self, who: str, number: str, language: str = "zh") -> list[str]:
        """As `told`, with these parts."""
        self.world.settle()
        query = f"&complaint={number}" if who == "complainant" else ""
        page = self.get(f"/messages?limit=100{query}", who, number)
        messages = page["messages"]
        while page.get("cursor"):
            page = self.get(f"/messages?limit=100&cursor={page['cursor']}{query}", who, number)
            messages += page["messages"]
        return [message["text"][language] for message in messages if message["number"] == number]


def sign_up(world: World, preset: str, *, plan: str | None = None, named: str | None = None) -> Organisation:
    """Signs up, signs the owner in, and invites and signs in a person for each role of the policy.

    The first invitation is the owner's first request, which opens the organisation.

    `named`: the organisation's id, by default a random one.
    """

    def make(organisation: Organisation) -> None:
        _create(organisation, {"preset": preset})
        if plan is not None:
            answer = world.operate("PUT", f"/tenants/{organisation.id}/plan", {"plan": plan})
            assert answer.status == 200, answer.text
        found = world.call("GET", f"/v1/presets/{preset}").json
        _hire_all(organisation, found["roles"])
        organisation.filer = _filer(found)

    return _organisation(world, preset, (preset, plan, named), make, named)


def with_mails(organisation: Organisation) -> Organisation:
    """The organisation, whose complainants can be reached by mail."""
    organisation.mails = True
    return organisation


def _filer(preset: dict[str, Any]) -> str:
    """Who files the preset's example: a member in the first role that can, or the complainant (empty)."""
    who = next(who for who in preset["example_filed_by"] if who != "owner")
    return "" if who == "complainant" else str(who)


def sign_up_owner(world: World, preset: str) -> Organisation:
    """Signs up, and signs the owner in. There is no other person."""

    def make(organisation: Organisation) -> None:
        _create(organisation, {"preset": preset})
        organisation.get("/people/me", "owner")  # the owner's first request opens the organisation

    return _organisation(world, preset, (preset, "owner"), make)


def sign_up_with(world: World, policy: str, called: str = "示例机构") -> Organisation:
    """The same with its own policy, given as YAML text, and in English."""

    def make(organisation: Organisation) -> None:
        _create(organisation, {"policy": policy, "language": "en", "name": called})
        _hire_all(organisation, organisation.get("/policy", "owner")["roles"])

    return _organisation(world, None, (policy, called), make)


def _organisation(
    world: World, preset: str | None, what: Hashable, make: Callable[[Organisation], None], named: str | None = None
) -> Organisation:
    def handles() -> dict[str, dict[str, str]]:
        made = Organisation(world, named or f"t-{uuid.uuid4().hex[:12]}", preset)
        make(made)
        return {
            "own": {"id": made.id, "filer": made.filer},
            "tokens": made.tokens,
            "subs": made.subs,
            "emails": made.emails,
        }

    found = founding.once(world, what, handles)
    own = found.pop("own")
    return Organisation(world, own["id"], preset, filer=own["filer"], **found)


def _create(organisation: Organisation, asked: dict[str, Any]) -> None:
    email = f"owner@{organisation.id}.example"
    body = {"id": organisation.id, "name": "示例机构", "email": email, **asked}
    answer = organisation.world.call("POST", "/v1/tenants", body)
    assert answer.status == 201, answer.text
    organisation.emails["owner"] = email
    organisation.tokens["owner"] = first_sign_in(organisation.world, email)


def _hire_all(organisation: Organisation, roles: Iterable[str]) -> None:
    for role in roles:
        hire(organisation, role)


def hire(
    organisation: Organisation,
    role: str,
    *,
    name: str | None = None,
    unit: str | None = None,
    also: Sequence[str] = (),
    language: str | None = None,
) -> None:
    """Invites a person with `role` and the roles in `also`. `people` then has them by `name`, or by the role."""
    known = name or role
    email = f"{known.replace('_', '-').lower()}@{organisation.id}.example"
    grants = [{"role": each} | ({"unit": unit} if unit else {}) for each in (role, *also)]
    body = {"email": email, "name": known, "grants": grants} | ({"language": language} if language else {})
    answer = organisation.world.call("POST", f"{organisation.path}/people", body, auth=organisation.auth("owner"))
    assert answer.status == 201, answer.text
    organisation.emails[known] = email
    organisation.subs[known] = answer.json["sub"]
    organisation.tokens[known] = first_sign_in(organisation.world, email)


def first_sign_in(world: World, email: str) -> str:
    """With the password of the latest mail to the address."""
    password = password_in(world.mail(email))
    assert password is not None
    return world.token(email, password)
