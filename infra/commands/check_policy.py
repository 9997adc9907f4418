"""`make check-policy FILE=my.yaml`: prints faults and hints of a policy. Exit 1: faults; 2: wrong usage or bad file."""

from __future__ import annotations

import sys
from pathlib import Path

from chalicelib.complaints.trial.examples import check_publishable
from chalicelib.policy.reading.faults import Fault, PolicyFault
from chalicelib.web import chinese


def main(arguments: list[str]) -> int:
    if len(arguments) != 1:
        print("usage: make check-policy FILE=my.yaml", file=sys.stderr)
        return 2
    try:
        text = Path(arguments[0]).read_text("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        print(f"{arguments[0]}: {error}", file=sys.stderr)
        return 2
    try:
        ready = check_publishable(text)
    except PolicyFault as fault:
        print("\n".join(dict.fromkeys(_fault_text(arguments[0], one) for one in fault.faults)))
        return 1
    hints = [_fault_text(arguments[0], one, "hint, blocks nothing: ") for one in ready.hints]
    print("\n".join(hints), end="\n" if hints else "")
    print(f"{arguments[0]}: can be published; roles: {', '.join(ready.document.people)}")
    return 0


def _fault_text(name: str, fault: Fault, mark: str = "") -> str:
    where = name if fault.line is None else f"{name}:{fault.line}"
    return "\n".join(
        (
            f"{where}: {mark}{fault.pointer or '/'}",
            f"    {fault.text('en')}",
            f"      → {fault.text('mend_en')}",
            f"    {chinese.translate(fault.text('zh'))}",
            f"      → {fault.text('mend_zh')}",
        )
    )


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
