"""Keys and object names are spelled in one place, so that a search for a prefix finds every reader and writer."""

from __future__ import annotations

import ast
import importlib
import inspect
import re
from collections.abc import Iterator, Sequence

import pytest

from chalicelib.features.evidence.check import addresses
from chalicelib.features.evidence.check.office import fields, formulas
from chalicelib.policy.editing import writing
from chalicelib.policy.language.values import value_readers
from chalicelib.store import keys, object_keys
from infra.checks import trees
from infra.local.direct import direct_reads, plain_updates
from tests.helpers.left_out import is_kept

ROOT = trees.ROOT
FILES = trees.files("chalicelib", "infra", "benchmarks")
KEYS = ROOT / "chalicelib" / "store" / "keys"
OBJECT_KEYS = ROOT / "chalicelib" / "store" / "object_keys.py"
NO_KEYS = r"#/|#+ |~[01]$"
"""JSON pointers, headings of Markdown, and escapes of a JSON pointer."""
COLOURS = ("#1d6b4f", "#b3151b", "#1a1a1a", "#555555", "#cfd4d1", "#ffffff")
DRAWN = ("#1a1a1a", "#1d6b4f", "#555555", "#8a9099", "#eef0f1", "#ffffff")
NO_KEYS_AT = {
    ("chalicelib/kit/problem.py", "~"): "a character of a JSON pointer",
    ("chalicelib/features/studio/drawing/graph.py", '><use href="#drawing"/></svg>'): "the fragment of a URL",
    ("chalicelib/features/studio/trying/drawing.py", 'fill="url(#'): "the fragment of a URL",
    ("chalicelib/features/studio/trying/drawing.py", '-hatch)" clip-path="url(#'): "the fragment of a URL",
    ("chalicelib/features/studio/trying/drawing.py", '<a class="t-run" href="#'): "the fragment of a URL",
    ("chalicelib/policy/editing/edit_text.py", " #"): "a comment of YAML",
    ("chalicelib/policy/editing/members.py", "#"): "a comment of YAML",
    ("chalicelib/policy/editing/writing.py", writing._PRINTED.pattern): "characters of YAML",
    ("chalicelib/policy/editing/writing.py", "~"): "null in YAML",
    ("chalicelib/features/ledgers/matter.py", "~"): "sorts after all times",
    ("benchmarks/texts/search.py", "[^，。！？；,.!?;~ ]+[，。！？；,.!?;~ ]*"): "the parts of a sentence",
    ("chalicelib/kit/email_address.py", "[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+"): "characters of an e-mail address",
    ("chalicelib/features/evidence/check/addresses.py", "#"): "the fragment of a URL",
    ("chalicelib/features/evidence/check/addresses.py", addresses._HOST.pattern): "the fragment of a URL",
    ("chalicelib/features/evidence/check/addresses.py", addresses._WEB.pattern): "the fragment of a URL",
    ("chalicelib/features/evidence/check/office/fields.py", fields._ARGUMENT.pattern): "a switch of a field",
    ("chalicelib/features/evidence/check/office/formulas.py", formulas._HARMLESS): "a sign of formulas",
    ("chalicelib/features/messages/webhooks/webhook_http.py", "#"): "the fragment of a URL",
    ("chalicelib/features/evidence/demand_queries.py", "#"): "the fragment of a URL",
    ("chalicelib/features/handling/desk/tick.py", "#guidance"): "the fragment of a URL",
    ("chalicelib/features/worklists/pages/my_work.py", "#messages"): "the fragment of a URL",
    (
        "chalicelib/policy/language/values/value_readers.py",
        value_readers._PHONE,
    ): "a character before an extension of a telephone",
    ("chalicelib/features/policies/set_contact.py", "^[^\\s#]"): "a comment in YAML",
    ("chalicelib/features/policies/set_contact.py", "\\s*(?:#|$)"): "a comment in YAML",
    **{("chalicelib/features/studio/drawing/graph.py", color): "a colour" for color in DRAWN},
    **{("chalicelib/web/pages/parts/charts.py", color): "a colour" for color in COLOURS},
    ("chalicelib/policy/reading/yaml_text.py", "~"): "null in YAML",
    ("chalicelib/policy/reading/yaml_text.py", "^(?:~|null|)$"): "null in YAML",
    ("infra/policy_keys/flow.py", "true|false|yes|no|on|off|null|~|-?[0-9]+(\\.[0-9]+)?"): "null in YAML",
    ("infra/policy_keys/reference.py", "](policy.md#"): "a link to a heading",
    ("infra/policy_keys/reference.py", "&#124;"): "a character of Markdown",
    ("infra/policy_keys/schema.py", "http://json-schema.org/draft-07/schema#"): "the name of the schema's language",
    ("infra/local/direct/plain_updates.py", plain_updates._FORM.pattern): "placeholders of an update expression",
    ("infra/local/direct/direct_reads.py", direct_reads._CONDITION.pattern): "placeholders of a key condition",
    ("chalicelib/features/evidence/complete.py", '^"?[!#-~]+"?$'): "the characters of an ETag",
    ("infra/local/s3/presigned_urls.py", "-_.~"): "characters that a URL need not escape",
    ("benchmarks/queue_page.py", "#"): "the due time, with which the place on the shelf begins",
    ("chalicelib/kit/decoding.py", "[!-~\u4e00-\u9fff]"): "characters that are seen",
    ("benchmarks/page.py", "\n### "): "a heading of Markdown",
    ("infra/documents/statistics_page.py", "\n## 指标的定义\n\n"): "a heading of Markdown",
    ("benchmarks/engines/command.py", "#I#"): "the engine's requests are recorded; a copy needs a record of its own",
    ("benchmarks/engines/command.py", "#"): "the same copy",
    ("benchmarks/simulation/partitions.py", "#"): "the kinds of a tenant's partitions, for the report",
}


def literals(nodes: Sequence[ast.AST]) -> Iterator[str]:
    """The string literals and the constant parts of f-strings, without docstrings."""
    documents = {
        id(node.value) for node in nodes if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
    }
    for node in nodes:
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in documents:
            yield node.value


def spells_a_key(text: str) -> bool:
    """True if the text has the separator of keys (`#`), or the character after all keys of a range (`~`)."""
    return ("#" in text or "~" in text) and re.match(NO_KEYS, text) is None


def spells_an_object_key(text: str) -> bool:
    """`anchors/` is left out: it is a folder of an archive as well. Names of templates are none."""
    if text.endswith(".html"):
        return False
    return re.match(r"T/|/?(exports|quarantine|sealed|shown|thumbnails)/", text) is not None


def test_only_the_keys_of_the_store_spell_a_table_key() -> None:
    found = {
        (str(path.relative_to(ROOT)), text)
        for path in FILES
        if KEYS not in path.parents
        for text in literals(trees.nodes(path))
        if spells_a_key(text)
    }
    assert found == {one for one in NO_KEYS_AT if is_kept(one[0])}


def test_only_the_object_keys_spell_the_name_of_an_object() -> None:
    spelled = {path for path in FILES for text in literals(trees.nodes(path)) if spells_an_object_key(text)}
    assert spelled == {OBJECT_KEYS}


@pytest.mark.parametrize(
    "source",
    [
        'key = "T#acme"',
        'f"C#{number}"',
        'f"{tenant}#{number}"',
        'sk.split("#")',
        'sk + "~"',
        'f"{sk}~"',
        'sk.removeprefix("M#")',
    ],
)
def test_a_spelled_key_is_found(source: str) -> None:
    assert any(map(spells_a_key, literals(trees.nodes_in(source))))


@pytest.mark.parametrize("source", ['f"T/{tenant}/x"', 'f"{prefix(tenant)}/sealed/{number}"'])
def test_a_spelled_object_key_is_found(source: str) -> None:
    assert any(map(spells_an_object_key, literals(trees.nodes_in(source))))


def test_the_keys_themselves_are_found() -> None:
    """So neither test passes because nothing is spelled as it expects."""
    spelled = [text for path in KEYS.glob("*.py") for text in literals(trees.nodes(path)) if spells_a_key(text)]
    assert len(spelled) > 30
    assert spells_a_key(keys.complaint("acme", "1"))
    assert spells_an_object_key(object_keys.sealed(keys.CaseRef("acme", "1"), "x"))


PORT = ROOT / "chalicelib" / "store" / "port.py"
OF_KEYS = {"keys": keys} | {
    path.stem: importlib.import_module(f"{keys.__name__}.{path.stem}") for path in KEYS.glob("[!_]*.py")
}
ITEMS = frozenset({"Put", "Update", "Schedule", "Remove", "Require", "Add"})
ELSEWHERE = {
    "chalicelib/features/programs/archived.py": "accounts as they are stored, whose form is in `tenants`",
    "chalicelib/tenants/people/program_accounts.py": "accounts beside memberships, whose form is in `programs`",
    "chalicelib/casework/composing/period_documents.py": "items of all kinds of documents, whose forms are in features",
    "chalicelib/features/exports/export_source.py": "a complaint's messages: the record imports no messages",
}
"""Modules that spell keys or conditions of items that they do not define, with the reason."""


def is_of_a_key(module: str, name: str) -> bool:
    """Whether this name of `store.keys`, or of a module there, is a key, a range of keys, or a partition."""
    found = getattr(OF_KEYS.get(module), name, None)
    if isinstance(found, keys.KeyRange):
        return True
    if not inspect.isfunction(found):
        return False
    signature = inspect.signature(found)
    return signature.return_annotation in ("Key", "KeyRange") or next(iter(signature.parameters), "") in (
        "tenant",
        "pk",
    )


def defines_items(nodes: Sequence[ast.AST]) -> bool:
    """It has a `Form`, makes entries without one, such as marks, has the kind of a counter, or declares an erasure."""
    made = {one.func.id for one in nodes if isinstance(one, ast.Call) and isinstance(one.func, ast.Name)}
    named = (one.id for one in nodes if isinstance(one, ast.Name) and isinstance(one.ctx, ast.Store))
    return not made.isdisjoint(("Form", "Entry", "Erased")) or any(re.fullmatch("_?KIND", name) for name in named)


def spells_items(nodes: Sequence[ast.AST]) -> bool:
    """Whether it names a key of `store.keys`, or a condition of `store.port`."""
    imports = [one for one in nodes if isinstance(one, ast.ImportFrom)]
    known = {alias.name for one in imports if str(one.module).startswith("chalicelib.store") for alias in one.names}
    return not ITEMS.isdisjoint(known) or any(
        one.value.id in known and is_of_a_key(one.value.id, one.attr)
        for one in nodes
        if isinstance(one, ast.Attribute) and isinstance(one.value, ast.Name)
    )


def test_keys_and_conditions_are_where_the_items_are_defined() -> None:
    """Other modules ask these: `organisation.load`, `snapshot.read`, `item.all_of`."""
    found = {
        str(path.relative_to(ROOT))
        for path in trees.files("chalicelib")
        if PORT.parent not in path.parents and not defines_items(trees.nodes(path)) and spells_items(trees.nodes(path))
    }
    assert found == set(filter(is_kept, ELSEWHERE))


@pytest.mark.parametrize(
    ("source", "spells", "defines"),
    [
        ("from chalicelib.store import keys\nkeys.complaint(tenant, number)", True, False),
        ("from chalicelib.store import keys\nitems(store, pk, keys.EVENTS)", True, False),
        ("from chalicelib.store import keys\nkeys.is_unit(number)", False, False),
        ("from chalicelib.store.keys import similar\nsimilar.signature(tenant)", True, False),
        ("from chalicelib.store.port import Update", True, False),
        ("document.ledgers.get(name)", False, False),
        ('FORM = Form("membership", Membership)', False, True),
        ('KIND = "quota"', False, True),
        ('JOB_KIND = "switch"', False, False),
        ("Put(Entry(key=key, kind=kind))", False, True),
    ],
)
def test_what_spells_and_what_defines_items(source: str, spells: bool, defines: bool) -> None:
    nodes = trees.nodes_in(source)
    assert (spells_items(nodes), defines_items(nodes)) == (spells, defines)
