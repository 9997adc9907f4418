"""References that documents, docstrings and comments make: paths, symbols, anchors, clause codes."""

from __future__ import annotations

import ast
import io
import re
import subprocess
import tokenize
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from infra.checks import trees

ROOT = Path(__file__).resolve().parents[3]
PACKAGE = ROOT / "chalicelib"
FOLDERS = ("tests", "chalicelib", "infra", "docs", "benchmarks")
_CODE = re.compile(r"`([^`\s]+)`")
_CLAUSE = re.compile(r"(?<![\w.])((?:P[1-9]|X)\.\d{1,2})(?![\w.]*\d)")


@cache
def tracked(*patterns: str) -> tuple[Path, ...]:
    listed = subprocess.run(["git", "ls-files", "-z", "--", *patterns], cwd=ROOT, capture_output=True, check=True)
    files = [ROOT / name for name in listed.stdout.decode().split("\0") if name]
    return tuple(file for file in files if file.is_file())


def documents() -> tuple[Path, ...]:
    """Every page of the repository. The change log names things of the past."""
    return tuple(file for file in tracked("*.md") if file.name != "CHANGELOG.md")


def prose(file: Path) -> str:
    """A page's text; of Python code its docstrings and comments."""
    text = file.read_text("utf-8")
    if file.suffix != ".py":
        return text
    tokens = tokenize.generate_tokens(io.StringIO(text).readline)
    return "\n".join(token.string for token in tokens if token.type == tokenize.COMMENT or _is_docstring(token))


def _is_docstring(token: tokenize.TokenInfo) -> bool:
    """A string that stands alone as a statement begins its line, and is tripled by the formatter."""
    return token.type == tokenize.STRING and token.string.startswith('"""') and not token.line[: token.start[1]].strip()


def paths(text: str) -> Iterator[str]:
    """Names of files and folders in code type: `docs/policy.md`, `casework/commit.py`."""
    roots = tuple(f"{folder}/" for folder in FOLDERS)
    for name in _CODE.findall(text):
        if name.startswith(roots) or re.fullmatch(r"[a-z_]+(/[a-z_0-9]+)+\.py", name):
            yield name


def leads_to_a_file(name: str, file: Path) -> bool:
    """From the root, from the package, or from the file's own folder; `*` stands for anything."""
    pattern = name.partition(":")[0].rstrip("/")
    return any(any(base.glob(pattern)) for base in (ROOT, PACKAGE, file.parent))


def symbols(text: str) -> Iterator[str]:
    """Dotted names in code type that begin with a package or module of the program: `store.port.Store`."""
    for name in _CODE.findall(text):
        found = re.match(r"(?:chalicelib\.)?((?:[a-z_]+\.)+[A-Za-z_]+)(\(\))?$", name)
        if found and not name.endswith(".py") and _is_of_the_program(found[1]):
            yield found[1]


@cache
def _is_of_the_program(name: str) -> bool:
    """False for `record.events`: a package alone may be a word of the policy language or of the API."""
    length = _module_prefix(name)
    return length > 1 or (length == 1 and (PACKAGE / f"{name.split('.')[0]}.py").is_file())


def _module_prefix(name: str) -> int:
    """How many parts of a dotted name are packages and modules of the program."""
    parts, place = name.split("."), PACKAGE
    for index, part in enumerate(parts):
        if not (place / part).is_dir():
            return index + (place / f"{part}.py").is_file()
        place /= part
    return len(parts)


def is_defined(name: str) -> bool:
    """Whether what follows the module in a dotted name is defined in it: a definition, a field or a method."""
    parts = name.split(".")
    length = _module_prefix(name)
    module, rest = PACKAGE.joinpath(*parts[:length]), parts[length:]
    file = module / "__init__.py" if module.is_dir() else module.with_suffix(".py")
    return not rest or rest[0] in _defined(file)


@cache
def _defined(file: Path) -> frozenset[str]:
    found: set[str] = set()
    for node in trees.tree(file).body:
        if isinstance(node, ast.FunctionDef | ast.ClassDef):
            found.add(node.name)
        elif isinstance(node, ast.Assign):
            found |= {each.id for each in node.targets if isinstance(each, ast.Name)}
        elif isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name):
            found.add(node.target.id)
        elif isinstance(node, ast.ImportFrom | ast.Import):
            found |= {alias.asname or alias.name for alias in node.names}
    return frozenset(found)


def links(file: Path) -> Iterator[tuple[str, str]]:
    """Relative links of a page: the file, and the anchor or ''."""
    text = re.sub(r"```.*?```", "", file.read_text("utf-8"), flags=re.DOTALL)
    for target in re.findall(r"\]\(([^)\s]+)\)", text):
        if not re.match(r"[a-z]+:", target):
            name, _, anchor = target.partition("#")
            yield name, anchor


def anchors(file: Path) -> set[str]:
    """Of headings, as GitHub makes them: lower case, no punctuation, hyphens for spaces."""
    headings = re.findall(r"^#{1,6} (.+)$", file.read_text("utf-8"), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.replace("`", "").lower()).replace(" ", "-") for heading in headings}


def clauses(file: Path) -> set[str]:
    return set(_CLAUSE.findall(file.read_text("utf-8")))
