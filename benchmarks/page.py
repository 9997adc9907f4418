"""A page of docs/ whose middle is measured: sections under `###` between two marks."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path

DOCS = Path(__file__).resolve().parents[1] / "docs"
END = "<!-- end of what is generated -->"
Sections = Mapping[str, tuple[str, Callable[[], Iterator[str]]]]
"""By short name: a title, and what yields the section's lines."""


def update(page: Path, begin: str, head: str, sections: Sections, names: Sequence[str]) -> None:
    """Measure the sections of these names, or all; the others stay as the page has them. Raises ValueError."""
    unknown = set(names) - set(sections)
    if unknown:
        raise ValueError(f"sections are {', '.join(sections)}")
    for name in names or sections:
        title, measure = sections[name]
        section = "\n".join([title, "", *measure()])
        print(f"### {section}\n", flush=True)
        page.write_text(_with(page.read_text("utf-8"), begin, head, sections, section), "utf-8")


def _with(text: str, begin: str, head: str, sections: Sections, section: str) -> str:
    before, _, rest = text.partition(begin)
    kept, _, after = rest.partition(END)
    known = {part.partition("\n")[0]: part.strip() for part in kept.split("\n### ")[1:]}
    known[section.partition("\n")[0]] = section.strip()
    parts = "".join(f"\n### {known[title]}\n" for title, _ in sections.values() if title in known)
    return f"{before}{begin}\n\n{head}\n{parts}\n{END}{after}"
