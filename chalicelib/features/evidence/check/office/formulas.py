"""Refuses formulas that load or run something: other functions than those on the list, other workbooks, DDE.

Every character must belong to a token (ECMA-376 part 1 §18.17.2). None has `|`, which a program's item needs, as in
`cmd|'/c calc'!A0`.

The list has the functions of ECMA-376 part 1 §18.17.7, and those that Excel and WPS added since. It lacks those that
load or start something (`LOADING`), and those of add-ins, macro sheets and scripts. HYPERLINK has a rule of its own.
"""

from __future__ import annotations

import re

from chalicelib.features.evidence.check import addresses
from chalicelib.features.evidence.refusal import Refusal

_KNOWN = """
ABS ACCRINT ACCRINTM ACOS ACOSH ACOT ACOTH ADDRESS AGGREGATE AMORDEGRC AMORLINC ANCHORARRAY AND ARABIC AREAS
ARRAYTOTEXT ASC ASIN ASINH ATAN ATAN2 ATANH AVEDEV AVERAGE AVERAGEA AVERAGEIF AVERAGEIFS BAHTTEXT BASE BESSELI
BESSELJ BESSELK BESSELY BETA.DIST BETA.INV BETADIST BETAINV BIN2DEC BIN2HEX BIN2OCT BINOM.DIST BINOM.DIST.RANGE
BINOM.INV BINOMDIST BITAND BITLSHIFT BITOR BITRSHIFT BITXOR BYCOL BYROW CEILING CEILING.MATH CEILING.PRECISE CELL
CHAR CHIDIST CHIINV CHISQ.DIST CHISQ.DIST.RT CHISQ.INV CHISQ.INV.RT CHISQ.TEST CHITEST CHOOSE CHOOSECOLS CHOOSEROWS
CLEAN CODE COLUMN COLUMNS COMBIN COMBINA COMPLEX CONCAT CONCATENATE CONFIDENCE CONFIDENCE.NORM CONFIDENCE.T CONVERT
CORREL COS COSH COT COTH COUNT COUNTA COUNTBLANK COUNTIF COUNTIFS COUPDAYBS COUPDAYS COUPDAYSNC COUPNCD COUPNUM
COUPPCD COVAR COVARIANCE.P COVARIANCE.S CRITBINOM CSC CSCH CUMIPMT CUMPRINC DATE DATEDIF DATESTRING DATEVALUE
DAVERAGE DAY DAYS DAYS360 DB DBCS DCOUNT DCOUNTA DDB DEC2BIN DEC2HEX DEC2OCT DECIMAL DEGREES DELTA DEVSQ DGET DISC
DISPIMG DMAX DMIN DOLLAR DOLLARDE DOLLARFR DPRODUCT DROP DSTDEV DSTDEVP DSUM DURATION DVAR DVARP ECMA.CEILING EDATE
EFFECT ENCODEURL EOMONTH ERF ERF.PRECISE ERFC ERFC.PRECISE ERROR.TYPE EVEN EXACT EXP EXPAND EXPON.DIST EXPONDIST
F.DIST F.DIST.RT F.INV F.INV.RT F.TEST FACT FACTDOUBLE FALSE FDIST FILTER FIND FINDB FINV FISHER FISHERINV FIXED
FLOOR FLOOR.MATH FLOOR.PRECISE FORECAST FORECAST.ETS FORECAST.ETS.CONFINT FORECAST.ETS.SEASONALITY
FORECAST.ETS.STAT FORECAST.LINEAR FORMULATEXT FREQUENCY FTEST FV FVSCHEDULE GAMMA GAMMA.DIST GAMMA.INV GAMMADIST
GAMMAINV GAMMALN GAMMALN.PRECISE GAUSS GCD GEOMEAN GESTEP GETPIVOTDATA GROUPBY GROWTH HARMEAN HEX2BIN HEX2DEC
HEX2OCT HLOOKUP HOUR HSTACK HYPGEOM.DIST HYPGEOMDIST IF IFERROR IFNA IFS IMABS IMAGINARY IMARGUMENT IMCONJUGATE
IMCOS IMCOSH IMCOT IMCSC IMCSCH IMDIV IMEXP IMLN IMLOG10 IMLOG2 IMPOWER IMPRODUCT IMREAL IMSEC IMSECH IMSIN IMSINH
IMSQRT IMSUB IMSUM IMTAN INDEX INDIRECT INFO INT INTERCEPT INTRATE IPMT IRR ISBLANK ISERR ISERROR ISEVEN ISFORMULA
ISLOGICAL ISNA ISNONTEXT ISNUMBER ISO.CEILING ISODD ISOMITTED ISOWEEKNUM ISPMT ISREF ISTEXT JIS KURT LAMBDA LARGE
LCM LEFT LEFTB LEN LENB LET LINEST LN LOG LOG10 LOGEST LOGINV LOGNORM.DIST LOGNORM.INV LOGNORMDIST LOOKUP LOWER
MAKEARRAY MAP MATCH MAX MAXA MAXIFS MDETERM MDURATION MEDIAN MID MIDB MIN MINA MINIFS MINUTE MINVERSE MIRR MMULT
MOD MODE MODE.MULT MODE.SNGL MONTH MROUND MULTINOMIAL MUNIT N NA NEGBINOM.DIST NEGBINOMDIST NETWORKDAYS
NETWORKDAYS.INTL NOMINAL NORM.DIST NORM.INV NORM.S.DIST NORM.S.INV NORMDIST NORMINV NORMSDIST NORMSINV NOT NOW NPER
NPV NUMBERSTRING NUMBERVALUE OCT2BIN OCT2DEC OCT2HEX ODD ODDFPRICE ODDFYIELD ODDLPRICE ODDLYIELD OFFSET OR
PDURATION PEARSON PERCENTILE PERCENTILE.EXC PERCENTILE.INC PERCENTOF PERCENTRANK PERCENTRANK.EXC PERCENTRANK.INC
PERMUT PERMUTATIONA PHI PHONETIC PI PIVOTBY PMT POISSON POISSON.DIST POWER PPMT PRICE PRICEDISC PRICEMAT PROB
PRODUCT PROPER PV QUARTILE QUARTILE.EXC QUARTILE.INC QUOTIENT RADIANS RAND RANDARRAY RANDBETWEEN RANK RANK.AVG
RANK.EQ RATE RECEIVED REDUCE REGEXEXTRACT REGEXREPLACE REGEXTEST REPLACE REPLACEB REPT RIGHT RIGHTB ROMAN ROUND
ROUNDDOWN ROUNDUP ROW ROWS RRI RSQ SCAN SEARCH SEARCHB SEC SECH SECOND SEQUENCE SERIESSUM SHEET SHEETS SIGN SIN
SINGLE SINH SKEW SKEW.P SLN SLOPE SMALL SORT SORTBY SQRT SQRTPI STANDARDIZE STDEV STDEV.P STDEV.S STDEVA STDEVP
STDEVPA STEYX SUBSTITUTE SUBTOTAL SUM SUMIF SUMIFS SUMPRODUCT SUMSQ SUMX2MY2 SUMX2PY2 SUMXMY2 SWITCH SYD T T.DIST
T.DIST.2T T.DIST.RT T.INV T.INV.2T T.TEST TAKE TAN TANH TBILLEQ TBILLPRICE TBILLYIELD TDIST TEXT TEXTAFTER
TEXTBEFORE TEXTJOIN TEXTSPLIT TIME TIMEVALUE TINV TOCOL TODAY TOROW TRANSPOSE TREND TRIM TRIMMEAN TRIMRANGE TRUE
TRUNC TTEST TYPE UNICHAR UNICODE UNIQUE UPPER USDOLLAR VALUE VALUETOTEXT VAR VAR.P VAR.S VARA VARP VARPA VDB
VLOOKUP VSTACK WEEKDAY WEEKNUM WEIBULL WEIBULL.DIST WORKDAY WORKDAY.INTL WRAPCOLS WRAPROWS XIRR XLOOKUP XMATCH
XNPV XOR YEAR YEARFRAC YIELD YIELDDISC YIELDMAT Z.TEST ZTEST _TRO_ALL _TRO_LEADING _TRO_TRAILING
"""
FUNCTIONS = frozenset(_KNOWN.split())
LOADING = frozenset(
    {
        *(
            "CALL",
            "COPILOT",
            "DDE",
            "DETECTLANGUAGE",
            "EVALUATE",
            "EXEC",
            "FIELDVALUE",
            "FILTERXML",
            "HYPERLINK",
            "IMAGE",
        ),
        *("IMPORTCSV", "IMPORTTEXT", "INDIRECT", "PY", "REGISTER", "REGISTER.ID", "RTD", "SQL.REQUEST", "STOCKHISTORY"),
        *(
            "TRANSLATE",
            "WEBSERVICE",
            "CUBEKPIMEMBER",
            "CUBEMEMBER",
            "CUBEMEMBERPROPERTY",
            "CUBERANKEDMEMBER",
            "CUBESET",
        ),
        *("CUBESETCOUNT", "CUBEVALUE"),
    }
)
"""Functions that a formula may not name without a call either: another function could call them."""


_HARMLESS = r"""(?:
    "(?:[^"]|"")*+"
  | '(?:[^']|'')*+' (?!\s*+[!\#])                       # a name
  | '(?!(?:file|ftp|https?):) (?:\[[^][\\/|':]*+\])?   # a workbook, which must be a part of the document,
    (?:[^][\\/|']|'')*+' (?=\s*+!)                      # and a sheet: only a path has a slash or other brackets
  | \[(?:[^][']|'.|\[(?:[^][']|'.)*+\])*+\] (?![\w.!']) # columns of a table
  | \[[^][\\/|':]*+\]                                   # a workbook
  | (?:(?<=:)|(?!\$*+(?:LOADING)(?![\w.$]|\s*+[:!\[])))
    (?!_xl(?!(?:nm|pm|op|chart)\.)) [\w.$]++ (?!\s*+\() # no function: cells, names, parameters
  | ! (?!\s*+[\w.$]++\s*+\()                            # no function of another workbook
  | \#NAME\? | [\s@\#:,;+\-*^&=<>%(){}]++ | /(?!/)
    )++"""
_TOKENS = re.compile(
    _HARMLESS.replace("LOADING", "|".join(map(re.escape, sorted(LOADING)))), re.VERBOSE | re.DOTALL | re.IGNORECASE
)
_FUNCTION = re.compile(r"(?:_xl(?:fn|ws|udf|eta)\.)*+([\w.$]++)", re.IGNORECASE)
"""That is called, or is the argument of another. Functions that the first version of the format did not have have a
prefix ([MS-XLSX] 2.2.2)."""
_LINK = re.compile(r'\s*+\(\s*+"((?:[^"]|"")*+)"')
"""The first argument of HYPERLINK, if it begins with a text. What is joined to it cannot change its scheme."""
_CALL = re.compile(r"\s*+\(")
_IN_CALL = re.compile(r"""\"((?:[^"]|"")*+)"|'(?:[^']|'')*+'|[()]""")
"""A text in the arguments of a function, a name, or a bracket."""
_OTHER_FILE = re.compile(r"\|[^|!]*+!|[\\/]{2}\w|(?:file|ftp|https?):", re.IGNORECASE | re.DOTALL)
"""In a text that INDIRECT takes as a reference: a program's item, or the address of a workbook."""
_CODED = re.compile(r"_x([0-9A-F]{4})_", re.IGNORECASE)
"""A character in a text of the format (ST_Xstring, §22.9.2.19)."""


def check(formula: str) -> None:
    """Raises `Refusal`: `formula`, or `link` for a link to something else than the web or a place in the document."""
    _check(formula)
    decoded = _CODED.sub(lambda coded: chr(int(coded[1], 16)), formula)
    if decoded != formula:
        _check(decoded)


def _check(formula: str) -> None:
    at = read = 0
    while at < len(formula):
        if harmless := _TOKENS.match(formula, at):
            at = harmless.end()
        elif function := _FUNCTION.match(formula, at):
            at = function.end()
            _check_function(function)
            if function[1].upper() == "INDIRECT" and at >= read:
                read = _check_reference(formula, at)
        else:
            raise Refusal("formula")


def _check_reference(formula: str, at: int) -> int:
    """The texts in the arguments that begin at `at`, as if they were joined. Returns where the arguments end."""
    depth, texts = 0, []
    for found in _IN_CALL.finditer(formula, at):
        depth += {"(": 1, ")": -1}.get(found[0], 0)
        texts.append(found[1] or "")
        at = found.end()
        if depth <= 0:
            break
    if _OTHER_FILE.search("".join(texts)):
        raise Refusal("formula")
    return at


def _check_function(function: re.Match[str]) -> None:
    name = function[1].upper()
    if name == "HYPERLINK":
        address = _LINK.match(function.string, function.end())
        if address is None or not addresses.is_followed(address[1].replace('""', '"')):
            raise Refusal("link")
    elif name not in FUNCTIONS or (name in LOADING and not _CALL.match(function.string, function.end())):
        raise Refusal("formula")
