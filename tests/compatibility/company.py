"""What happens at a company on `corporate-standard`: full lives, misses, evidence, versions, webhooks, jobs."""

from __future__ import annotations

import copy
from typing import Any

from tests.clauses.giving import declared, given
from tests.clauses.organisation import Filed, Organisation, hire, sign_up
from tests.compatibility.asking import asked
from tests.compatibility.at_company import decided, handled, recorded
from tests.compatibility.world import FixedWorld
from tests.fakes.files import EICAR, PDF, image

HOOK = "https://hooks.example/redress"


def found(world: FixedWorld) -> Organisation:
    """With a deputy, a newcomer who has not signed in, a person who was removed, origins and webhooks."""
    company = sign_up(world, "corporate-standard")
    hire(company, "agent", name="leaver")
    hire(company, "agent", name="reader", language="en")
    newcomer = {"email": f"newcomer@{company.id}.example", "name": "newcomer", "grants": [{"role": "agent"}]}
    asked(company, "POST", "/people", newcomer)
    absence = {"sub": company.subs["agent"], "from": "2026-11-27T10:00:00+08:00", "until": "2026-12-04T18:00:00+08:00"}
    asked(company, "PUT", "/people/me/deputy", absence, who="team_lead")
    asked(company, "PUT", "/origins", {"origins": ["https://desk.example"]})
    asked(company, "POST", "/webhooks", {"url": HOOK, "events": ["registered", "decided", "missed"]})
    asked(company, "POST", "/webhooks", {"url": HOOK + "/2"})
    return company


def lives(company: Organisation) -> None:
    """One is archived, one reopened, one wanted by a time, one written down by an agent who then leaves."""
    world = company.world
    archived = decided(company, facts={"complainant.email": "anna@customer.example"})
    company.act(archived, "complainant", "agree")
    company.act(archived, "agent", "close", summary="已退款。")
    company.act(archived, "agent", "archive")
    disputed = decided(company, severity="important")
    company.act(disputed, "complainant", "dispute", reason="没有赔偿。")
    company.act(disputed, "team_lead", "reopen", reason="投诉人不接受。")
    recorded(company, facts={"reply_wanted_at": "2026-11-27T18:00:00+08:00"})
    answer = company.try_file(auth=company.auth("leaver"), channel="letter")
    company.filed[answer.json["number"]] = Filed(answer.json["number"], answer.json["receipt"], answer.json)
    asked(company, "DELETE", f"/people/{company.subs['leaver']}?to={company.subs['agent']}")
    del company.tokens["leaver"]
    world.move_to("2026-11-27T09:20:00+08:00")


def misses(company: Organisation) -> None:
    """One class changes, one deadline is missed and moves up, twice; one mail comes back, one webhook is away."""
    world = company.world
    assert isinstance(world, FixedWorld)
    world.fakes.mailer.rejected.add("nobody@customer.example")
    missed = company.file(severity="important", facts={"complainant.email": "nobody@customer.example"})
    company.act(missed, "agent", "classify", severity="major", sign="media")
    world.fakes.poster.status = None
    world.move_to("2026-11-27T22:00:00+08:00")
    world.fakes.poster.status = 204
    world.move_to("2026-11-28T10:00:00+08:00")


def evidence(company: Organisation) -> str:
    """Sealed and held, refused, and declared only."""
    number = handled(company)
    given(company, number, "document", PDF)
    given(company, number, "document", EICAR, "text/plain")
    given(company, number, "photo", image(), "image/jpeg", auth=company.auth("agent"))
    assert declared(company, number, "document", PDF + b"%").status == 201
    company.act(number, "owner", "hold", reason="诉讼")
    return number


def receipts(company: Organisation) -> None:
    """One is reissued by an agent, wrong ones are tried, and a complaint follows another."""
    number = company.file()
    answer = asked(company, "POST", f"/complaints/{number}/receipt", who="agent")
    company.filed[number].receipt = answer["receipt"]
    for _ in range(3):
        path = f"{company.path}/complaints/{number}"
        assert company.world.call("GET", path, auth="Receipt k1." + 43 * "A").status == 404
    other = company.file()
    company.act(other, "agent", "note", text="已回电。")
    company.act(other, "agent", "link", to=number)
    asked(company, "POST", "/complaints/search", {"phone": "00000000000"}, who="agent")


def policy_of(company: Organisation, limit: str) -> dict[str, Any]:
    """The preset with another limit for general complaints, and open to comments."""
    document: dict[str, Any] = copy.deepcopy(asked(company, "GET", "/policy/versions/1")["policy"])
    document.pop("examples", None)
    document["clocks"]["resolution"]["within"][1]["limit"] = limit
    return document


def versions(company: Organisation) -> None:
    """A second version, a complaint and then all moved to it; a third that is a draft with comments; a back-test."""
    one, two = company.file(), company.file()
    asked(company, "POST", "/policy/publish", {"policy": policy_of(company, "48 hours")})
    company.world.move_to("2026-11-28T10:30:00+08:00")
    asked(company, "POST", f"/complaints/{one}/acts/switch", {"fields": {"dry_run": True}})
    asked(company, "POST", f"/complaints/{one}/acts/switch", {"fields": {}})
    job = asked(company, "POST", "/policy/switch", {"dry_run": True})["id"]
    token = asked(company, "GET", f"/jobs/{job}")["token"]
    asked(company, "POST", "/policy/switch", {"token": token})
    draft = {**policy_of(company, "36 hours"), "amendment": {"comments": ["departments", "complainants"]}}
    asked(company, "PUT", "/policy/draft", {"policy": draft})
    asked(company, "POST", "/policy/draft/open", {})
    remark = {"text": "期限太短。", "place": "/clocks/resolution"}
    asked(company, "POST", "/policy/comments", remark, who="agent")
    asked(company, "POST", "/policy/comments", {"text": "应当更快。", "complaint": two}, who="complainant", number=two)
    period = {"from": "2026-11-27T00:00:00+08:00", "to": "2026-11-28T10:30:00+08:00"}
    asked(company, "POST", "/policy/backtest", {"policy": policy_of(company, "1 hour"), **period})


def play(world: FixedWorld) -> Organisation:
    company = found(world)
    lives(company)
    misses(company)
    evidence(company)
    receipts(company)
    versions(company)
    return company
