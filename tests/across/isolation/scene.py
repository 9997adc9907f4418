"""Scene: a victim with items of every kind, an empty neighbour, and an attacking stranger with another preset.

A sight is everything by which an attacker could distinguish two requests: status, headers, body and store calls.
"""

from __future__ import annotations

import re
import uuid
from collections import defaultdict
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from msgspec.structs import replace

from app import build
from chalicelib.access import binding
from chalicelib.features.inspections import item
from chalicelib.limits.wrong_receipts import WrongReceipts
from chalicelib.policy.worktime.periods import parse
from chalicelib.tenants.directory import Directory
from chalicelib.tenants.publication.policy_language import PolicyCache
from chalicelib.web.api import Api
from chalicelib.wiring import Wiring
from infra.memory_store.store import MemoryStore
from tests.clauses.offices.company import WORK_ORDER
from tests.clauses.organisation import Organisation, sign_up
from tests.clauses.world import InProcess
from tests.helpers import left_out
from tests.helpers.fakes.client import Client
from tests.helpers.fakes.compiles_once import compiled_once
from tests.kernel.web import well_formed_mailings
from tests.kernel.web.well_formed import ABOUT_THE_OFFICE, POLICY, Target, request_to, target_in

STRANGERS_PRESET = "customer-service"
VICTIMS_PRESET = "corporate-standard"
ANNOUNCING = {"results": {"on": "accepted", "shows": ["severity"], "audience": "users"}}
LEDGER = {"all": {"zh": "全部投诉", "for": "agent", "stages": "registered"}}
_CALLS = ("get", "commit", "query", "due", "listed", "count")
_UUID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")
_SHARD = re.compile(r"(?<=DUE#)[0-9]+")
"""It follows from the id, and can look like a name of the scene, such as that of an improvement action."""
_DIGEST = re.compile(
    r"practice-[0-9a-f]{16}|[0-9]{4}-[0-9]{2}-[0-9]{2}#2026-[0-9]{2}#[0-9]{4}|[0-9a-f]{32,}|(?<=#receipts#)[A-Za-z0-9_-]{24}|k[0-9]+[.][A-Za-z0-9_-]{43}|[0-9A-Z]{4}(?:-[0-9A-Z]{4}){2,3}|wh_[0-9a-f]{16}|whsec_[A-Za-z0-9+/=]+"
    r"|rdk_[\w-]+|(?<![\w-])(?:[0-9a-f]{16}|[0-9a-f]{12})(?![\w-])"
)


NAMES = (
    "number",
    "evidence",
    "backtest",
    "export",
    "webhook",
    "job",
    "bulk",
    "sub",
    "receipt",
    "email",
    "unit",
    "version",
    "draft",
    "notice",
    "reference",
    "inspection",
    "improvement",
    "mailing",
    "account",
    "key",
    "block",
    "cursor",
)
"""Names of the victim's items that attempts may use, in braces."""


class Sight(NamedTuple):
    status: int
    headers: dict[str, str]
    body: str
    calls: list[str]


class Thing(NamedTuple):
    """An item of the victim by its name, and a name of the same form that does not exist."""

    real: str
    absent: str


@dataclass(slots=True)
class Scene:
    world: InProcess
    target: Target
    empty: Organisation
    stranger: Organisation
    mine: Mapping[str, str]
    """The stranger's own things by name, `my_…`."""
    things: dict[str, Thing]
    cursors: dict[str, str] = field(default_factory=dict)
    """The victim's cursor by the path of a list; empty if the list has one page."""
    client: Client = field(init=False)
    _api: Api = field(init=False)
    _names: dict[str, str] = field(init=False)
    """The name of each thing by what is said of it in a request."""
    _said: re.Pattern[str] = field(init=False)

    def __post_init__(self) -> None:
        self._names = {said: name for name, thing in reversed(self.things.items()) for said in thing}
        self._said = re.compile(rf"(?<![\w-])(?:{'|'.join(map(re.escape, self._names))})(?![\w-])")
        self.client = Client(build(lambda: self.world.fakes.wiring))
        self._api = build(lambda: self.world.fakes.wiring)

    @property
    def victim(self) -> Organisation:
        return self.target.organisation

    @property
    def store(self) -> MemoryStore:
        return self.world.fakes.store

    def sight(self, method: str, path: str, body: Any, headers: Mapping[str, str]) -> Sight:
        """The sight of a fresh process. All writes are undone."""
        wiring = self._fresh()
        self._api.get_wiring = lambda: wiring
        with self.undone(), self._asked() as asked:
            answer = Client(self._api).request(method, path, body, headers=dict(headers))
        headers = {name: self._plain(text) for name, text in answer.headers.items() if name != "X-Correlation-Id"}
        body = re.sub(r'"correlation_id":\s*"[^"]*"', "", answer.text)
        return Sight(answer.status, headers, self._plain(body), [self._plain(call) for call in asked])

    def _fresh(self) -> Wiring:
        """The wiring with empty caches, so that caches do not hide store calls."""
        wiring = self.world.fakes.wiring
        states = Directory(self.store, wiring.real_clock)
        wrong = WrongReceipts(self.store, wiring.secrets, wiring.real_clock)
        return replace(wiring, states=states, wrong_receipts=wrong, policy_cache=PolicyCache(compiled_once))

    @contextmanager
    def undone(self) -> Iterator[None]:
        """Undo all writes of the block."""
        store = self.store
        entries = store._entries.copy()
        partitions = {place: list(positions) for place, positions in store._partitions.items()}
        recorded, queued = len(store.stream), len(self.world.fakes.effects.waiting)
        yield
        store._entries = entries
        store._partitions = defaultdict(list, partitions)
        del store.stream[recorded:]
        while len(self.world.fakes.effects.waiting) > queued:
            self.world.fakes.effects.waiting.pop()

    @contextmanager
    def _asked(self) -> Iterator[list[str]]:
        """Every store call with its arguments."""
        asked: list[str] = []
        for name in _CALLS:
            setattr(self.store, name, _noting(name, getattr(self.store, name), asked))
        try:
            yield asked
        finally:
            for name in _CALLS:
                delattr(self.store, name)

    def _plain(self, text: str) -> str:
        """Without the names from the request and without random parts."""
        text = _SHARD.sub("<shard>", _UUID.sub("<uuid>", text))
        text = self._said.sub(lambda found: f"<{self._names[found[0]]}>", text)
        for organisation in (self.victim, self.empty):
            text = text.replace(organisation.id, "<tenant>")
        return _DIGEST.sub("<digest>", text.replace(self.stranger.id, "<stranger>"))


def _noting(name: str, call: Any, asked: list[str]) -> Any:
    def noted(*args: Any, **named: Any) -> Any:
        asked.append(f"{name} {args!r} {named!r}")
        return call(*args, **named)

    return noted


def scene() -> Scene:
    world = InProcess("2026-11-27T09:00:00+08:00")
    target, empty, stranger = target_in(world), sign_up(world, VICTIMS_PRESET), sign_up(world, STRANGERS_PRESET)
    return Scene(world, target, empty, stranger, _own(stranger), _things(target))


def _own(stranger: Organisation) -> dict[str, str]:
    return {"my_number": stranger.file(), "my_sub": stranger.subs[next(iter(stranger.subs))]}


def _things(target: Target) -> dict[str, Thing]:
    """The victim has more complaints and versions than the stranger, so that they share no name."""
    victim = target.organisation
    number = [victim.file() for _ in range(5)][-1]
    target.ask("POST", "/policy/publish", {"policy": POLICY})
    target.ask("POST", "/policy/publish", {"policy": {**POLICY, "publicity": ANNOUNCING, "ledgers": LEDGER}})
    unit = target.ask("POST", "/units", {"id": "north-wing", "name": "北楼"})["id"]
    draft = target.ask("PUT", "/policy/draft", {"policy": POLICY})["draft"]
    target.ask("POST", "/policy/draft/open", {"to": ["departments", "complainants"]})
    _more_than_a_page(target, number)
    photo = {"kind": "photo", "name": "照片.jpg", "size": 3, "media_type": "image/jpeg", "sha256": "0" * 64}
    path = f"{victim.path}/complaints/{number}/evidence"
    evidence = victim.world.call("POST", path, photo, auth=victim.auth("complainant", number)).json["id"]
    return {
        "number": Thing(number, number[:-6] + "000777"),
        "evidence": _unlike(evidence),
        "backtest": _unlike(target.names["backtest_id"]),
        "webhook": _unlike(target.names["webhook"]),
        "export": _unlike(target.names["export"]),
        "job": _unlike(target.names["job"]),
        "bulk": _unlike(target.names["bulk"]),
        "sub": _unlike(victim.subs["agent"]),
        "receipt": _other_receipt(victim.filed[number].receipt),
        "email": Thing(victim.emails["agent"], "nobody@elsewhere.example"),
        "unit": Thing(unit, "south-wing"),
        "version": Thing("3", "7"),
        "draft": Thing(draft, "99"),
        "notice": _unlike(_announced(victim)),
        "reference": _unlike(target.names["reference"]),
        "inspection": Thing(_inspected(victim), "2026-09.1"),
        "mailing": Thing(target.ask("POST", "/mailings", well_formed_mailings.body(target))["id"], "0123456789ab"),
        "account": _unlike(target.names["account"]),
        "key": _unlike(target.names["key"]),
        "improvement": Thing(target.names["improvement"], "777"),
        "block": Thing(target.names["block"], "7777"),
    }


def _inspected(victim: Organisation) -> str:
    """Two editions for a period before the sign-up."""
    assert isinstance(victim.world, InProcess)
    for edition in (1, 2):
        row = item.row_of(parse("2026-10"), edition, b"{}", produced=victim.world.now(), due=None)
        with binding.tenant(victim.id):
            victim.world.fakes.store.commit(item.INSPECTIONS.puts(victim.id, row, b"{}", version=1))
    return "2026-10.1"


def _announced(victim: Organisation) -> str:
    """Two results are announced to users."""
    for _ in range(2):
        victim.act(victim.file(), "agent", "accept", **WORK_ORDER)
    newest = victim.get("/notices", "agent")["notices"][0]
    return str(newest["id"])


def _more_than_a_page(target: Target, number: str) -> None:
    """Two items, so that a list with a limit of one has a cursor."""
    for _ in range(2):
        target.ask("GET", f"/complaints/{number}", who="agent")
        target.ask("POST", "/policy/comments", {"text": "短。"}, "agent")
        if "report_office" not in left_out.NAMES:
            target.ask("POST", "/supervision", ABOUT_THE_OFFICE, "agent")


def _unlike(name: str) -> Thing:
    """A name of the same form that does not exist: with other digits in its random part, or with an unused number."""
    digits = "0123456789abcdef"
    following = str.maketrans(digits, digits[1:] + digits[0])
    absent = re.sub("[0-9a-f]{4,}", lambda random: random[0].translate(following), name)
    return Thing(name, absent if absent != name else re.sub("[0-9]+$", "999", name))


def _other_receipt(receipt: str) -> Thing:
    """A receipt of no complaint."""
    return Thing(receipt, "AEM5-DJEE-SRM4-H6BD")


def used_key(scene: Scene, operation: str, path: str, method: str) -> str:
    """An idempotency key that the victim has used for the operation."""
    request, key = request_to(scene.target, operation, path), str(uuid.uuid4())
    headers = {"Idempotency-Key": key} | scene.target.authorization(request.who)
    answer = scene.client.request(method, path.format(**request.params), request.body, headers=headers)
    assert answer.status < 300, answer.text
    return key
