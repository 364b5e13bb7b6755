"""Where sentences end, as far as signs tell it: the stops of all scripts, and words of which a point is part.

>>> sentences("Das kostet 3 Mio. Euro, z. B. hier. Gut!")
('Das kostet 3 Mio. Euro, z. B. hier. ', 'Gut!')
>>> sentences("यह एक है। यह दो है।"), sentences("これは文です。次。")
(('यह एक है। ', 'यह दो है।'), ('これは文です。', '次。'))
>>> is_ended("هل هذا صحيح؟"), is_ended("He said “no.”"), is_ended("No end")
(True, True, False)
>>> full_stop("यह तेज़ है"), full_stop("我们测试 BERT"), full_stop("So ist es"), full_stop("เร็วกว่า")
('।', '。', '.', '')
"""

import re


def words(text: str) -> str:
    """Return a table of words as alternatives of a pattern."""
    return "|".join(re.findall(r"\S+", text))


_ALONE = "。！？｡।॥؟։።፧។။"
"""Those that end a sentence with no space behind: of Chinese, Japanese, Indian, Arabic, Armenian and others."""
_BETWEEN_FIGURES = "．۔"
"""The same, of Japanese and Urdu, which between figures are a decimal point."""
STOPS = f".!?{_ALONE}{_BETWEEN_FIGURES}"
"""Full stops, question and exclamation marks of all scripts, as parts of a pattern."""
CLOSING = r"\"'”’“»)\]）」』》】〉"
"""What may stand behind them."""
_ANYWHERE = rf"[{_ALONE}]|(?<!\d)[{_BETWEEN_FIGURES}]|[{_BETWEEN_FIGURES}](?!\d)"
UNPARTED = re.compile(
    rf"(?:{_ANYWHERE})++[{CLOSING.replace('“', '')}]*+"
    r"(?!\s*[、，,;；])(?!(?<=[」』）])(?:って|[とのはがをにで]))"
)
"""Where sentences end that want no space behind; what was quoted goes on, and “ closes in none of their scripts."""
STOP = rf"[.!?](?=\s|$)|{_ANYWHERE}"
"""Where a sentence may end, as alternatives of a pattern, for whom a word with a point is no matter."""
ENDED = re.compile(rf"[{STOPS}][{CLOSING}]*$")
"""How a text ends that is whole sentences."""
_ENDED = re.compile(rf"[{STOPS}…][{CLOSING}]*$")
_END = re.compile(rf"[.!?…][{CLOSING}]*\s+(?=\S)|{UNPARTED.pattern}\s*")

_ABBREVIATIONS = words(
    r"""Figs? Ext Tbls? Expts? Assump Coeffs? Eqs? Eqn Secs? Tabs? Refs? Algs? Thms? Defs? Props? Lems? Apps? Appx Appdx
    Hyps? Cors? Rems? Obs Nos? Chs? Chap Suppl? Proc Conf Trans Vols? Pts? Eds? Ex Exs Exp Exps vs cf resp
    approx ca e\.g i\.e w\.r\.t a\.k\.a viz avg std dev temp prob corresp orig rel abs incl excl est Dr Prof Mr
    Mrs Ms St Mat Ph\.D Ph\.Ds M\.Sc B\.Sc U\.S"""
)
"""What is shortened before more of its sentence: a name, a number, a noun."""
_BEFORE_NUMBERS = words(
    """no nos max min p pp ch vol ver v art par lvl ep gen sect ed mod fr fol nr fig figs eq eqs sec secs tab app ref
    thm lem def prop alg tbl expt expts assump abschn str"""
)
"""The same, and words that may as well end one: they go on only before a figure."""
_ELSEWHERE = words(
    r"""bzw bspw ggf vgl evtl Abb Abschn Kap Nr inkl exkl zzgl Bd z\.\s?B d\.\s?h u\.\s?a u\.\s?U v\.\s?a z\.\s?T
    z\.\s?Z o\.\s?ä s\.\s?o s\.\s?u i\.\s?d\.\s?R i\.\s?A sog Mmes? Mlles? Mgr c\.-à-d p\.\s?ex p\.\s?ej p\.\s?es
    chap     éd [Ss]ra? [Ss]rta [Dd]ra págs? núm sigg sig(?:\.[rn]a)? dott(?:\.ssa)? prof(?:\.ssa)? pagg? bijv
    d\.w\.z o\.a     m\.b\.v dhr mevr blz tj tzn tzw tzv np např m\.in rys bkz örn jfr см рис табл гл стр напр проф акад
    им ср т\.\s?е т\.\s?н т\.\s?к     डॉ प्रो श्री"""
)
"""The same in the other languages of speech/tongues.toml and their neighbours, of which few are a word of English, and
none before what begins a sentence there; what may end one, such as "usw.", goes on before a small letter alone."""
_SHORT = re.compile(rf"(?:\b(?:{_ABBREVIATIONS})|^(?:\S+ ){{1,3}}et al)\.$")
""""et al." goes on only where nothing but names precede it."""
_SHORT_BEFORE_NUMBERS = re.compile(rf"\b(?:{_BEFORE_NUMBERS})\.$", re.IGNORECASE)
_EITHER_CASE = re.sub(r"(?<![^|])[^\W\d_]", lambda one: f"[{one[0]}{one[0].upper()}]", _ELSEWHERE)
"""Where they begin a sentence, too: ABB and NR are none."""
_SHORT_ELSEWHERE = re.compile(rf"\b(?:{_EITHER_CASE})\.$")
_IN_PARTS = re.compile(
    r"(?<![^\s(„«“\"])(?![ap]\.m\.)(?:[^\W\d_]{1,2}\.(?:[a-zà-ÿа-яα-ω]{1,3}\.){1,3}"
    r"|[a-zà-ÿα-ω]\.(?:\s[A-Za-zà-ÿа-яα-ω]\.){1,3}|([A-Z])\1\.\s?([A-Z])\2\.)$"
)
"""Short words with a point each, in a row: t.ex., bl.a., "m. a. W.", "EE. UU."; what stands apart is one letter."""
_TWICE = re.compile(r"\b([A-Z])\1\.\s([A-Z])\2\.$")
_MESSIEURS = re.compile(r"\bMM\.$")
_TWO_NAMES = re.compile(r"(?:[A-ZÀ-Þ][\w'’.-]*,? ){1,4}et\b")
_AMOUNT = re.compile(r"\d\s?(?:[Mm]io|[Mm]rd|Tsd|Bio|Mill)\.$")
"""A number with its power of ten before what German counts with it, which has a large letter."""
_AMOUNT_ELSEWHERE = re.compile(r"\d\s?(?:mill|mln|mld|mia|tys|tis|млн|млрд|тыс)\.$")
_CURRENCY = re.compile(r"[A-Z]{3}\b")
STARTERS = words(
    """The This That These Those It Its He She We They You I Our Their His Her My Your A An In On At For From By
    With Without Then Thus Hence However Therefore Moreover Furthermore Also But And Or So Yet If When While
    Where As Since Because Although Though Each Every All Both Some Most Many Other Another One Two Such There
    Here Next Finally First Second Third Fourth Fifth Now Note Let What Why How Which Who Is Are Does Do Can Instead
    Similarly Specifically Overall Unlike Like To After Before During Only Even Not No"""
)
"""Words that begin a sentence, and no name that has an initial before it."""
STARTS = re.compile(rf"(?:{STARTERS})\b(?!\.)")
STARTS_IN_GERMAN = re.compile(
    r"(?:D(?:as|ie|er|en|em|anach|ann|abei|amit|aher|avon|azu|adurch|afür|agegen|och|ort|ies|iese[rsnm]?)|Eine?[rsnm]?|"
    r"Es|Er|Sie|Wir|Ich|Hier|I[mn]|A[mnu]f?|Aus|Bei|Mit|Nach|Von|Vor|Zu[mr]?|Für|Durch|Über|Unter|Als|Wenn|Weil|Obwohl|Aber|"
    r"Und|Oder|Auch|Nur|Nicht|Alle|Beide|Jede[rs]?|Viele|Einige|Andere|Man|Was|Wie|Wo|Wer|Warum|Zuerst|Zunächst|Außerdem|"
    r"Schließlich|Jedoch|Deshalb|Somit|Ist|Sind|Hat|War|Wird|Kann|Unsere?|Ihre?|Seine?)\b"
)
_ORDINAL = re.compile(
    r"(?<!\d )\b(?:am|im|de[rnms]|die|das|vom|zum|zur|beim|jede[rsn]?) (?:\d{1,2}\. (?:und|bis|oder) )?\d{1,3}\.$",
    re.IGNORECASE,
)
"""A number with a point, as German has ordinals: "am 3." before "Mai"."""
_UNTIL = re.compile(r"\bbis (?:zu[mr] )?\d{1,3}\.$", re.IGNORECASE)
"""The end of a range, which is an ordinal only before what is counted so."""
_COUNTED = re.compile(
    r"(?:Jan|Feb|März|Apr|Mai|Jun|Jul|Aug|Sep|Okt|Nov|Dez|Jahr|Lebens|Klasse|Schritt|Stufe|Tag|Woche|Monat|Auflage|"
    r"Platz|Stelle|Rang|Grad|Ordnung)"
)
_LETTER = re.compile(r"(?:^|[\s(])[^\W\d_]\.$")
_ONE_MORE = re.compile(r"[^\W\d_]\.(?:[\s,;)]|$)")
"""Single letters with points, one behind the other: "z. B."."""
_INITIAL = re.compile(r"(?:^|[\s(])[A-Z]\.$")
"""A large letter, which may be anybody's."""
NAMES_TOO = re.compile(r"(?:He|She|You|An|So|Do)\b(?= and\b| et al\b| &|(?<!So),)")
"""People are called so, too."""
_SMALL_NAME = re.compile(r"[^\W\d_]+[\w-]*[A-Z0-9]")
"""A name that begins with a small letter, as vLLM and wav2vec do."""
_ANDS = re.compile(r"\b(?:etc|al|usw|ecc|osv)\.$")
"""What as well ends a sentence as goes on."""
_STARTS_ELSEWHERE = re.compile(
    rf"{STARTS_IN_GERMAN.pattern}|(?:El|L[aeo]s?|Il|Elles?|Ils|Un[ae]?|En|Est[aeo]s?|Con|Por|Para|Per|Pero|Se|Su|Nous|On|Pour"
    r"|Dans|Cette?|Ces|Het|De|Een|Den?|Det|Vi|Wij|We|O|Os|As|Um|Uma)\b"
)


def is_ended(text: str) -> bool:
    """Tell whether the text ends as a sentence does."""
    return _ENDED.search(text) is not None


_FULL_STOPS = {
    "।": "\u0900-\u09ff\u0a00-\u0a7f\u0b00-\u0b7f", "。": "\u3005-\u3007\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff",
    "։": "\u0531-\u0556\u0561-\u0587", "።": "\u1200-\u137f", "။": "\u1000-\u109f", "។": "\u1780-\u17ff",
    "": "\u0e00-\u0eff",
}  # fmt: skip
_SCRIPTS = {stop: re.compile(f"[{letters}]") for stop, letters in _FULL_STOPS.items()}
"""The letters of each; Thai and Lao have none."""
_URDU = re.compile("[ٹڈڑںے]")
"""Letters of Urdu and its neighbours, which Arabic and Persian have not."""


def full_stop(text: str) -> str:
    """Return what ends a statement in the text's script, also where a good part of it are names in Latin letters."""
    if text.isascii():
        return "."
    letters = sum(map(str.isalpha, text))
    found = (stop for stop, script in _SCRIPTS.items() if len(script.findall(text)) * 5 >= letters > 0)
    return next(found, "۔" if _URDU.search(text) else ".")


def is_short(before: str, after: str) -> bool:
    """Tell whether the point that ends `before` belongs to a word, in any of the languages, and `after` goes on."""
    if _SHORT_ELSEWHERE.search(before) and not STARTS.match(after):
        return True
    if _SHORT.search(before) or (_SHORT_BEFORE_NUMBERS.search(before) and re.match(r"[\d(]", after)):
        return True
    if _is_ordinal(before, after) or (_LETTER.search(before) and _ONE_MORE.match(after)):
        return True
    if _TWICE.search(f"{before} {after.partition(' ')[0]}"):
        return True
    if _MESSIEURS.search(before):
        return _TWO_NAMES.match(after) is not None
    if _AMOUNT_ELSEWHERE.search(before):
        return _CURRENCY.match(after) is not None
    if _IN_PARTS.search(before) or _AMOUNT.search(before):
        return not (STARTS.match(after) or _STARTS_ELSEWHERE.match(after))
    return False


def _is_ordinal(before: str, after: str) -> bool:
    """Tell whether a number with a point is one as German has it, and not the end of its sentence."""
    if _UNTIL.search(before):
        return _COUNTED.match(after) is not None
    return bool(_ORDINAL.search(before)) and not (STARTS.match(after) or STARTS_IN_GERMAN.match(after))


def _goes_on(before: str, after: str) -> bool:
    """Tell whether no sentence ends between the two, of which the first ends in a stop."""
    if _is_small(after[:1]) and (not _SMALL_NAME.match(after) or _ANDS.search(before)):
        return True
    if not before.endswith("."):
        return False
    if _INITIAL.search(before):
        return not (STARTS.match(after) or STARTS_IN_GERMAN.match(after)) or NAMES_TOO.match(after) is not None
    return is_short(before, after)


def _is_small(letter: str) -> bool:
    """Tell whether a sentence would begin with another form of the letter: Georgian writes all its words small."""
    return letter.title() != letter


def sentences(text: str) -> tuple[str, ...]:
    """Return the text's sentences, each with the space behind it: fast, for texts that are shown or said by parts.

    What `sources` reads a paper's sentences with knows more, and takes a splitter.
    """
    found: list[str] = []
    begin = 0
    for end in _END.finditer(text):
        before, after = text[max(begin, end.start() - 40) : end.start() + 1], text[end.end() : end.end() + 40]
        if not _goes_on(before, after):
            found.append(text[begin : end.end()])
            begin = end.end()
    return tuple(filter(None, (*found, text[begin:])))
