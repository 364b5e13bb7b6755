"""Sorting a document's sentences by what they tell: by cue words and section, or by their order in an abstract."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from podcast.show.schema import Document
from podcast.writers import quoting, ties
from podcast.writers.persons import ADVERB, as_several
from podcast.writers.standing import announces, leans


@dataclass(frozen=True)
class Shelf:
    """A kind of statement: the words that give it away, and the sections it usually stands in."""

    field: str
    cues: re.Pattern[str]
    sections: re.Pattern[str]
    place: tuple[float, float]
    """Where in the text it usually stands, from 0 to 1."""
    but: re.Pattern[str] | None = None
    """The phrases in which those words tell something else."""

    def told(self, sentence: str) -> int:
        """Return how many of the words that give it away are in the sentence."""
        return len(self.cues.findall(self.but.sub("", sentence) if self.but else sentence))


def _words(text: str) -> re.Pattern[str]:
    return re.compile(rf"\b(?:{text})", re.IGNORECASE)


SHELVES = (
    Shelf(
        "motivation",
        _words(r"however|problem|hard\b|suffer|struggl|difficult|lack|bottleneck|challeng|fail|scarc|expensive|costly"
               r"|limited by|remains? (?:un|under)|yet\b|existing (?:methods|work|approaches|models)|despite"),
        _words("introduction|background|motivation|related"), (0.0, 0.35),
    ),
    Shelf(
        "idea",
        _words(r"key idea|idea is|propos|introduc|we present|this paper presents|in this (?:work|paper)|novel\b|insight"
               r"|instead of|reformulat|new (?:method|framework|paradigm|approach|way)"),
        _words("abstract|introduction|idea|overview"), (0.1, 0.5),
    ),
    Shelf(
        "method.architecture",
        _words(r"layers?\b|network\b|encoder|decoder|attention|architecture|residual|block|module|embedding|loss"
               r"|objective"
               r"|consists? of|combines?|composed|equation"),
        _words("method|model|architecture|approach|framework|formulation|process"), (0.2, 0.6),
    ),
    Shelf(
        "method.pipeline",
        _words(r"first\b|then\b|stage|step|pipeline|train(?:s|ed|ing)?\b|sampl|learn|optimi[sz]|fine-tun|generat"
               r"|predict|strategy"),
        _words("method|training|algorithm|sampling|procedure|implementation"), (0.3, 0.7),
    ),
    Shelf(
        "method.cost",
        _words(r"GPUs?\b|TPU|hours?\b|days on|parameters|FLOPs|memory|training cost|compute|speed-?up|faster|cheaper"),
        _words("training|implementation|efficiency|cost|setup"), (0.4, 0.8),
    ),
    Shelf(
        "experiments.datasets",
        _words(r"data ?sets?\b|corpus|benchmark|images from|sentence pairs|annotated|trained on|evaluated on|test set"),
        _words("data|experiment|setup|training|evaluation"), (0.4, 0.9),
    ),
    Shelf(
        "experiments.results",
        _words(r"achiev|outperform|reach|improv|state[- ]of[- ]the[- ]art|surpass|scores?\b|accura|error|gains?\b"
               r"|better than|wins?\b|results?\b|show(?:s|n)? that|demonstrate|\d+(?:\.\d+)? ?%"),
        _words("result|experiment|evaluation|analysis"), (0.6, 1.0),
    ),
    Shelf(
        "experiments.ablations",
        _words(r"ablat|without\b|removing|reducing|varying|single head|replac|when .* is (?:removed|dropped)"),
        _words("ablation|analysis"), (0.6, 0.95),
    ),
    Shelf(
        "experiments.limitations",
        _words(r"limitation|limited to\b|confined to|does not|do not|cannot|drawback|weakness|fall(?:s"
               r"|ing)? short|not yet"
               r"|(?:no|little) (?:\w+ )?(?:gains?|improvements?|benefits?|advantages?)\b"
               r"|only (?:on|for|in|when)\b|trails?\b|still lags?|lags? behind|at the cost of|degrades?\b"
               r"|under our (?:\w+ ){0,2}?(?:assumptions?|settings?|budget|constraints?)|up to now"
               r"|remains? (?:a |an |open|unclear|hard|challenging|difficult|limited|far|unsolved|to be)"
               r"|we leave\b|proof of concept"
               r"|(?:is|are|was|were) not (?:\w+ )?(?:covered|considered|included|studied|tested)\b"),
        _words("limitation|discussion"), (0.8, 1.0),
        _words(r"(?:address|overc[oa]m|mitigat|tackl|alleviat|resolv|solv|eliminat|remov|circumvent|avoid|bypass|lift"
               r"|without|despite|beyond|free)\w*(?: [\w'-]+){0,3}? (?:limitation|drawback|weakness)\w*"
               r"|(?:limitation|drawback|weakness)\w* (?:of|in) (?:existing|prior|previous|current|earlier)\b"
               r"|(?:limitation|drawback|weakness)\w* (?:is|are) (?:\w+ly )?(?:addressed|overcome|mitigated|resolved)"
               r"|(?:not|no longer|without being) (?:limited to|confined to|at the cost of)"
               r"|do(?:es)? not (?:\w+ly )?(?:require|need|rely|depend|suffer|compromise|sacrifice|degrade|hurt|harm)"
               r"|(?:if|unless|when)\b[^,.;]{1,40}? (?:do(?:es)? not|cannot)\b"
               r"|never degrades?|degrades? (?:only |more )?(?:gracefully|slightly|slowly|little|marginally|less)"),
    ),
    Shelf(
        "future_work",
        _words(r"future work|plan to|hope to|next step|could be extended|leave .* to|open question"),
        _words("future|conclusion"), (0.85, 1.0),
    ),
)  # fmt: skip


PROPOSES = next(shelf.cues for shelf in SHELVES if shelf.field == "idea")
"""The words of the sentence that says what a paper does."""


_ITSELF = rf"(?:we|this (?:\w+ )?{ties.ITSELF}|the (?:paper|authors))\b"
_OF_ITSELF = rf"\b{_ITSELF}(?:,? [a-z]+){{0,3}}? "
PRESENTS = (
    re.compile(
        rf"{_OF_ITSELF}(?:propos|introduc|present|develop|releas)"
        r"|\bthis position(?: paper)? (?:\w+ly )?(?:argu|advocat)",
        re.IGNORECASE,
    ),
    re.compile(
        rf"{_OF_ITSELF}(?:collect|build|construct|curat|creat|design|formulat|stud[yi]|investigat|explor|identif|examin"
        r"|unveil|tackle|argu|devis|compar|measur|quantif|repeat|revisit|survey|review|prob(?:e|ing)\b"
        r"|describ|offer|provid|train|propound|show|demonstrat|find|present)",
        re.IGNORECASE,
    ),
    re.compile(rf"{_OF_ITSELF}[a-z]+s?\b", re.IGNORECASE),
)
"""How a paper says of itself what it does, the plainest first: not of what others proposed, nor of noise that is
introduced."""


_FOUND = re.compile(
    r"\b(?<!to )(?:experiment\w*|results?|findings?|conclusions?|(?:estimate|answer) is|(?:doubl|halv|tripl)(?:es|ed)"
    r"|tops|stands? out"
    r"|ablation studies|ablations?(?= (?:\w+ly |further |also )?(?:show|reveal|confirm|indicate|finds?)\b)"
    r"|evaluations?(?! (?:data|protocol|suite|corpus|framework|metric))|empirical\w*"
    r"|outperform\w*|surpass\w*|achiev\w*|improv(?:es|ed|ing|ement)"
    r"|(?<!can )(?<!and )(?:improve|reduce|fail|fall|rise|agree)(?= )"
    r"|(?:show|demonstrat|prov|confirm)\w* that|yields?|sets? a new|lower(?:s|ing)|evaluated on|matching|matches|cuts?"
    r"|generali[sz]es|consistent with|(?:fewer|higher|better|stronger|lower)|leads? on"
    r"|maintain(?:s|ing) (?:strong|comparable|high)"
    r"|exceed\w*|gains|reach(?:es|ed)|scor(?:es|ed|ing)|state[- ]of[- ]the[- ]art|accuracy|beats?|reduc(?:es|ed|ing)"
    r"|compared (?:to|with)|we (?:find|found|observe|show|prove|conclude|trace|attribute)|reveals?|wins"
    r"|faster|on par|comparable|competitive|drops?)\b"
    r"|\b(?:twice|(?:two|three|four|five|six|seven|eight|nine|ten) times) as\b"
    r"|\b(?:reach|rise|rose|fall|fell|drop|increase|decrease|climb|grow|grew|shrink|shrank|remain|correlate|account|err)s?"
    r" (?:[\w-]+ ){0,5}?(?:(?:to|by|from|at|in|for|below|above|about) )?\d"
    r"|\d+(?:\.\d+)? ?(?:%|percent|points?|×|x\b|times)|\b\d+(?:/| of (?:the |all )?)\d+"
    r"|(?:is|are|was|were) \w{3,}est\b"
    r"|^(?:half|most|(?:a|one|two|three) (?:third|quarter|fifth|tenth)s?) of (?:the|these|all|its|our)\b"
    r"|\b(?:across|all) \d+ \w*models\b",
    re.IGNORECASE,
)  # fmt: skip
_THEY_DO = re.compile(
    rf"\b{_ITSELF}(?:,? (?:{ADVERB}|in turn))*,? (?:improve|reduce|fail|fall|rise|agree) ", re.IGNORECASE
)
"""What authors do to something, and have not found yet."""


def _outcomes(sentence: str) -> int:
    """Return how many words tell that something came out."""
    return len(_FOUND.findall(_THEY_DO.sub("", sentence)))


_RUNS = re.compile(
    r"\bwe (?:\w+ly |also |then |further )?(?:run|conduct|evaluate|test|perform)\b"
    r"|^(?:the )?evaluation (?:follows|uses|spans)\b",
    re.IGNORECASE,
)
"""What authors do to find something: nothing is found yet."""
_CAME_OUT = re.compile(
    r"\b(?<!to )(?:show|demonstrat|find|found|observ|reveal|confirm|suggest|indicat|outperform|surpass|achiev"
    r"|improv|reach|exceed|yield|beat|reduc|establish|prov|validat|verif|highlight|expos|uncover)\w*"
    r"|\d ?%|\d\.\d|superior|effectiveness",
    re.IGNORECASE,
)
_WORKS = re.compile(
    r"\bwe (?:\w+ly )?(?:deploy|use|apply|generate|create|combine|collect|define|set)\b"
    r"|\b(?:contains?|loss(?= (?:function|term|that|which|with)s?\b)|pipeline|modules?)\b"
    r"|\b(?:is|are|was|were) (?:\w+ly )?(?:generated|collected|computed|annotated|sampled|trained|applied|used)\b"
    r"|^(?:the|our|its) (?:proofs?|arguments?|analysis|construction) (?:is|uses|rests|relies|builds|combines|follows"
    r"|goes)\b"
    r"|^(?:(?!(?:when|if|that|because|while|whether|where)\b)[\w'’-]+ ){1,6}?(?:uses"
    r"|is an? (?!(?:key|main|major|strong|reliable|good|poor|better|matter|bottleneck|driver|cause|predictor)\b)\w+"
    r"|(?:is|are) (?!(?:explained|caused|limited|correlated|associated|dominated|driven|matched)\b)\w+(?:ed|en) "
    r"(?:before|by|with|using))\b",
    re.IGNORECASE,
)
"""How it is made, wherever that stands."""
_OUTLINES = re.compile(
    r"^(?:[^,]{0,40}, )?(?:we|it|(?:the|this) (?:paper|work|study|survey|report|article|authors?))"
    r"(?: (?:\w+ly|also|then|further))* (?:summari[sz]e|discuss|outline|review|survey)(?:e?s)?\b"
    r"(?!.*(?:\b(?:find|found|show|reveal|observe|conclude)|\d ?%))",
    re.IGNORECASE,
)
"""What tells of the paper's parts, and finds nothing."""
_MAKES = re.compile(
    r"\b(?:propos|introduc|design|develop|construct|releas|leverag|incorporat|implement|adopt|employ|build|built|consists?\b|compris"
    r"|framework|module|(?<!-)train(?:s|ing)?\b"
    r"|(?:is|are|was|were|be|been|we|and|then|jointly) trained\b"
    r"|stages?\b|curat|distil(?:l|ls)\b|instead of\b|first\b(?! (?:two|three|four|five|six|\d+)\b)"
    r"|(?:,|and|we|is|are) then\b|by (?:\w+ly )?\w+ing\b)",
    re.IGNORECASE,
)
_OTHERS = re.compile(
    r"\b(?:existing|prior|previous|current|conventional|traditional|recent|many|most) (?:\w+ )?"
    r"(?:\w+s|work|research)\b",
    re.IGNORECASE,
)
_OF_OTHERS = re.compile(
    r"^(?:(?:However|Yet|While|Although|Though|Unfortunately),? )?(?:the )?(?:existing|prior|previous|current"
    r"|conventional|traditional|earlier) (?:[\w-]+ ){0,3}?(?:work|research|practice|literature|approach"
    r"|\w+s(?! (?:an?|the|its|their|how|whether)\b))\b"
    r"|^(?:While|Although|Though)\b.*\b(?:suffer|struggle)s?\b"
    r"|\b(?:typically|often|usually)\b.*\b(?:suffer|struggle|fail|lack)s?\b",
    re.IGNORECASE,
)
"""Where others are the subject, and where what they do well is granted before what they do not."""


_NAMED = re.compile(
    r"\b[Ww]e (?:[a-z]+ ){0,2}?(?:propose|introduce|present|develop|release|build|design|construct|call it|collect)"
    r"(?: (?:an?|the|our|it|new|novel))*(?: [a-z-]+){0,6}?,? (?:called |named |dubbed |termed |i\.e\.,? )?"
    r"\*{0,2}([A-Z][\w.-]*[A-Z0-9][\w.+-]*|[A-Z][a-z]+[A-Z]\w*)"
)
"""Where authors name what they made, by a word with more capitals than one."""


_OURS_NAMED = re.compile(
    r"\b[Oo]ur (?:[a-z-]+ ){0,2}[a-z-]+,? (?:called |named )?([A-Z][\w.-]*[A-Z0-9][\w.+-]*|[A-Z][a-z]+[A-Z]\w*)"
    r", (?=[a-z])"
)
"""Our model, WaitNet, waits."""


def system(title: str, sentences: Sequence[str] = ()) -> str:
    """Return the name of the system: of a title, "HuMo: Human-Centric …", where the sentences have it, or what they
    present and did not speak of before; "" where there is none.

    >>> system("Learning to Wait", ["We propose WaitNet, a network.", "WaitNet waits."])
    'WaitNet'
    """
    head, colon, _ = title.replace("Technical Report", ":").partition(":")
    name = head.strip() if colon else ""
    named = not sentences or any(name in sentence for sentence in sentences)  # else it is what the title plays with
    short = name and len(name.split()) <= 3
    if short and named and not re.fullmatch(rf"(?:an? )?{ties.ITSELF}", name, re.IGNORECASE):
        return name
    for place, sentence in enumerate(sentences):
        told = as_several(sentence)
        found = _NAMED.search(told) or _OURS_NAMED.search(told)
        if found and not any(found[1] in earlier for earlier in sentences[:place]):  # that would be another's
            return found[1].rstrip(".")
    return ""


_SYSTEM_IS = (
    r"^(?:[^,]{{0,60}}, )?{name}(?: \([^)]*\))?,? (?:is|are|consists|comprises|combines|uses|studies|introduces"
    r"|presents|turns|treats|learns|reframes|formulates|decomposes|replaces|unifies|an?)\b"
)
_SYSTEM_DOES = r"^(?:[^,]{{0,60}}, )?{name}(?: \([^)]*\))?,? (?:\w+ly |instead |then |also )?(?:is|has|\w+[^s\W]s)\b"
_NO_DEED = re.compile(
    rf"\b{_ITSELF}(?:,? (?:{ADVERB}|in turn|do))*?,? (?:need|can|must|may|might|could|should"
    r"|have to|know|see|live|hope|believe|expect|envision|anticipat"
    r"|find|found|show|demonstrat|observ|argue|advise|recommend|caution|warn|call|term|refer|disclos|are|were"
    r"|report(?!s? (?:on|an?|the|\d[\d,]*) (?!.*(?:\d ?%|\d\.\d))))",
    re.IGNORECASE,
)
"""What is no deed of the authors, or tells what came of one."""
_ONE_MORE = re.compile(
    r"^(?:Initially|First|Firstly|Furthermore|Additionally|Moreover|Also|Finally|Lastly|Besides|In addition|Next|Then"
    r"|Second|Third|Following|Beyond|To (?:validate|evaluate|support|benchmark|assess|verify|probe|facilitate))\b"
    r"|\bwe (?:also|further|furthermore|additionally|then|next|finally)\b|\b(?:what|which) we (?:call|term)\b",
    re.IGNORECASE,
)
"""What a paper does besides."""


def _of_system(pattern: str, name: str) -> re.Pattern[str] | None:
    """Return what finds that the system of that name is the subject; None where there is no name."""
    return re.compile(pattern.format(name=re.escape(name)), re.IGNORECASE) if name else None


def proposal(document: Document, usable: Sequence[int], name: str = "") -> int:
    """Return the sentence that says what the paper does: by its verb, with the system's `name` where there is one, and
    early rather than late; neither one more thing, nor what came of it."""
    sentences = tuple(map(as_several, document.sentences()))
    begins = usable[: max(12, len(usable) // 4)]
    itself = _of_system(_SYSTEM_IS, name)
    acts = _of_system(_SYSTEM_DOES, name)

    def worth(number: int, place: float) -> float:
        text = ties.plain(sentences[number - 1])
        if _GIVES_AWAY.search(text):
            return 0.0
        known = bool(name) and name.lower() in text.lower()
        if any(pattern.search(text) for pattern in PRESENTS[:2]):
            strength = 3.0 if PRESENTS[0].search(text) else 1.0 if _NO_DEED.search(text) else 2.2
        elif known and itself and itself.search(text):
            strength = 2.2
        elif known and acts and acts.search(text) and _outcomes(text) == 0:
            strength = 1.4
        elif _FINDS.search(text):
            strength = 1.0
        elif PRESENTS[2].search(text) and not _NO_DEED.search(text):
            strength = 1.2
        else:
            return 0.0
        too_long = len(quoting.said(text).split()) > quoting.MOST_WORDS
        return (
            strength + 1.5 * known + 2.0 * (not leans(text)) + 1.5 * (1 - place)
            - 2.0 * bool(_ONE_MORE.search(text)) - 1.0 * too_long
        )  # fmt: skip

    scores = {number: worth(number, place / len(begins)) for place, number in enumerate(begins)}
    hangs = {
        number for number in begins if leans(sentences[number - 1]) and _hanging(number, sentences, frozenset(usable))
    }
    best = max(scores, key=lambda number: (scores[number] > 0 and number not in hangs, scores[number], -number))
    if scores[best] > 0:
        return best
    alone = [n for n in begins if not leans(sentences[n - 1])] or begins
    named = [n for n in alone if name and name.lower() in sentences[n - 1].lower()]
    return next(iter(named), None) or next(
        (n for cues in (PROPOSES, _FOUND) for n in alone if cues.search(sentences[n - 1])), alone[0]
    )


def _hanging(number: int, sentences: Sequence[str], usable: frozenset[int]) -> bool:
    """Tell whether what the sentence leans on cannot be said."""
    while leans(sentences[number - 1]):
        number -= 1
        if number not in usable:
            return True
    return False


def by_cues(document: Document, usable: Sequence[int], tldr: int, name: str = "") -> dict[str, list[int]]:
    """Return each shelf's sentences, the most telling first; every sentence stands on one shelf at most."""
    sentences = tuple(map(as_several, document.sentences()))
    scores: list[tuple[float, int, str]] = []
    for rank, number in enumerate(usable):
        sentence, section = sentences[number - 1], document.section_of(number)
        position = rank / max(1, len(usable) - 1)
        theirs = _THEIR_OWN.search(sentence) or (name and name in sentence)
        others = not theirs and bool(_RELATED.search(section) or _ET_AL.search(sentence))
        for shelf in SHELVES:
            if others and shelf.field != "motivation":
                continue  # what somebody else did
            score = min(3, shelf.told(sentence)) * 1.0
            if not score:
                continue  # a section alone makes no statement of it
            score += 1.5 * bool(shelf.sections.search(section))
            score += 0.5 * (shelf.place[0] <= position <= shelf.place[1])
            score += 0.5 * (shelf.field == "experiments.results" and bool(re.search(r"\d", sentence)))
            score += 0.7 * (section.lower() == "abstract")  # written to be read alone
            if score > 1.4:
                scores.append((score, number, shelf.field))
    shelves: dict[str, list[int]] = {shelf.field: [] for shelf in SHELVES}
    placed: set[int] = set()
    for _, number, field in sorted(scores, key=lambda entry: (-entry[0], entry[1])):
        if number not in placed:
            placed.add(number)
            shelves[field].append(number)
    shelves["experiments.results"].sort(key=lambda n: -_telling(sentences[n - 1]))
    return shelves


_HOPES = re.compile(
    r"\b(?:we|the authors) (?:\w+ly |therefore |also )?(?:hope|believe|expect|anticipate|envision|recommend|advise|urge"
    r"|suggest that|caution|call (?:on|for))"
    r"|^(?:our|these) (?:findings|results) call for\b"
    r"|\b(?:pav(?:es|ing) the way|broaden the opportunities|offers? (?:\w+ )?insights"
    r"|(?:has|have|holds?) (?:broad |great )?(?:implications|promise|potential)"
    r"|opens? (?:up )?(?:new |a new |the )?(?:avenues?|doors?|paths?|directions?|possibilit\w+)"
    r"|(?:highlight|underscor|point|mark|suggest|indicat)\w* (?:\w+ ){0,3}?"
    r"(?:potential|promise|paths?|directions?|step|value|importance|need|foundation)\b)",
    re.IGNORECASE,
)
"""What the authors make of it."""
_GIVES_AWAY = re.compile(
    r"\b(?:(?:open-?sourc|releas)\w* (?:[\w,-]+ ){0,6}?(?:code|codebase|weights|checkpoints|implementation|logs"
    r"|prompts|scripts)\b"
    r"|(?:is|are|will be) (?:\w+ ){0,2}(?:available|released|accessible|open[- ]?sourced?)\b"
    r"|\b(?:we|the authors) (?:\w+ly )?make\b.* available\b"
    r"|can be (?:\w+ )?(?:browsed|downloaded|accessed|viewed|found (?:at|on|under))\b"
    r"|(?:we|the authors) (?:will|plan to) (?:\w+ ){0,2}?(?:release|open-?source|publish|share)\b)",
    re.IGNORECASE,
)
"""Where it can be had: the notes have the links."""
_INTRODUCES = re.compile(
    r"\bwe (?:\w+ly )?(?:propose|introduce|design|devise|build|construct|develop)\b(?!.*\d ?%)", re.IGNORECASE
)
"""What serves to achieve something has not achieved it yet."""
_FINDS = re.compile(
    r"\bwe (?:\w+ly |also |further )?(?:find|found|observe|discover"
    r"|identify(?! (?:[\w-]+ ){0,4}?(?:gap|challenge|limitation|problem|need|lack|opportunit|bottleneck|issue)))\b"
    r"(?!.*\b(?:propos|introduc|present|develop|design|under-?explored|overlooked))",
    re.IGNORECASE,
)
"""What they say that they found, before what they propose, is a result, whatever they did for it."""
_THEIR_OWN = re.compile(r"\b(?:we|our|this (?:paper|work|study|report)|the (?:paper|authors))\b", re.IGNORECASE)


_RELATED = re.compile(
    r"(?:^|: )(?:[\d.]+ )?(?:(?:background (?:and|&) )?(?:related|prior|previous) (?:work|research|studies|literature)"
    r"|literature review)",
    re.IGNORECASE,
)
"""The sections about what others did."""
_ET_AL = re.compile(r"^[^,.;:]{0,60}\bet al\b")


_BUILDS = re.compile(
    rf"(?:{_OF_ITSELF}|\band (?:\w+ly )?)(?:propos|introduc|develop|design|devis|build|built|construct|creat|releas"
    r"|train|fine-tun|curat|implement|put forward|rewrit|rewrot|redesign|modif|adapt|replac|extend)"
    rf"|\bposition(?: paper)? (?:\w+ly )?(?:argu|advocat)|{_OF_ITSELF}(?:argu|advocat)",
    re.IGNORECASE,
)
"""What a paper says that makes something, or argues for it, and does not only study it."""
_ORDINALS = ("first", "second", "third", "fourth", "fifth", "sixth")
_ITEM = re.compile(rf"^(?:The )?({'|'.join(_ORDINALS)}|last|final)(?:ly)?(?:, | (?:is|are|concerns) )", re.IGNORECASE)
"""How an item of a list that stands in sentences begins."""
_SEVERAL = re.compile(r"\b(?:two|three|four|five|six|several)\b", re.IGNORECASE)
_WOULD = re.compile(r"\b(?:would|should|ought to)\b")
"""What is not so yet."""
_ANYBODY = re.compile(
    rf"\b{_ITSELF} (?:\w+ly |often )?(?:need|can|must|may|might|could|should|have to|know|see|live|are|were)\b",
    re.IGNORECASE,
)
"""Where the authors do nothing yet."""


def by_order(document: Document, usable: Sequence[int], tldr: int, name: str = "") -> dict[str, list[int]]:
    """Sort an abstract, which has no sections but an order: problem, what is proposed, idea, method, results.

    What the authors do or find before they say what they propose is no problem, nor is what comes of it, nor what the
    system of that `name` does; what others do not manage is one wherever it stands, and what the authors hope for is no
    result. Where nothing is built, what is not told of the authors is what they found. An item of a list, and what is
    set against a result, stands where that does.
    """
    sentences = tuple(map(as_several, document.sentences()))
    acts = _of_system(_SYSTEM_DOES, name)
    kinds = {shelf.field: shelf for shelf in SHELVES}
    shelves: dict[str, list[int]] = {field: [] for field in (*kinds, "implication")}
    after = [n for n in usable if n > tldr]
    proposes = sentences[tldr - 1]
    builds = bool(name) or bool(_BUILDS.search(proposes))
    begun, before, listed, place = False, "", "", 0
    outlined: list[int] = []
    for number in usable:
        sentence = sentences[number - 1]
        late = number > tldr and (after.index(number) >= len(after) / 2 or number == after[-1])
        makes, finds = len(_MAKES.findall(sentence)), _outcomes(sentence)
        outlines, came = bool(_OUTLINES.search(sentence)), bool(_CAME_OUT.search(sentence))
        works = bool(_WORKS.search(sentence)) and not came
        finds = 0 if outlines else finds
        own, does = bool(_THEIR_OWN.search(sentence)), bool(acts and acts.search(sentence))
        named = own or bool(name and name in sentence)
        results = any(n > tldr for n in shelves["experiments.results"])
        of_others = bool(_OF_OTHERS.search(sentence))
        if _GIVES_AWAY.search(sentence):
            continue
        item = _place(sentence, place)
        if listed and item == place + 1 and (listed == "experiments.results" or not measured(sentence)):
            field = listed
        elif number < tldr:
            found = _FINDS.search(sentence) or (finds > makes and (own or re.search(r"\d", sentence)))
            if own or does:
                field = "experiments.results" if found else "idea"
            else:
                field = "experiments.results" if begun and came and not of_others else "motivation"
        elif of_others and not named and finds < 2 and not (finds and results):
            field = "motivation"
        elif kinds["future_work"].told(sentence):
            field = "future_work"
        elif outlines and late:
            outlined.append(number)
            continue
        elif _HOPES.search(sentence) and late and finds < 2:
            field = "implication"
        elif kinds["experiments.limitations"].told(sentence) and not _OTHERS.search(sentence) and late:
            field = "experiments.limitations"
        elif _RUNS.search(sentence) and not makes and not came:
            field = "experiments.datasets"
        elif ((finds > makes or (finds and late and not works)) and not _INTRODUCES.search(sentence)) or (
            (not builds or (results and late))
            and not (makes or works or outlines or _WOULD.search(sentence) or (not builds and own))
        ):
            field = "experiments.results"
        elif before == "experiments.results" and ties.contrasts(sentence) and not (makes or works or outlines):
            field = before
        else:
            field = "method.pipeline" if shelves["idea"] else "idea"
        shelves[field].append(number)
        begun = begun or (bool(PRESENTS[2].search(sentence)) and not _ANYBODY.search(sentence))
        following = sentences[number] if number < len(sentences) else ""
        if item:
            listed, place = field, item
        elif announces(sentence) or (_SEVERAL.search(sentence) and _place(following, 0) == 1):
            listed, place = field, 0
        before = field
    shelves["implication"] += outlined  # what they make of it goes before what they go through
    shelves["experiments.results"].sort(key=lambda n: -_telling(sentences[n - 1]))
    return shelves


_MEASURED = re.compile(
    r"\d ?(?:%|percent\b|points?\b|×|x\b|times\b)|\d\.\d|\bfrom \S+ to \S*\d|\b\d+(?:/| of (?:the |all )?)\d+"
    r"|\b(?<!to )(?:outperform|surpass|exceed|beat)\w*|\bcompared (?:to|with)\b"
    r"|\b(?:fewer|higher|better|stronger|lower|faster|worse|more \w+|less) than\b|\b(?:twice|times) as\b|\bon par\b"
    r"|\bstate[- ]of[- ]the[- ]art (?:results?|performance|accuracy|scores?)\b",
    re.IGNORECASE,
)


def measured(sentence: str) -> bool:
    """Tell whether something came out by a figure, or in comparison."""
    return bool(_MEASURED.search(sentence))


def _place(sentence: str, before: int) -> int:
    """Return which item of a list the sentence is, from 1; a last one is next to the item before, and 0 is none."""
    spot = _ITEM.search(sentence)
    if not spot:
        return 0
    word = spot[1].lower()
    return _ORDINALS.index(word) + 1 if word in _ORDINALS else before + 1


def _telling(sentence: str) -> int:
    """Return how much a result says: a figure, and what it is compared to."""
    return 2 * bool(re.search(r"\d", sentence)) + min(3, _outcomes(sentence))
