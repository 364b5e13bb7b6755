"""What a section's title says of it: that it is the paper's own text, a form, or what stands behind the paper.

Papers name their own sections alike: where a title alone does not tell, its place and its text do.
"""

import itertools
import re
from collections.abc import Sequence
from types import MappingProxyType

TONGUES = MappingProxyType({
    "abstract": "Zusammenfassung|Kurzfassung|Résumé|Resumen|Sommario|Riassunto|Resumo|Samenvatting|Streszczenie|Özet|"
    "摘要|概要|要旨|초록|요약|Аннотация|الملخص|ملخص|सारांश",
    "text": "Einleitung|Einführung|Methoden?|Methodik|Ergebnisse|Diskussion|Méthodes?|Méthodologie|Résultats|"
    "Introducción|Métodos?|Metodología|Resultados|Discusión|Introduzione|Metod[oi]|Metodologia|Risultati|Discussione|"
    "Introdução|Metodologia|Discussão|Inleiding|Methoden?|Resultaten|Discussie|Wstęp|Wprowadzenie|Metody|Wyniki|"
    "Dyskusja|Giriş|Yöntem|Bulgular|Tartışma|はじめに|序論|手法|方法|結果|考察|引言|结果|结论与讨论|讨论|서론|방법|"
    "결과|논의|Введение|Методы?|Результаты|Обсуждение|مقدمة|المقدمة|النتائج|परिचय|प्रस्तावना|परिणाम",
    "conclusion": "Fazit|Schluss|Schlussfolgerung(?:en)?|Zusammenfassung und Ausblick|Ausblick|Conclusions? et .+|"
    "Conclusiones|Conclusion[ei]|Conclus(?:ão|ões)|Considerações finais|Conclusies?|Wnioski|Podsumowanie|Sonuç(?:lar)?|"
    "結論|おわりに|まとめ|结论|結語|总结|결론|Заключение|Выводы|الخاتمة|خاتمة|الاستنتاجات|निष्कर्ष",
    "references": "Literatur(?:verzeichnis)?|Quellen(?:verzeichnis)?|Références(?: bibliographiques)?|Bibliographie|"
    "Referencias(?: bibliográficas)?|Bibliografía|Riferimenti(?: bibliografici)?|Bibliografia|"
    "Referências(?: bibliográficas)?|Referenties|Literatuur(?:lijst)?|Literatura|Piśmiennictwo|Kaynaklar|Kaynakça|"
    "参考文献|參考文獻|引用文献|참고 ?문헌|Литература|Список (?:использованной )?литературы|Библиография|"
    "Список использованных источников|المراجع|المصادر(?: والمراجع)?|संदर्भ(?: सूची)?|सन्दर्भ",
    "appendix": "Anh[aä]nge?|Annexe?s?|Apéndices?|Anexos?|Appendic[ei]|Apêndices?|Bijlagen?|Załączniki?|Dodatek|Ekler|"
    "付録|附录|附錄|부록|Приложени[ея]|ملحق|الملاحق|परिशिष्ट",
    "thanks": "Danksagung(?:en)?|Remerciements?|Agradecimientos?|Ringraziamenti|Agradecimentos?|Dankwoord|"
    "Podziękowani[ae]|Teşekkür(?:ler)?|謝辞|致谢|致謝|감사의 글|사사|Благодарност[ьи]|شكر وتقدير|आभार",
})  # fmt: skip
"""What usual sections are called in the languages of speech/tongues.toml, as parts of a pattern; "text" has those of
the paper's body."""

ABSTRACT = rf"(?:executive |structured )?(?:abstract|summary)|摘\s要|概\s要|{TONGUES['abstract']}"
"""What a paper's abstract is called, as a part of a pattern."""
KEYS = (
    "关键[词字]|關鍵[詞字]|主[题題][词詞]|核心[词詞]|索引[词語语詞]|キーワード|키워드|핵심어|주제어|주요어|중심어|색인어|"
    "từ khóa|schlüssel(?:wörter|worte)|mots[- ]cl[ée]s|palabras clave|parole chiave|palavras[- ]chave|trefwoorden|"
    "słowa kluczowe|anahtar kelimeler|ключевые слова"
)
"""What the key words of a paper are called beyond English, as parts of a pattern."""
_KEYED = re.compile(rf"\W*(?:key ?words|key ?terms|index terms|{KEYS})", re.IGNORECASE)
_NUMBER = r"\W*(?:\d+(?:\.\d+)*[.):]?\s*|[IVX]+[.):]?\s+|[A-Z][.):]?\s+)?"
_ENDS = re.compile(
    _NUMBER + r"(?:references?(?: and (?:notes|links|citations|resources|bibliography|footnotes|(?:further"
    r"|suggested) readings?)| cited| list| \(.*\))?|list of references"
    r"|(?:selected )?bibliography(?: and notes)?|works cited|"
    r"literature cited|append(?:ix|ices)\b(?!-\w).*|supplements? (?:[A-Z\d]\b|to\b).*|"
    r"supplement(?:ary|al)(?: (?:and \w+ )?(?:online (?:information|materials?)|[A-Z\d]|sections?|results?"
    r"|discussions?|experiment(?:s|al)|"
    r"(?:implementation )?details|proofs?|analys[ei]s|references|algorithms?|theory|background|information"
    r"|materials?|notes?|data|figures?|tables?|text|files?|videos?|"
    r"methods?|appendix|appendices)\b.*)?|"
    rf"{TONGUES['references']}|(?:{TONGUES['appendix']})(?:[.:].*| ?(?:[A-ZА-Я]|\d+)\b.*)?)\s*:?",
    re.IGNORECASE,
)
_ABSTRACT = re.compile(rf"{_NUMBER}(?:{ABSTRACT})\s*[.:：]?", re.IGNORECASE)
_AI = r"(?:llms?|(?:large )?language models?|(?:generative |gen)?ai|chatgpt)"
_IN_WRITING = (
    r"(?: (?:in|for|during) (?:(?:the |paper |manuscript |academic |scientific )*"
    r"(?:writing|editing|polishing|preparation)(?: (?:process|assistance|of|and)\b.*)?|"
    r"(?:this|our|the) (?:paper|work|manuscript|submission)))"
)
_FORM = re.compile(
    _NUMBER + rf"(?:(?:[\w ]+ and )?(?:acknowledge?ments?|acknowledge?ment of .*)(?: and .*)?|{TONGUES['thanks']}|"
    r"(?:the )?(?:authors?['’]?s? |contributor )?(?:contributions?|information|notes?|biograph(?:y|ies)|details)"
    r"(?<!^contribution)(?<!^contributions)(?<!^information)(?<!^notes)(?<!^note)(?<!^details)(?: statement)?|"
    r"core contributors|about the authors?|credit authorship .*|equal contributions?|"
    r"(?:the )?(?!\W?\d)(?:(?:neurips|nips|icml|iclr|acl|arr|aaai|ijcai|naacl|eacl|emnlp|cvpr|kdd|paper|responsible|"
    r"nlp|ml|research|reproducibility|submission|author|ethics|\W?\d+) )+checklist|"
    r"(?:disclosure of |sources? of )funding|funding (?:statement|sources?|information|support|disclosures?|details|"
    r"and (?:acknowledge?ments?|support|disclosures?|conflicts?|competing)\b.*)|financial (?:support|disclosures?)|"
    r"(?:declarations? of )?(?:conflicts? of|competing|financial) interests?"
    r"(?: (?:statement|disclosures?|declaration))?|"
    r"declarations? of (?:interests?|originality|authorship|(?:generative )?ai\b.*)|"
    r"(?:ethics?|ethical|irb|broader impacts?|impact|reproducibility|data|code|data and code|code and data)"
    r"(?: (?:and \w+|availability|approval|review))? (?:statement|approval|declaration|disclosure|form|availability)|"
    r"(?:data|code|data and code|code and data|materials?) availability|informed consent(?: statement)?|"
    rf"(?:the )?(?:use|usage) of {_AI}(?: \(\w+\))?(?: (?:tools?|technolog(?:y|ies)|assistants?|statement|disclosure))*"
    rf"{_IN_WRITING}?|{_AI} (?:use|usage|disclosure)(?: (?:statement|disclosure|declaration))?{_IN_WRITING}?)\s*:?",
    re.IGNORECASE,
)
_BEHIND = re.compile(
    r"\W*(?:availability of (?:data|code|materials?)(?: and (?:data|code|materials?))?(?: statement)?|"
    r"(?:ethics|ethical) (?:approval|declarations?)(?: and .*consent.*)?|"
    r"consent (?:for publication|to participate)(?: .*)?|"
    r"associated content|supporting information(?: (?:available|for|statement|S\d).*)?|"
    r"S\d+ (?:fig(?:ure)?|table|file|text|data(?:set)?|appendix|movie|video|audio)\b.*|"
    r"publisher['’]?s note|lead contact(?: .*)?|key resources table|"
    r"elife assessment|editor['’]?s evaluation|decision letter|author(?:s['’]|['’]s)? response|"
    r"peer review (?:file|information)|provenance and peer review|(?:rights|reprints) and permissions|"
    r"about this article|cite this .*|how to cite(?: .*)?|bibtex(?: citation)?|star history|"
    # behind a post
    r"share (?:this|on)(?: (?:post|article|page|story))?|related (?:posts?|articles?|stories|links)|"
    r"(?:new|leave a|post a|\d+) comments?|comments? \(\d+\)|leave a reply|"
    r"\d+ (?:thoughts|responses|replies) (?:on|to) .*|"
    r"discussion about this post|post navigation|recent posts|recommended (?:for you|from medium)|"
    r"you (?:may|might) also (?:like|enjoy).*|subscribe to .*|email alerts|"
    r"similar content being viewed.*)\s*:?",
    re.IGNORECASE,
)
"""What stands behind a paper or a post, or beside it, and has no number."""
_PLACED: tuple[tuple[str, str], ...] = (
    (r"(?:list of )?abbreviations(?: used)?",
     r"\babbreviations? (?:\w+ )?(?:are|is|were) used\b|(?-i:\b[A-Z][\w-]{1,9}\s?[,:=–—-]\s?[^;,.]{3,80}[;,.]\s.*"
     r"\b[A-Z][\w-]{1,9}\s?[,:=–—-]\s?[^;,.]{3,80})"),
    (r"(?:foot|end)notes?", r"^\W*\d{1,3}\W"),
    (r"supplements?|additional files?",
     r"\badditional file \d|\bonline version\b|\bsupplement\w* (?:tables?|fig|mater)"),
    (r"licen[cs]e",
     r"\b(?:under|subject to|see|using|by)\b.{0,60}\blicen[cs]e\b|\blicen[cs]ed\b|(?-i:\bLICENSE\b)|\bCC[ -]BY\b|"
     r"\b(?:MIT|BSD|Apache|L?GPL)\b|\bcreative commons\b|\ball rights reserved\b"),
    (r"change history", r"\b(?:19|20)\d\d\b|\bversion\b"),
    (r"funding", r"\b(?:trust|foundation|council|grants?|fund(?:ed|s)? by|supported by|received (?:no|funding))\b"),
    (r"contributors", r"\bthank|\bcontributed\b|\bcontrib\.rocks\b"),
    (r"see also|further reading|external links|share|related(?: content)?|read next|up next|join us|subscribe|"
     r"newsletter",
     r"\b(?:sign(?:ing)? up|subscribe|inbox|our newsletter|follow us|mailing list|read more)\b|"
     r"^share\b.{0,20}\bthis\b"),
    (r"declarations?|checklist", r"(?!)"),
)  # fmt: skip
"""What papers that are about such a thing call their own sections, too, each with what such a form says: only that and
its place tell."""
_SUBJECTS = re.compile(
    r"\W*(?:licensing|copyright|permissions?|change ?log|availability|consent|support|disclosures?|comments?)\s*:?",
    re.IGNORECASE,
)
"""What is more often of the paper's own: a form in the midst of forms."""
_COUNTED = re.compile(r"\W*(?:\d|[IVX]+[.:]\s)")
_CLOSES = re.compile(
    _NUMBER + r"(?:(?:[\w ]+ and )?(?:conclusions?|concluding remarks)(?: and .*)?|summary(?: and .*)?|limitations?|"
    rf"{TONGUES['conclusion']})",
    re.IGNORECASE,
)  # fmt: skip
_METHODS = re.compile(r"(?:online |materials? and |extended )?methods?(?: and materials?| summary)?", re.IGNORECASE)
_PERHAPS: tuple[tuple[str, str], ...] = (
    (r"(?:[\w.'’& -]+ )?checklist(?: .*)?", r"\b(?:Answer|Justification|Guidelines):"),
    (r"(?:disclosure of )?funding(?: .*)?",
     r"\bgrants? (?:n|from|agree|[A-Z\d])|\b(?:supported|funded) (?:in part )?by\b"),
    (r"(?:declarations?|disclosures?)(?: .*)?|(?:conflicts? of|competing|financial) interests? .*",
     r"\bauthors?\b.{0,40}\b(?:declar|disclos|report)|\bno (?:conflict|competing)|\bconsult(?:ed|ant) for\b"),
    (r"informed consent .*", r"\bconsent was (?:obtained|waived)|\bgave (?:\w+ )?consent\b"),
    (rf"(?:the )?(?:use|usage) of {_AI}\b.*|{_AI} (?:use|usage|disclosure) .*",
     r"(?:\b(?:we|authors?) (?:\w+ly )?(?:use|employ|utili[sz]|rel[iy]|acknowledge)|\b(?:was|were) (?:\w+ )?used )"
     r".{0,160}\b(?:polish|proofread|grammar|wording|readability|(?:the|our|this) (?:paper|manuscript|writing)\b)"),
    (r"online content", r"\badditional references\b"),
    (r"additional information", r"\b(?:correspondence|reprints|publisher['’]s note)\b"),
    (r"citation", r"\bplease cite\b|\bcit(?:e|ing) (?:this|us|our|it)\b"),
    (r"downloads", r"\bdownload data\b"),
    (r"literature", r"(?-i:\b[A-Z]\.).*\b(?:19|20)\d\d\b"),
)  # fmt: skip
"""Names that a section of the paper's own may have, each with what such a form says."""
_MOST_OF_A_FORM = 2_500
"""Signs of a statement; lists of answers and of references have more."""
_MOST_OF_A_NOTE = 800
"""Signs of a form in the midst of a text."""
_FEWEST_OF_A_TEXT = 20
"""Signs."""


def is_abstract(title: str) -> bool:
    """Tell whether that is what an abstract is called, where it opens the paper.

    >>> is_abstract("1. Summary"), is_abstract("Résumé :"), is_abstract("Abstract algebra")
    (True, True, False)
    """
    return _ABSTRACT.fullmatch(title.strip()) is not None


def is_back_matter(title: str) -> bool:
    """Tell whether a section of that title is not the paper's own text: what stands behind it, forms, the authors.

    >>> is_back_matter("NeurIPS Paper Checklist: Claims"), is_back_matter("Our contributions"), is_back_matter("致谢")
    (True, False, True)
    """
    parts = [part.strip() for part in re.split(r":\s", title.strip())]
    return any(pattern.fullmatch(part) for part in parts for pattern in (_FORM, _ENDS, _BEHIND))


def behind(headings: Sequence[tuple[int, str]], texts: Sequence[str]) -> set[int]:
    """Return the places of those of the paper's (level, whole title) headings that are forms, though other papers call
    their own sections so, given the text below each, without its links where these are all.

    They have no number. One is short and says what such a form does, or stands between the abstract and the text; or it
    stands behind the text, is no long one, and nothing of the paper's own follows, up to where it ends. Where sections
    are numbered, only what has a number, or is long, is the paper's own behind the conclusions.

    >>> told = ["We sort it on trays."] * 3
    >>> behind([(1, "Trays"), (1, "Share"), (1, "References")], told)
    {1}
    >>> behind([(1, "Trays"), (1, "Share"), (1, "Heaps")], told)
    set()
    >>> behind([(1, "Trays"), (1, "License"), (1, "Heaps")], [told[0], "It is under the MIT License.", told[0]])
    {1}
    """
    end = next((at for at, (_, title) in enumerate(headings) if at and ends_the_paper(title)), len(headings))
    counted = any(_COUNTED.match(title.strip()) for _, title in headings[:end])
    sure, likely = set[int](), set[int]()
    own = closed = formed = False
    within: int | None = None
    for at, (level, title) in enumerate(headings[:end]):
        if within is not None and level > within:
            continue  # a part of a form
        parts = itertools.takewhile(lambda part: headings[part][0] > level, range(at + 1, end))  # noqa: B023
        text = " ".join([texts[at], *(texts[part] for part in parts)]).strip()
        says, subject = _says_of(title), _SUBJECTS.fullmatch(title.strip()) is not None
        short = len(text) <= _MOST_OF_A_FORM and not _is_of_methods(headings[:at], level)
        if (
            says
            and len(text) <= _MOST_OF_A_NOTE
            and short
            and (
                len(text) < _FEWEST_OF_A_TEXT or re.search(says, text, re.IGNORECASE) or _is_front(headings[:at], sure)
            )
        ):
            sure.add(at)
        elif short and own and (says or (subject and (closed or formed or counted))):
            likely.add(at)
        elif not (
            is_back_matter(title) or _may_be_form(title) or len(text) < _FEWEST_OF_A_TEXT
            or (closed and counted and not _COUNTED.match(title.strip()) and len(text) <= _MOST_OF_A_FORM)
        ):  # fmt: skip
            likely.clear()
        form = at in sure | likely
        within = level if form else None
        formed = form or is_back_matter(title)
        closed = closed or (own and closes(title))
        own = own or not (is_abstract(title) or form)
    return sure | likely


def _says_of(title: str) -> str:
    """Return what a form of that title says, as a pattern; "" where none has it."""
    return next((said for name, said in _PLACED if re.fullmatch(rf"\W*(?:{name})\s*:?", title.strip(), re.I)), "")


def _is_of_methods(before: Sequence[tuple[int, str]], level: int) -> bool:
    over = next((title for depth, title in reversed(before) if depth < level), "")
    return _METHODS.fullmatch(re.sub(_NUMBER, "", over, count=1)) is not None


def _is_front(before: Sequence[tuple[int, str]], forms: set[int]) -> bool:
    """Tell whether of the headings before, the abstract's is the last one of a text."""
    first = next((at for at in reversed(range(len(before))) if is_abstract(before[at][1])), None)
    if first is None:
        return False
    return all(
        at in forms or level > before[first][0] or is_back_matter(title) or _KEYED.match(title)
        for at, (level, title) in enumerate(before[first + 1 :], first + 1)
    )


def _may_be_form(title: str) -> bool:
    return any(re.fullmatch(f"{_NUMBER}(?:{name})", title.strip(), re.IGNORECASE) for name, _ in _PERHAPS)


def ends_the_paper(title: str) -> bool:
    """Tell whether nothing of the paper's own text follows a section of that title.

    >>> ends_the_paper("References and Notes"), ends_the_paper("Appendix B: Proofs"), ends_the_paper("Reference Frames")
    (True, True, False)
    """
    return _ENDS.fullmatch(title.strip()) is not None


def follows_the_end(title: str) -> bool:
    """Tell whether a section of that title is the paper's own text behind its references, as in Nature."""
    return _METHODS.fullmatch(title) is not None


def closes(title: str) -> bool:
    """Tell whether behind a section of that title stands little of the paper's own: conclusions, thanks, forms."""
    return is_back_matter(title) or _CLOSES.fullmatch(re.split(r":\s", title.strip())[0].strip()) is not None


def is_form(title: str, texts: Sequence[str], closed: bool) -> bool:
    """Tell whether a section that is called as forms may be is one: the paper was `closed` before, or it reads as one.

    >>> is_form("Funding of startups", ["Banks pay for most of them."], False)
    False
    >>> is_form("Use of LLMs in writing code", ["We used one to polish our wording."], False)
    True
    """
    for part in re.split(r":\s", title.strip()):
        for name, said in _PERHAPS:
            if re.fullmatch(f"{_NUMBER}(?:{name})", part.strip(), re.IGNORECASE):
                reads = [re.search(said, text, re.IGNORECASE) is not None for text in texts]
                listed = "checklist" in name or name == "literature"
                short = sum(map(len, texts)) <= _MOST_OF_A_FORM
                return closed or (sum(reads) > len(reads) / 2 if listed else short and any(reads))
    return False
