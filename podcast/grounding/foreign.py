"""Denial and direction in German, French, Spanish and Chinese, against evidence in English or in the same language.

What a line says of a figure is compared with what the sentence says that has it; a line without figures is left to a
reader who knows the language.

>>> from podcast.grounding import evidence
>>> [one.fact for one in evidence.findings("Er sinkt um 8 %.", ["It rises by 8%."], "de")]
['8']
>>> evidence.findings("Er sinkt um 8 %.", ["It drops by 8%."], "de")
()
"""

import itertools
import re
from collections.abc import Sequence
from dataclasses import dataclass

from podcast.grounding.figure import Figure
from podcast.grounding.finding import Finding
from podcast.grounding.holding import stands
from podcast.grounding.sentences import Sentence


@dataclass(frozen=True, slots=True)
class _Tongue:
    up: re.Pattern[str]
    down: re.Pattern[str]
    faster: re.Pattern[str]
    slower: re.Pattern[str]
    denies: re.Pattern[str]
    path: re.Pattern[str]
    """What leads from the first figure of a path to the last, with what may stand before the first as `begin`."""
    begin: re.Pattern[str]
    double: re.Pattern[str]
    half: re.Pattern[str]
    right: re.Pattern[str]
    wrong: re.Pattern[str]
    by: re.Pattern[str]
    """Before how much something changed."""
    instead: re.Pattern[str]
    """Between what is and what was."""
    past: re.Pattern[str]
    """Where what was is said to be past."""


def _any(words: str) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?:{words})(?!\w)", re.IGNORECASE)


def _sign(words: str) -> re.Pattern[str]:
    return re.compile(words)


_TONGUES = {
    "de": _Tongue(
        up=_any(r"steig\w*|stieg\w*|gestiegen|wächst|wuchs|gewachsen|erhöh\w*|gewinn\w*|gewann\w*|gewonnen"
            r"|verbesser\w*|zu(?:nimmt|"
                r"genommen)|klettert\w*|höher|mehr|besser|größer"),
        down=_any(r"sink\w*|sank\w*|gesunken|fällt|fiel\w*|gefallen|verringer\w*|verlier\w*|verlor\w*|senk\w*"
            r"|reduzier\w*|verschlechter\w*"
                  r"|schrumpf\w*|niedriger|weniger|schlechter|kleiner|geringer"),
        faster=_any(r"schneller\w*|flotter|zügiger|so schnell"), slower=_any(r"langsamer\w*|so langsam"),
        denies=_any(r"nicht|kein\w*|nie|niemals|weder|ohne"),
        begin=_any(r"von"), path=_any(r"(?:auf|zu|bis)"),
        double=_any(r"doppelt\w*|verdoppel\w*|zweimal so"), half=_any(r"halb\w*|hälfte"),
        right=_any(r"richtig\w*|korrekt\w*|gelöst"), wrong=_any(r"falsch\w*|fehlerhaft\w*|inkorrekt\w*|daneben"),
        by=re.compile(r"(?<!\w)um (?:\w+ )?$"), instead=_any(r"statt|anstatt|anstelle von"),
        past=_any(r"war\w*|vorher|zuvor|bisher|früher|ursprünglich|von|statt|anstatt|zunächst|als"),
    ),
    "fr": _Tongue(
        up=_any(r"mont\w+|augment\w+|progress\w+|gagn\w+|amélior\w+|grimp\w+|plus (?:haut|élevé|grand)\w*"
                r"|cro[iî]\w+|s'élève"),
        down=_any(r"baiss\w+|diminu\w+|tomb\w+|chut\w+|perd\w*|rédui\w+|recul\w+|moins (?:de|élevé|cher)\w*"
                  r"|plus (?:bas|petit)\w*"),
        faster=_any(r"plus (?:rapide|vite)\w*|accélèr\w+"), slower=_any(r"plus (?:lent|lente|lentement)s?|ralenti\w*"),
        denies=_any(r"ne|n'\w+|pas|jamais|aucun\w*|sans|ni"),
        begin=_any(r"de|du"), path=_any(r"(?:à|au|jusqu'à)"),
        double=_any(r"double\w*"), half=_any(r"moitié|demi\w*"),
        right=_any(r"corrects?|correctes?|justes?|exacte?s?"), wrong=_any(r"faux|fausses?|incorrecte?s?|erronée?s?"),
        by=re.compile(r"(?:augment|baiss|progress|diminu|recul|chut|gagn)\w* (?:de |d')(?:\w+ )?$"),
        instead=_any(r"au lieu d[e']|contre"),
        past=_any(r"étai\w*|avant|auparavant|d'abord|initial\w*|au lieu|contre|de|que|fallait|prenait"),
    ),
    "es": _Tongue(
        up=_any(r"sub\w+|aument\w+|crec\w+|gan\w+|mejor\w+|incrementa\w*|más (?:alt|grand)\w*|elev\w+"),
        down=_any(r"baj\w+|disminu\w+|ca[eí]\w*|cayó|pierd\w+|perdió|reduc\w+|redujo|empeor\w+|menos|más "
                  r"(?:baj|pequeñ)\w*|falla\w*"),
        faster=_any(r"más (?:rápid|veloz)\w*|acelera\w*"), slower=_any(r"más lent\w+"),
        denies=_any(r"no|nunca|jamás|ningun\w*|ningún|sin|ni|tampoco"),
        begin=_any(r"de|del"), path=_any(r"(?:a|al|hasta)"),
        double=_any(r"doble|duplica\w*"), half=_any(r"mitad|medi[oa]"),
        right=_any(r"correct\w+|aciert\w+|acert\w+|bien"), wrong=_any(r"incorrect\w+|equivocad\w+|erróne\w+"
        r"|falla\w*|mal"),
        by=re.compile(r"(?:sub|baj|aument|mejor|ca[ey]|reduc|crec)\w* (?:en )?(?:un |unos |casi )?$"),
        instead=_any(r"en (?:vez|lugar) de"), past=_any(r"era\w*|antes|al principio|inicial\w*|en (?:vez|lugar)"
            r"|de|del|que"),
    ),
    "zh": _Tongue(
        up=_sign("提高|提升|上升|增加|增长|升至|升到|改善"), down=_sign("下降|降低|减少|降至|降到|缩小|变差"),
        faster=_sign(r"更快|加快|加速|快了|快(?=\d)"), slower=_sign(r"更慢|变慢|慢了|慢(?=\d)"),
        denies=_sign("没有|并未|未能|不能|不会|从不|从未|从来没|并非|绝不|并不"
                                                                            "|无法"),
        begin=_sign("从|由"), path=_sign("到|至"), double=_sign("两倍|翻倍|翻了一番"), half=_sign("一半|减半"),
        right=_sign("(?<!不)正确|答对"), wrong=_sign("错误|答错|不正确|出错"),
        by=_sign("(?:提高|下降|上升|降低|增加|减少|提升)了$"),
        instead=_sign("而不是|而非|代替"), past=_sign("原来|之前|以前|从|而不是|最初|本来|比"),
    ),
}  # fmt: skip
_ENGLISH = _Tongue(
    up=_any(r"ris(?:es?|ing)|rose|increas\w+|grow\w*|grew|gain\w*|improv\w+|climb\w*|rais\w+|boost\w*|higher"
        r"|better|lift\w*|more"),
    down=_any(r"drop\w*|fall\w*|fell|decreas\w+|declin\w+|reduc\w+|los[et]\w*|lost|lower\w*|shrink\w*|fewer"
        r"|worse|smaller|cut\w*|less"),
    faster=_any(r"faster|quicker|speed-?ups?|accelerat\w+"), slower=_any(r"slower|slow-?downs?|slows"),
    denies=re.compile(r"(?<!\w)(?:not|never|no|none|neither|nor|cannot|without|fail\w*)(?!\w)"
                      r"|n't(?!\w)", re.IGNORECASE),
    begin=_any("from"), path=_any("to"), double=_any(r"doubl\w*|twice|2x|two times"), half=_any(r"half|halv\w+"),
    right=_any(r"correct|correctly|right|solv\w+|succe\w+"), wrong=_any(r"wrong|wrongly|incorrect|incorrectly"
    r"|fail\w*|false"),
    by=_any("by"), instead=_any("instead of"), past=_any("was|were"),
)  # fmt: skip
_CUT = re.compile(
    r"[.;!?。；！？](?=\s|$|[^\d\s])|,(?!\d)|，|(?<!\w)(?:and|but|while|whereas|und|aber|et|mais|y|pero)(?!\w)"
)


def doubts(text: str, found: Sequence[Figure], sentences: Sequence[Sentence], language: str) -> tuple[Finding, ...]:
    """Return where a line in another language turns what is said of a figure; text and figures are in digits."""
    tongue = _TONGUES.get(language)
    if not tongue:
        return ()
    return (*_figures(text, found, sentences, tongue), *_half_or_double(text, sentences, tongue))


def _figures(text: str, found: Sequence[Figure], sentences: Sequence[Sentence], tongue: _Tongue) -> tuple[Finding, ...]:
    turned = []
    for index, figure in enumerate(found):
        holders = [(one, held) for one in sentences for held in one.figures if stands(figure, held.figure)]
        if figure.talk or not holders:
            continue
        end = _end(text, found, index, tongue)
        ends = {held.said.end for _, held in holders}
        if end and ends <= {"from", "to"} and end not in ends:
            turned.append(
                Finding(figure.start, figure.spoken, "is the other end of the way in the evidence", "refused")
            )
            continue
        said = _clause(text, figure.start)
        if ends == {"from"} and not end and not tongue.past.search(said):
            turned.append(Finding(figure.start, figure.spoken, "is where the evidence starts from", "doubted"))
            continue
        if tongue.by.search(text, 0, figure.start) and ends <= {"from", "to"}:
            wrong = "is an end of the way in the evidence, not its length"
            turned.append(Finding(figure.start, figure.spoken, wrong, "doubted"))
            continue
        against = [
            _against(said, _clause(one.text, held.figure.start), tongue, _of(one, tongue)) for one, held in holders
        ]
        if all(against):
            turned.append(Finding(figure.start, figure.spoken, against[0], "doubted"))
    return tuple(turned)


def _end(text: str, found: Sequence[Figure], index: int, tongue: _Tongue) -> str:
    """Return whether a figure is where a way starts, or where it arrives: "von 61 auf 50"."""
    for first, last, name in ((index, index + 1, "from"), (index - 1, index, "to")):
        if first < 0 or last >= len(found):
            continue
        between = text[found[first].end : found[last].start]
        if len(between) < 32 and tongue.instead.search(between):
            return "to" if name == "from" else "from"
        if (
            len(between) < 24
            and tongue.path.search(between)
            and tongue.begin.search(text, max(0, found[first].start - 8), found[first].start)
        ):
            return name
    return ""


def _clause(text: str, at: int) -> str:
    cuts = [0, *(match.end() for match in _CUT.finditer(text)), len(text)]
    return next((text[a:b] for a, b in itertools.pairwise(cuts) if a <= at < b), text)


def _of(one: Sentence, tongue: _Tongue) -> _Tongue:
    """Return the words of a sentence's language: English, or the line's."""
    return _ENGLISH if one.language == "en" else tongue


def _against(line: str, evidence: str, tongue: _Tongue, other_tongue: _Tongue) -> str:
    """Return in a few words how a clause turns the one of the evidence that has the same figure; "" where it does
    not."""
    if bool(tongue.denies.search(line)) != bool(other_tongue.denies.search(evidence)):
        return "is denied here and not in the evidence" if tongue.denies.search(line) else "is denied in the evidence"
    for one, other in (("up", "down"), ("faster", "slower"), ("right", "wrong")):
        mine = bool(getattr(tongue, one).search(line)) - bool(getattr(tongue, other).search(line))
        theirs = bool(getattr(other_tongue, one).search(evidence)) - bool(getattr(other_tongue, other).search(evidence))
        if mine and mine == -theirs:
            return "goes the other way in the evidence"
    return ""


def _half_or_double(text: str, sentences: Sequence[Sentence], tongue: _Tongue) -> tuple[Finding, ...]:
    for said, other in ((tongue.double, "half"), (tongue.half, "double")):
        match = said.search(text)
        same = "double" if other == "half" else "half"
        if match and _hold(sentences, other, tongue) and not _hold(sentences, same, tongue):
            return (Finding(match.start(), match[0], f"is {other} in the evidence", "doubted"),)
    return ()


def _hold(sentences: Sequence[Sentence], words: str, tongue: _Tongue) -> bool:
    return any(getattr(_of(one, tongue), words).search(one.text) for one in sentences)
