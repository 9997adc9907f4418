"""The due times of a clock as values of a form."""

from __future__ import annotations

from chalicelib.complaints.runs import Run, from_json
from chalicelib.features.forms.filled_form import FilledValue
from chalicelib.features.forms.printed_case import CaseFile
from chalicelib.features.forms.time_text import end_text
from chalicelib.policy.language.condition_words import STATES


def state_text(file: CaseFile, state: str) -> str:
    return file.say(STATES[state]) if state in STATES else state


def due_times(file: CaseFile, clock: str) -> list[FilledValue]:
    """Each run's due time and state, in order."""
    return [_due(file, run) for run in _runs(file, clock)]


def _runs(file: CaseFile, clock: str) -> list[Run]:
    """The last state of each run, in order."""
    runs = [from_json(raw) for event in file.events for raw in event.result.get("clocks", [])]
    latest = {run.n: run for run in [*runs, *file.complaint.runs] if run.clock == clock}
    return [latest[number] for number in sorted(latest)]


def _due(file: CaseFile, run: Run) -> FilledValue:
    state = state_text(file, run.state)
    if run.due is None:
        return FilledValue(text=state)
    due = end_text(file, run.due)
    return FilledValue(text=f"{due}（{state}）" if file.language == "zh" else f"{due} ({state})")
