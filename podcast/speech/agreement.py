"""Which gender the noun behind a number has, told by its ending, where the number's words depend on it.

>>> agreeing("21", " modelos de", "es"), agreeing("21", " imágenes", "es"), agreeing("21", " por ciento", "es")
('masculine', 'feminine', '')
>>> agreeing("1", " Aufgabe", "de"), agreeing("2", "个模型", "zh")
('feminine', 'alternate2')

A noun whose ending says nothing counts as masculine, as most do that the endings leave over.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class _Genders:
    numbers: str
    """Which numbers agree."""
    feminine: str
    """Nouns, by their endings and by themselves."""
    masculine: str = "(?!)"
    """Exceptions."""
    neuter: str = "(?!)"
    no_noun: str = "(?!)"
    """What may stand behind a number and is no noun."""
    plain: str = "masculine"


_ROMANCE_A = (
    r"\w*(?:problema|sistema|tema|programa|esquema|idioma|mapa|diagrama|clima|dilema|teorema|poema|d[ií]a|token)s?"
)
_POLISH_NO_NOUN = r"i|a|do|od|z|w|na|o|po|oraz|przez|procent|proc|lub|jest|są|tysi\w+|milion\w*|miliard\w*"
_RUSSIAN_NO_NOUN = r"и|а|до|от|из|в|на|с|по|или|процент\w*|тысяч\w*|миллион\w*|год\w*|для|при"
_GENDERS: Mapping[str, tuple[_Genders, ...]] = {
    "es": (
        _Genders(
            numbers=r"\d+",
            feminine=r"\w*(?:as?|ci[oó]n(?:es)?|si[oó]n(?:es)?|dad(?:es)?|tud(?:es)?|umbres?)|im[aá]gen(?:es)?|red(?:es)?"
            r"|clases?|bases?|fases?|claves?|fuentes?|variables?|matri[zc](?:es)?|vo[zc](?:es)?|gpus?|series?|señal(?:es)?|llaves?|veces|vez|frases?|partes?|leyes|ley|tarjetas?|manos?|noches?|tardes?|llaves?",
            masculine=_ROMANCE_A,
            no_noun=r"de|del|a|al|y|e|o|u|por|en|con|para|que|se|es|son|a[lñ]|más|menos|puntos? porcentual(?:es)?|mil"
            r"|entre|como|sobre|hasta|desde|frente|contra|según|sin|no|ya|ante|tras",
        ),
    ),
    "fr": (
        _Genders(
            numbers=r"\d*(?<!1)1|1",
            feminine=r"\w*(?:[tsx]ions?|tés?|ences?|ances?|ures?|ées?|ettes?|elles?|illes?|esses?|tudes?|ières?|aines?"
            r"|aisons?|gnes?|ches?|ques?|ites?|ases?|rices?|ines?|ades?|euses?)|\w+[ié]es?|\w+êtes?|\w+ives?|réponses?|variables?|fenêtres?|clés?|images?|pages?|époques?|classes?|langues?"
            r"|phrases?|étapes?|heures?|minutes?|secondes?|cartes?|puces?|méthodes?|fois|personnes?|données?|paires?|têtes?"
            r"|vidéos?|scènes?|trames?|voix|erreurs?|valeurs?|couleurs?|tables?|parties?|formes?|normes?|sources?|vues?"
            r"|parts?|bases?|tâches?|lignes?",
            masculine=r"\w*(?:problèmes?|modèles?|domaines?|masques?|vides?|comités?|côtés?|étés?|musées?|lycées?|magazines?"
            r"|capitaines?|mélanges?|squelettes?|graphiques?|points?|sites?)",
            no_noun=r"de|du|des|d|à|au|aux|et|ou|pour|en|sur|par|dans|avec|que|qui|est|sont|ne|plus|moins|contre|mille"
            r"|millions?|milliards?|virgule|sans|ans?|après|avant",
        ),
    ),
    "it": (
        _Genders(
            numbers=r"1",
            feminine=r"\w*(?:a|ione|tà|tù|ice|ie|ine)|rete|variabile|fonte|gpu|classe|fase|base|parte|chiave|voce|frase|legge|notte|immagine|mano",
            masculine=r"\w*(?:problema|sistema|tema|programma|schema|diagramma|dilemma|teorema|poema|clima)|ordine|termine|campione|mil\w+one|\w+iardo",
            no_noun=r"di|del|della|a|al|e|o|per|in|con|che|si|è|su|sul|da|dal|come|più|meno|ha|non|contro|tra|fra|percento",
        ),
    ),
    "pt": (
        _Genders(
            numbers=r"\d+",
            feminine=r"\w*(?:as?|ção|ções|são|sões|dades?|gem|gens|tudes?)|redes?|variáve(?:l|is)|leis?|matriz(?:es)?|fontes?|gpus?|classes?|fases?|bases?|séries?|vez|vezes"
            r"|partes?|chaves?|frases?|vozes|voz|mãos?",
            masculine=_ROMANCE_A + r"|\w*formatos?|diagramas?|programas?|mapas?",
            no_noun=r"de|do|da|dos|das|a|ao|à|e|ou|por|em|no|na|com|para|que|se|é|são|mais|menos|mil|milhões|contra|como",
        ),
    ),
    "de": (
        _Genders(
            numbers=r"1",
            feminine=r"\w*(?:ung|heit|keit|schaft|ion|tät|ik|ur|enz|anz|ie|ei|e|in)|\w*(?:schicht|zahl|person|frage|form|art"
            r"|arbeit|zeit|karte|version|antwort|maschine|stadt|hand|gpu|cpu|matrix|api|app|ebene|liste|norm)",
            masculine=r"name|\w*punkt|\w*termin|\w*stein",
            neuter=r"ende|auge|\w*byte",
            no_noun=r"und|oder|von|bis|zu|zum|zur|in|im|auf|aus|mit|bei|für|ist|sind|war|pro|je|als|wie|Komma"
            r"|mal|Uhr|bezogen|gegen|nach|vor|bleibt|nicht|durch|hat|wird",
            plain="neuter",
        ),
    ),
    "pl": (
        _Genders(
            numbers=r"1",
            feminine=r"\w*(?:a|ość|cja|śc|dź|ć|ew)|rzecz|sieć|część|zmienna",
            masculine=r"kolega|mężczyzna|dzień|tydzień",
            neuter=r"\w*(?:nie|cie|o|ę|um)",
            no_noun=_POLISH_NO_NOUN,
        ),
        _Genders(
            numbers=r"\d*(?<!1)2",
            feminine=r"\w*(?:[cs]je|ości)|\w*(?:warstw|prób|metod|sie[cć]|minut|godzin|sekund|stron|klas|epo[ck]|wersj|baz"
            r"|cech|głow|kart|częś|osob|rzecz|tabel|funkcj|grup|par|liczb|fal|seri|skal|gałęz|bibliote|dziedzin|strategi"
            r"|hipotez|miar|macierz|architektur|ścież|faz|maszyn|sztuk|kategori|odpowiedz|zmienn|domen|kolumn|linij|książ"
            r"|sekwencj|konfiguracj|wartośc|wypowiedz|jednost|cząst|mas[ekc]|ramek|ramki|form|norm|ról|role)\w*",
            masculine=r"\w*parametr\w*|karton\w*|klast\w*|(?:wy|roz)miar\w*|format\w*|\w*test\w*",
            neuter=r"\w*(?:nia|cia|a)",
            no_noun=_POLISH_NO_NOUN,
        ),
    ),
    "ru": (
        _Genders(
            numbers=r"\d*(?<!1)1",
            feminine=r"\w*(?:а|я|ость)|(?:модел|сет|цел|рол|связ|запис|памят|мысл|реч|сложност|степен|част|област)ь",
            neuter=r"\w*(?:о|ие|ье|мя)",
            no_noun=_RUSSIAN_NO_NOUN,
        ),
        _Genders(numbers=r"\d*(?<!1)2", feminine=r"\w*(?:ы|и)", no_noun=_RUSSIAN_NO_NOUN),
    ),
}
_MEASURED = re.compile(r" ?(?![月日号和与及或比加减乘除的是为等到至至成分点、，。])[\u4e00-\u9fff]")
_NATIVE = re.compile(r" ?(?:개(?!월)|명|번(?!호)|가지|마리|대(?!의)|장|권|배|시간|살|사람|줄|곳|달(?!러)|잔|쌍)")
_YEAR = re.compile(r"1[5-9]\d\d|20\d\d")
_YEAR_BEFORE = re.compile(r"(?<!\w)(?:desde|em|en|até|hasta|entre|a[nñ]os?|ante|depuis|dal|nel) $", re.IGNORECASE)
"""Desde 2017 is a year, whatever word is next."""
_NOUN = re.compile(r"[  ]([^\W\d_]+(?:'\w+)?)")


def agreeing(number: str, behind: str, language: str, before: str = "") -> str:
    """Return the form of a whole number for what stands behind it; "" where it has no other than its own."""
    if before[-1:] in ("第", "제"):  # an ordinal
        return ""
    if language == "zh":
        return "alternate2" if number == "2" and _MEASURED.match(behind) else ""
    if language == "ko":
        return "native-attributive" if len(number) < 3 and _NATIVE.match(behind) else ""
    if _YEAR.fullmatch(number) and _YEAR_BEFORE.search(before):
        return ""
    genders = next((one for one in _GENDERS.get(language, ()) if re.fullmatch(one.numbers, number)), None)
    noun = _NOUN.match(behind)
    if not genders or not noun:
        return ""
    word = noun[1].lower()
    if re.fullmatch(genders.no_noun, noun[1]) or (language == "de" and noun[1].islower()):
        return ""
    for gender, nouns in (
        ("masculine", genders.masculine), ("neuter", genders.neuter), ("feminine", genders.feminine)
    ):  # fmt: skip
        if re.fullmatch(nouns, word):
            return gender
    return genders.plain


def elided(said: str, behind: str, language: str) -> str:
    """Return an Italian one as the noun behind wants it: un'immagine, uno strato."""
    if language == "it" and said == "una" and re.match(r" [aeiou]", behind, re.IGNORECASE):
        return "un'\u2060"
    if language == "it" and said == "un" and re.match(r" (?:s[bcdfglmnpqrtv]|z|gn|ps|x|y)", behind, re.IGNORECASE):
        return "uno"
    return said
