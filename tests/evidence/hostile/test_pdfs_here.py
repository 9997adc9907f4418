"""What the other process does with a PDF, done in this one: a test of it takes a millisecond, and mutants are noticed.

`test_pdf_attacks`, `test_pdf_bombs` and `test_cleaned_pdfs` show that it happens in the other process.
"""

from __future__ import annotations

import io
import zlib

import pikepdf
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from chalicelib.features.evidence.check.inflate import InflationBudget
from chalicelib.features.evidence.check.pdf import cleaning, objects, outcome
from chalicelib.features.evidence.check.pdf.outcome import ReaderFailed
from chalicelib.features.evidence.refusal import REASONS, Refusal
from tests.evidence.check import test_cleaned_pdfs as cleaned
from tests.evidence.hostile import test_pdf_attacks as attacks
from tests.evidence.hostile import test_pdf_bombs as bombs
from tests.helpers.fakes.files import image
from tests.helpers.fakes.pdfs import CATALOG, HELLO, PAGE, pdf, stream, with_object_stream
from tests.helpers.searches import searching

SMALL_BOMB = bombs.inflating(3)


def opened(content: bytes) -> pikepdf.Pdf:
    return pikepdf.open(io.BytesIO(content), suppress_warnings=True, inherit_page_attributes=False)


class Counted(InflationBudget):
    """`spent`: the bytes to which streams were inflated; `largest`: of them, those in memory at once."""

    spent = largest = 0

    def spend(self, count: int) -> None:
        self.spent, self.largest = self.spent + count, max(self.largest, count)
        super().spend(count)


def checked(content: bytes, budget: InflationBudget | None = None) -> str | None:
    """The reason of the refusal."""
    with opened(content) as document:
        try:
            objects.check(document, budget or InflationBudget(1 << 20))
        except Refusal as refusal:
            return refusal.reason
    return None


def copied(content: bytes) -> bytes:
    """The document without metadata."""
    with opened(content) as document:
        cleaning.clean(document)
        out = io.BytesIO()
        document.save(
            out,
            fix_metadata_version=False,
            compress_streams=False,
            stream_decode_level=pikepdf.StreamDecodeLevel.none,
            object_stream_mode=pikepdf.ObjectStreamMode.generate,
        )
    return out.getvalue()


# ---- active content ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("how", attacks.HIDDEN)
def test_a_script_in_an_object_stream_is_found(how: str) -> None:
    encoded, dictionary, more = attacks.HIDDEN[how]
    assert checked(with_object_stream(encoded, dictionary, more, catalog=attacks.OPENS)) == "active-content"


@pytest.mark.parametrize("what", attacks.REFUSED)
def test_active_content_is_refused(what: str) -> None:
    parts, reason = attacks.REFUSED[what]
    assert checked(attacks.made(parts)) == reason


@given(st.from_regex(r"[A-Za-z0-9]{1,20}", fullmatch=True), st.sampled_from([*attacks.BY_ITSELF]))
@searching(200)
def test_an_action_that_is_not_on_the_list_is_refused(name: str, when: str) -> None:
    assume(f"/{name}" not in objects._ACTIONS | objects._VALUES)
    action = b"<</S/%s>>" % name.encode()
    assert checked(attacks.made(attacks.clicked(action))) == "action"
    assert checked(attacks.made(attacks.BY_ITSELF[when](action))) == "action"


@pytest.mark.parametrize(
    "action",
    [
        *attacks.LINKS,
        b"<</S/URI/URI(www.example.com:8080)>>",
        b"<</S/GoTo/D[3 0 R/Fit]/Next[<</S/Named/N/NextPage>><</S/Hide>>]>>",
        b"<</D(no action)>>",
        b"[3 0 R/Fit]",
        b"[<</O/Layout>>7[/Indexed[/DeviceRGB]]]",
    ],
)
def test_links_and_jumps_inside_the_document_pass(action: bytes) -> None:
    assert checked(attacks.made(attacks.clicked(action))) is None


@pytest.mark.parametrize("action", attacks.OPENINGS.values())
@pytest.mark.parametrize("when", attacks.BY_ITSELF)
def test_a_jump_inside_the_document_may_happen_by_itself(when: str, action: bytes) -> None:
    assert checked(attacks.made(attacks.BY_ITSELF[when](action))) is None


def test_lists_that_have_themselves_end() -> None:
    assert checked(attacks.made({**attacks.clicked(b"5 0 R"), "more": [b"[5 0 R 6 0 R]", b"[5 0 R 5 0 R]"]})) is None


def test_the_base_of_addresses_passes() -> None:
    assert checked(pdf(catalog=CATALOG[:-2] + b"/URI<</Base(https://example.com)>>>>")) is None


def test_a_name_of_an_action_may_be_a_value_elsewhere() -> None:
    assert checked(pdf(b"<</Type(/JavaScript)/Subtype 7/Title/Launch>>")) is None


# ---- streams -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("filters", "reason"),
    [
        (b"/Filter[/FlateDecode null/FlateDecode]", "bomb"),
        (b"/Filter[/ASCIIHexDecode/ASCIIHexDecode/ASCIIHexDecode/ASCIIHexDecode]", "bomb"),
        (b"/Filter/Crypt", "encrypted"),
        (b"/Filter/Unknown", "not-scannable"),
        (b"/Filter[/RunLengthDecode/CCITTFaxDecode]", "not-scannable"),
        (b"/Filter(FlateDecode)", "broken"),
        (b"/Filter[7]", "broken"),
        (b"/Filter/DCTDecode", None),
        (b"/Filter[/ASCIIHexDecode/DCTDecode]", None),
        (b"/Filter[/FlateDecode/DCTDecode]", None),
        (b"/Filter[/ASCIIHexDecode/ASCIIHexDecode/ASCIIHexDecode]", None),
        (b"", None),
    ],
)
def test_the_filters_of_a_stream_are_ones_that_writers_use(filters: bytes, reason: str | None) -> None:
    assert checked(pdf(stream(b"", filters))) == reason


@pytest.mark.parametrize(
    ("encoded", "filters"),
    [
        (SMALL_BOMB, b"/Filter/FlateDecode"),
        (SMALL_BOMB, b"/Filter/Fl"),
        (SMALL_BOMB.hex().encode() + b">", b"/Filter[/AHx/Fl]"),
        (SMALL_BOMB, b"/Filter[/FlateDecode/DCTDecode]"),
        (attacks.run_length(bytes(3 << 20)), b"/Filter/RunLengthDecode"),
    ],
)
def test_what_a_stream_inflates_to_counts(encoded: bytes, filters: bytes) -> None:
    budget = Counted(1 << 20)
    assert checked(pdf(stream(encoded, filters)), budget) is None
    assert 3 << 20 <= budget.spent <= (3 << 20) + 1024


def test_a_stream_is_inflated_piece_by_piece() -> None:
    budget = Counted(1 << 20)
    assert checked(pdf(stream(SMALL_BOMB, b"/Filter/FlateDecode")), budget) is None
    assert budget.largest == 1 << 16


def test_a_stream_whose_end_is_broken_passes() -> None:
    assert checked(pdf(stream(zlib.compress(bytes(1000))[:-6] + b"broken", b"/Filter/FlateDecode"))) is None


# ---- metadata ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("where", cleaned.PLANTED)
def test_the_copy_does_not_say_who_made_it(where: str) -> None:
    copy = copied(cleaned.PLANTED[where])
    assert cleaned.NAME not in cleaned.texts(copy)
    assert HELLO in cleaned.texts(copy)


def test_what_a_page_shows_stays() -> None:
    field = b"<</Type/Annot/Subtype/Widget/Rect[0 0 9 9]/FT/Tx/T(order)/V(4711)/M(now)>>"
    article, names = b"<</Type/Thread/F null/Kept 1>>", b"/Names<</Dests<</Names[(a)[3 0 R/Fit]]>>>>/Threads[6 0 R 7]"
    catalog = CATALOG[:-2] + names + b"/AcroForm<</Fields[5 0 R]>>>>"
    copy = copied(pdf(field, article, page=PAGE[:-2] + b"/Annots[5 0 R]>>", catalog=catalog))
    with opened(copy) as document:
        [annotation] = document.pages[0].obj["/Annots"]
        assert [str(annotation[key]) for key in ("/T", "/V", "/M")] == ["order", "4711", "now"]
        assert document.Root["/Names"]["/Dests"]["/Names"][0] == "a"
        assert document.Root["/Threads"][0]["/Kept"] == 1


@pytest.mark.parametrize(
    ("parameters", "kept"),
    [
        (b"/Filter/DCTDecode/DecodeParms<</ColorTransform 1>>", 1),
        (b"/Filter[/DCTDecode]/DecodeParms[<</ColorTransform 1>>]", 1),
        (b"/Filter/DCTDecode/DecodeParms[]", None),
        (b"/Filter/DCTDecode", None),
    ],
)
def test_a_photograph_keeps_how_its_colours_are_decoded(parameters: bytes, kept: int | None) -> None:
    content = pdf(stream(image("JPEG", side=80), cleaned.IMAGE + parameters), page=PAGE[:-2] + b"/R 5 0 R>>")
    with opened(copied(content)) as document:
        picture = document.pages[0].obj["/R"]
        assert b"Camera" not in picture.read_raw_bytes()
        assert picture["/Filter"] == "/DCTDecode"
        found = picture.get("/DecodeParms")
        assert (None if found is None else found["/ColorTransform"]) == kept


@pytest.mark.parametrize(
    "content",
    [
        stream(b"picture", cleaned.IMAGE + b"/Filter/JPXDecode"),
        stream(cleaned.PHOTOGRAPH.hex().encode() + b">", cleaned.IMAGE + b"/Filter[/ASCIIHexDecode/DCTDecode]"),
        stream(b"no photograph", cleaned.IMAGE + b"/Filter/DCTDecode"),
    ],
    ids=["JPEG 2000", "in hexadecimal", "no photograph"],
)
def test_a_picture_that_cannot_be_cleaned_is_told(content: bytes) -> None:
    with pytest.raises(cleaning.CannotClean):
        copied(pdf(content))


# ---- the answer ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("reason", REASONS)
def test_the_exit_code_tells_the_reason(reason: str) -> None:
    with pytest.raises(Refusal) as refusal:
        outcome.raise_refusal(outcome.exit_code(Refusal(reason)))
    assert refusal.value.reason == reason


@pytest.mark.parametrize("code", [1, 2, 63, outcome.exit_code(Refusal([*REASONS][-1])) + 1, 255])
def test_any_other_exit_code_is_an_error(code: int) -> None:
    with pytest.raises(ReaderFailed, match=f"ended with {code}"):
        outcome.raise_refusal(code)


@pytest.mark.parametrize("code", [outcome.NOTHING_FOUND, outcome.COPIED])
def test_a_document_in_which_nothing_was_found_passes(code: int) -> None:
    outcome.raise_refusal(code)
    assert code not in map(outcome.exit_code, map(Refusal, REASONS))
