"""What the page says of a trial: the rows of the timeline and its table, what is open after each event, examples."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

from chalicelib.complaints.acting import open_acts
from chalicelib.complaints.runs import CANCELLED, MET, MISSED, PAUSED
from chalicelib.complaints.trial.examples import TriedExample
from chalicelib.complaints.trial.preview import Preview
from chalicelib.features.studio.telling.words import ProcedureWords
from chalicelib.features.studio.trying.drawing import Captions, RowLabel
from chalicelib.features.studio.trying.timeline import ClockRow, DrawnRun, Timeline
from chalicelib.features.studio.trying.typed import said_fault
from chalicelib.kit.instants import Instant, to_text
from chalicelib.policy.language.example import Example
from chalicelib.web.pages.times import times_of

_NAMED_EVENTS = 2
_TITLE = 160
"""Characters of a reason that a title shows."""


class RunLine(NamedTuple):
    """A row of the table. `id`: to which the drawing leads."""

    id: str
    name: str
    started: str
    due: str
    standing: str
    is_late: bool
    paused: list[str]
    warned: list[str]
    tiers: list[str]
    reason: str


class StepLine(NamedTuple):
    """After an event, or at the moment that is shown (`number` 0)."""

    number: int
    at: str
    event: str
    stage: str
    acts: str


class ExampleLine(NamedTuple):
    """`faults`: what differs. `tried`: False if the examples before it took all the work that a check may take."""

    name: str
    clause: str
    faults: list[str]
    tried: bool


class TrialWords(NamedTuple):
    words: ProcedureWords
    date: Callable[[str], str]

    def at(self, instant: Instant) -> str:
        return self.date(to_text(instant))

    def say(self, name: str, /, **values: object) -> str:
        return self.words.say(f"try.{name}", **values)


def words_of(words: ProcedureWords) -> TrialWords:
    return TrialWords(words, times_of(words.policy.calendar, words.reader))


def standing(said: TrialWords, one: DrawnRun) -> str:
    """How the run stands at the moment that is shown."""
    run = one.run
    due = "" if run.due is None else said.at(run.due).strip()
    if run.state == MISSED:
        return said.say("late_ended" if run.ended is not None else "late", due=due)
    if run.state in (MET, CANCELLED):
        return said.say("met" if run.state == MET else "stopped", at=said.at(run.ended or run.started).strip(), due=due)
    if run.state == PAUSED:
        return said.say("paused")
    if not due:
        return said.say("never_due")
    return said.say("provisional" if run.provisional else "due", due=due)


def captions(said: TrialWords, made: Timeline) -> Captions:
    words = said.words
    rows = [_label(said, row) for row in made.rows]
    stages = [words.stage(one.stage) for one in made.stages]
    now = said.say("at_moment", at=said.at(made.now).strip())
    return Captions(said.say("caption"), rows, stages, said.say("stage"), now)


def _label(said: TrialWords, row: ClockRow) -> RowLabel:
    name = said.words.deadline(row.clock)
    titles = [_title(said, name, one) for one in row.runs]
    last = row.runs[-1]
    return RowLabel(name, standing(said, last), last.run.state == MISSED, titles, [_id(one) for one in row.runs])


def _title(said: TrialWords, name: str, one: DrawnRun) -> str:
    """Of a long reason the beginning: the table has the whole."""
    reason = _reason(said, one)
    short = reason if len(reason) <= _TITLE else reason[:_TITLE] + "…"
    return said.say("title_of", name=name, standing=standing(said, one), reason=short)


def _reason(said: TrialWords, one: DrawnRun) -> str:
    return one.reason[said.words.reader.language]


def _id(one: DrawnRun) -> str:
    """Names of clocks are names of the language: letters, digits and `_`."""
    return f"run-{one.run.clock}-{one.run.n}"


def lines(said: TrialWords, made: Timeline) -> Iterator[RunLine]:
    for row in made.rows:
        for one in row.runs:
            run = one.run
            yield RunLine(
                id=_id(one),
                name=said.words.deadline(run.clock),
                started=said.at(run.started),
                due="" if run.due is None else said.at(run.due),
                standing=standing(said, one),
                is_late=run.state == MISSED,
                paused=[_pause(said, pause) for pause in run.pauses],
                warned=[said.at(at) for at in one.warned],
                tiers=[said.say("tier_at", tier=rung.tier, at=said.at(rung.at)) for rung in one.rungs],
                reason=_reason(said, one),
            )


def _pause(said: TrialWords, pause: Sequence[Instant | None]) -> str:
    begin, end = pause
    first = "" if begin is None else said.at(begin)
    return said.say("pause_open", first=first) if end is None else said.say("pause", first=first, last=said.at(end))


def steps(said: TrialWords, found: Preview) -> Iterator[StepLine]:
    words, last = said.words, found.steps[-1].event.at
    for number, one in enumerate(found.steps, 1):
        acts = open_acts.open_to_anybody(words.policy, one.after)
        yield _step(said, number, one.event.at, words.event(one.event.type), one.after.stage, acts)
    if found.now > last:
        yield _step(said, 0, found.now, said.say("then"), found.complaint.stage, found.acts)


def _step(said: TrialWords, number: int, at: Instant, event: str, stage: str, acts: Sequence[str]) -> StepLine:
    words = said.words
    named = words.listed(dict.fromkeys(words.act(act) for act in acts))
    return StepLine(number, said.at(at), event, words.stage(stage), named or said.say("nothing_open"))


def examples(said: TrialWords, tried: Sequence[TriedExample]) -> Iterator[ExampleLine]:
    language = said.words.reader.language
    for at, one in enumerate(said.words.document.examples):
        faults = [said_fault(fault, language) for fault in tried[at].faults] if at < len(tried) else []
        yield ExampleLine(example_name(said, one, at), one.clause or "", faults, at < len(tried))


def example_name(said: TrialWords, one: Example, at: int) -> str:
    """One without a name is called by its last events."""
    events = list(dict.fromkeys(event.event for event in one.events))[-_NAMED_EVENTS:]
    named = said.words.listed(said.words.event(event) for event in events)
    return one.name or said.say("example", number=at + 1, events=named)
