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
_MEASURED = re.compile(
    r" ?(?:([個个種种倍張张塊块條条台位名件天秒周週]|小[时時]|分[钟鐘]|年(?![级級度份初末底])|人(?![们們工类類]))"
    r"|[層层類类組组步項项篇歲岁刻遍輪轮回場场段句行列页頁章節节册冊本卷部只隻頭头家所座間间扇架支根把片顆颗粒滴瓶杯盒箱袋盤盘套雙双對对副批群排串堆束"
    r"代屆届期阶档元毛噸吨克斤公千百万萬亿億米厘毫微兆升字詞词幀帧卡方国國路款版道幅首者例样樣端侧側边邊半处處頓顿幕集"
    r"輛辆門门枚棵艘棟栋頂顶匹起則则筆笔股口朵封份把盞盏桌班隊队]|[美欧歐日英海][元镑鎊里尺寸]|次(?!方)"
    r"|([\u4e00-\u9fff])(?<![月日号號和与與及或比加减減乘除的是为為等到至成分点、，。维維楼樓年人])(?<!次))"
)
"""Words of measure; the first are hardly ever the next word of a sentence, and the last sign may be of any noun."""
_PREDICATE = re.compile(
    r" ?[更最也都又再就才将將会會能可应應须須不没沒未已曾正在从從被由使让讓向往于於中里裡内內外上下时時后後前有显顯"
    r"展表说說证證优優胜勝超输輸达達提降增减減较較仍均皆并並且而但却卻以其该該此这這那我你他她它们們取获獲用采採需要包引选選训訓预預]"
)
"""What goes on behind a name such as 模型2, and is counted by nobody."""
_TITLED = re.compile(
    r"(?:[图圖表式章节節步例录錄段期类類組组級级层層版案法型务務验驗題题骤驟景理]"
    r"|版本|数据集|论文|网络|系统|样本|情况|假设|参数) ?$"
)
"""What has a number behind it: 图2."""
_EACH_TITLED = re.compile(r"(?:[每各該该這这那此]|整[个個])[\u4e00-\u9fff]{1,3} ?$")
"""The same with a word that says which: 每组2句, 该任务2步."""
_NUMBERED = re.compile(
    r"(?<!\w)(?i:(\w+) )?(?i:figur[ea]?|abbildung|tab(?:la|ella?|ula|leau)|tabelle|schritt|zeile|spalte|gleichung"
    r"|phase|fase|stufe|teil|kapitel|abschnitt|anhang|modell[oe]?|versuch|typ|klasse|ebene|grupp[eo]|variante|versione?"
    r"|versión|versão"
    r"|étape|etapa|pas[os]o|l[íi]nea|linha|riga|ligne|colonne|columna|coluna|colonna|équation|ecuación|equação"
    r"|equazione|niveau|nivel|nível|livello|chapitre|cap[íi]tulo|capitolo|partie|secci[óo]n|seção|sezione|section"
    r"|annexe|anexo|algorithme|algoritmo|mod[eèé]lo?|type|tipo|class?e|groupe|grupo|stade|stadio|teorema"
    r"|théorème|lem[am]e?|rysunek|krok|etap|część|tabela|рисунок|таблица|шаг|этап|часть|глава)\.? $"
)
"""What has a number behind it, in the singular, and the word before."""
_EACH = {
    "es": re.compile(r"cada|por", re.IGNORECASE),
    "fr": re.compile(r"chaque|par", re.IGNORECASE),
    "it": re.compile(r"ogni|per", re.IGNORECASE),
    "pt": re.compile(r"cada|por", re.IGNORECASE),
    "de": re.compile(r"jede[rsnm]?|je|pro|per|zum", re.IGNORECASE),
    "pl": re.compile(r"na|za|co|każd[yąae]", re.IGNORECASE),
    "ru": re.compile(r"на|за|кажд(?:ый|ая|ую|ое|ой)", re.IGNORECASE),
}
"""Before it, these show that something is counted: je Klasse 1 Beispiel."""
_MEASURES = re.compile(
    r"p(?:unkt|unt|oint|ont)\w*|h(?:ora|eure)s?|or[ae]|stunde|minu\w+|se[cgk]\w?und\w*|godzin\w*|vez|fois|volt[ae]|mal"
    r"|d[ií]as?|jours?|giorn[oi]|tag|años?|ann[oi]|jahr|gpus?|tokens?|im[aá]gen|image|immagine|bild"
    r"|минут\w*|секунд\w*|час\w*|раза?"
)
"""What a number counts even behind a noun: le da al modelo 1 punto."""
_NAMED = {
    "es": re.compile(r"(?<!\w)(el|la|del|al|esta|este) ([^\W\d_]{3,}) $", re.IGNORECASE),
    "it": re.compile(
        r"(?<!\w)(?:(il|lo|la|(?:de|a|da|ne|su)l(?:la|lo)?|questa|questo) |(l)['’])([^\W\d_]{3,}) $", re.IGNORECASE
    ),
    "pt": re.compile(r"(?<!\w)(o|a|do|da|no|na|ao|à|esta|este) ([^\W\d_]{3,}) $", re.IGNORECASE),
    "fr": re.compile(r"(?<!\w)(?:(le|la|du|au|cette|ce) |(l)['’])([^\W\d_]{3,}) $", re.IGNORECASE),
}
"""A noun with its article in the singular."""
_ADVERBIAL = re.compile(
    r"men[ou]s|moins|m[aá]s|mais|plus|più|meno|m[aá](?:x|ss)imo|m[ií]n(?:im)?[ou]m?|minimo|maximum|totale?|finale?"
    r"|fin|fim|fine|inicio|início|inizio|d[ée]but|départ|começo|comienzo|principio|princípio|tod[oa]|cada|resto|reste"
    r"|contrar?io|contrário|contraire|entanto|verdade|verdad|vérité|realidade?|realtà|pr[áa]ctica|prática|pratica|pratique"
    r"|actualidad|mayoría|maioria|plupart|media|média|moyenne|vez|lado|vivo|momento|moment|solito|parecer|mieux|que"
    r"|cual|qual|quale|quel(?:le)?"
)
"""What makes an adverb with an article: al menos 1 capa, au total 21 tâches."""
_TIMES = re.compile(
    r"an(?:n[oé]e?)?|años?|ano|m[eê]s|mese|mois|semana|settimana|semaine|d[ií]a|giorno|jour(?:née)?|hora|ora|heure"
    r"|minut[eo]|seco?nd[eo]|segundo|s[eé]c(?:olo|ulo)|siglo|siècle|trimestre|no[ct]h?te|noite|nuit|tarde|sera|soir"
    r"|mañana|manhã|mattin[ao]|matin"
)
"""The same with more than a bare article: este año 21 personas, unlike el día 21."""
_BARE = frozenset(["el", "la", "del", "il", "lo", "della", "dello", "le", "l", "du", "o", "a", "do", "da"])
_INFINITIVES = {
    "es": re.compile(r"\w+[aeií]r(?:se|l[aeo]s?)?"),
    "pt": re.compile(r"\w+[aei]r"),
    "it": re.compile(r"\w+(?:are|ere|ire|rre)"),
}
"""What stands behind al, ao and nel: al usar 1 capa."""
_DETERMINED = {
    "es": re.compile(r"(?<!\w)(?:((?:l|un|est|es|otr|nuestr)as)|(?:l|un|est|es|otr|nuestr)os) $", re.IGNORECASE),
    "pt": re.compile(
        r"(?<!\w)(?:((?:|d|n|um|est|ess|outr|noss)as|às)|(?:|d|n|um|est|ess|outr|noss)os|aos) $", re.IGNORECASE
    ),
}
"""Articles in the plural: the first group is feminine."""
_FUNCTIONAL = re.compile(
    r"[ldn]?[aeo]s|às|un[oa]s|um[ao]s|mas|apenas|[nv]os|nous|vous|(?:est|es|ess|aquel|tod|amb|su)[aeo]s|seus|sus|[clmst]es"
    r"|\w+[aei]mos"
)
"""Plurals that no number counts: in the singular they begin another part of the sentence; and verbs of we."""
_PLURALS = {"fr": r"\w+[sx]", "es": r"\w+s", "pt": r"\w+s", "it": r"\w+i|token", "de": r"[A-ZÄÖÜ]\w+"}
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
        return "alternate2" if number == "2" and _is_counted(before, behind) else ""
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
    if _is_numbered(number, word, before, language):
        return ""
    determined = _DETERMINED.get(language)
    if determined and (article := determined.search(before)):
        return "feminine" if article[1] else "masculine"
    for gender, nouns in (
        ("masculine", genders.masculine), ("neuter", genders.neuter), ("feminine", genders.feminine)
    ):  # fmt: skip
        if re.fullmatch(nouns, word):
            return gender
    return genders.plain


def _is_counted(before: str, behind: str) -> bool:
    """Tell whether a Chinese two counts: 2张图, and no 图2展示."""
    measured = _MEASURED.match(behind)
    if not measured or measured[1]:
        return measured is not None
    if measured[2] and (_PREDICATE.match(behind) or re.search("[A-Za-z][ -]?$", before)):
        return False
    return not _TITLED.search(before) or _EACH_TITLED.search(before) is not None


def _is_numbered(number: str, word: str, before: str, language: str) -> bool:
    """Tell whether a number is of the thing before it, and does not count the word behind: Tabelle 1, la figura 1."""
    many = number != "1" and counts_many(word, language) and not _FUNCTIONAL.fullmatch(word)
    if many or _MEASURES.fullmatch(word):
        return False
    if numbered := _NUMBERED.search(before):
        return not (numbered[1] and language in _EACH and _EACH[language].fullmatch(numbered[1]))
    named = _NAMED[language].search(before) if language in _NAMED and len(number) < 3 else None
    if not named:
        return False
    article, noun = (part.lower() for part in named.groups() if part)
    infinitive = _INFINITIVES.get(language)
    if infinitive and article in ("al", "ao", "nel", "dal", "del") and infinitive.fullmatch(noun):
        return False
    if number != "1" and word[-1] in "aeionm":  # del total 21 eran niñas
        return True
    return not (_ADVERBIAL.fullmatch(noun) or (article not in _BARE and _TIMES.fullmatch(noun)))


def is_noun(word: str, language: str) -> bool:
    """Tell whether a word behind a number may be what is counted."""
    return not any(re.fullmatch(one.no_noun, word) for one in _GENDERS.get(language, ()))


def counts_many(word: str, language: str) -> bool:
    """Tell whether a word behind a number is a noun in the plural, by its ending."""
    plural = _PLURALS.get(language)
    return bool(plural and re.fullmatch(plural, word)) and is_noun(word, language)


def elided(said: str, behind: str, language: str) -> str:
    """Return an Italian one as the noun behind wants it: un'immagine, uno strato."""
    if language == "it" and said == "una" and re.match(r" [aeiou]", behind, re.IGNORECASE):
        return "un'\u2060"
    if language == "it" and said == "un" and re.match(r" (?:s[bcdfglmnpqrtv]|z|gn|ps|x|y)", behind, re.IGNORECASE):
        return "uno"
    return said
