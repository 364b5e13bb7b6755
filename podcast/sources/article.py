"""A web page becomes a document: its headings and its running text, without what stands around them.

Papers come as pages of few kinds, so the readers that are here do, lxml and Beautiful Soup: trafilatura, the best of
its kind, brings babel and 36 MB for what newspapers need.
"""

import re
from collections.abc import Iterator, Sequence
from itertools import groupby

from bs4 import BeautifulSoup, Tag
from bs4.element import PageElement, PreformattedString

from podcast.show.errors import SourceError
from podcast.show.schema import Document, PaperId
from podcast.show.stops import STOPS
from podcast.sources import latexml, markup, mathml
from podcast.sources.citations import uncited
from podcast.sources.headings import is_named, number_of
from podcast.sources.kinds import CAPTION
from podcast.sources.letters import width, words
from podcast.sources.text import clean_text, document, mend
from podcast.sources.titles import behind, ends_the_paper, is_abstract, is_back_matter

LEAST = 500
"""Characters: a text that a person named may be short; a page that has fewer is made by scripts, or holds none."""

_NAMED = (
    "script, style, noscript, template, nav, aside, footer, button, iframe, svg, figure, figcaption, pre, select, "
    "dialog, address, [role=navigation], [role=complementary], [role=banner], [role=contentinfo], [role=doc-footnote], "
    "[role=doc-bibliography], [role=doc-endnotes], "
    + ", ".join(f"{own}-{part}" for own in ("d", "dt") for part in (
        "front-matter", "byline", "appendix", "footnote", "fn", "cite", "footnote-list", "citation-list", "code",
        "bibliography", "figure", "contents", "toc", "hover-box",
    ))
)  # fmt: skip
"""What by its own name is no running text; Distill (https://distill.pub/guide) has names of its own."""
_AROUND = (
    "[role=dialog], [role=alertdialog], "
    "form, table, [hidden], [aria-hidden=true], .references, .footnotes, .comments, #comments, .sidebar, .breadcrumb, "
    ".breadcrumbs, .cookie, .share, .related, .toc, #toc, .newsletter, .mw-editsection, .reflist, .navbox, .infobox, "
    ".noprint, .sr-only, .visually-hidden, .fig, .table-wrap, .table-wrap-foot, "
    "[class*=caption]:not(article, main, body, :has(h1, h2, h3, article)), "
    "body > header"
)
"""What stands around it, unless most of the text is in there: a page may lie in a form, a table, or behind an open
dialog."""
_UNSEEN = re.compile(
    r"(?:(?:^|[a-z]-)(?:visually-?hidden|sr-?only|screen-?reader(?:-(?:text|only))?|assistive-?text|off-?screen)(?:$|-))"
)
_BOX = re.compile(
    r"(?:(?:c|js|u|o|m|wp|the|site|page|post|article|entry|main|body|content|social|media|print|top|bottom|eu|cmplz|cmp)-)*"
    r"(?P<of>cookies?(?:consent|banner|bar|notice|law|bot)?|gdpr|ccpa|onetrust|newsletters?|shar(?:e|ing)|social|related|"
    r"comments?|breadcrumbs?|table-of-contents|recommend(?:ed|ations))"
    r"(?:-(?:consents?|banner|bar|box|notices?|pop|up|popup|modal|overlay|policy|message|wrapper|wrap|container|content|"
    r"text|inner|outer|dialog|law|info|widget|list|area|panel|share|buttons?|links?|icons?|tools?|menu|media|articles?|"
    r"posts?|papers?|pages?|items?|stories|reading|sign|signup|subscribe|form|sdk|group|row|module|component|block|footer|"
    r"header|title|body|settings|alert|card|section|toolbar))*"
)
"""What boxes around a text are called, by all the words of a class or an id; a study of cookies has others."""
_STEPS = ("algorithm", "algorithmic", "pseudocode", "ps-root", "listing")
_FEWEST_OF_PROSE = 2
"""Sentences: a box that has as many, and asks for nothing, may as well be of the text."""
_ASKS = re.compile(
    r"\b(?:cookies?|privacy|consent|subscribe|sign(?:ing)? up|newsletter|inbox|reply|share|sponsored|log in)\b",
    re.IGNORECASE,
)
_BY_ID = ("cookie", "gdpr", "ccpa", "onetrust", "newsletter")
_HEADINGS = ("h1", "h2", "h3", "h4")
_TEXTS = ("p", "li", "blockquote", "dd")
_HOLDERS = ("div", "section", "article", "main", "center", "td", "body")
"""What has text of its own where a page has few paragraphs."""
_BLOCKS = (*_TEXTS, *_HOLDERS, *_HEADINGS, "h5", "h6", "ul", "ol", "dl", "dt", "hr", "header")
_SENTENCE = re.compile(rf"[{STOPS}:;：；…؛]\W{{0,3}}$")
_WHOLE = ("html", "body", "main", "article", *_HEADINGS)
_FEWEST_WORDS = 4
_MORE_THAN_A_LABEL = 12
"""Words, each of four signs where none is of Latin: a longer text is no label, whatever ends it."""
_FEWEST_OF_A_TEXT = 6
"""Words of letters: a text that has them may stand before the first sentence."""
_MOST_OF_AN_ABSTRACT = 6_000
"""Signs that stand below its heading, with those of its parts."""
_BESIDE = re.compile(r"(?:research )?highlights|graphical abstract|(?:visual|video) abstract", re.IGNORECASE)
"""What pages show as abstracts, and say again in another way."""
_SUMMARY = re.compile(r"summary\W*", re.IGNORECASE)
_PART = re.compile(
    r"background|motivation|(?:materials? and )?methods?|methodology|approach|results?|findings|analysis|discussion|"
    r"limitations?|conclusions?",
    re.IGNORECASE,
)
"""What sections and parts of an abstract are called alike."""
_ABSTRACT = re.compile(r"(?:doc-)?abstract(?:[-_]?\d+)?|abs\d+(?:-(?:section|content))?", re.IGNORECASE)
_MOST_OF_IT = 0.6
"""The share of a page's running text that its article or main element has, where it is that."""


def read(paper_id: PaperId, page: bytes) -> Document:
    """Return the page as a document. SourceError where it has too little text for one."""
    try:
        return latexml.read(paper_id, page, sections=0, signs=LEAST)
    except SourceError:  # it is no page of LaTeXML's
        pass
    soup = markup.tree(page)
    mathml.set_formulas(soup)
    _drop_what_is_around(soup)
    _set_apart(soup)
    found = document(paper_id, "html", _paragraphs(_main(soup)))
    if (length := sum(map(width, found.sentences()))) < LEAST:
        raise SourceError(
            f"the page has only {length:,} characters of text",
            "it may be made by scripts: save it from the browser, or as PDF, and name that file",
        )
    return found


def _main(soup: BeautifulSoup) -> Tag:
    """Return the element that holds the article: the smallest that has most of the running text."""
    whole = _length(soup)
    for name in ("article", "[role=main]", "main"):
        for found in soup.select(name):
            if whole and _length(found) >= _MOST_OF_IT * whole:
                return found
    return soup


def _length(element: Tag) -> int:
    return sum(len(each.get_text()) for each in element.find_all("p"))


def _drop_what_is_around(soup: BeautifulSoup) -> None:
    """Leave of the page its running text; of its header the abstract."""
    for each in soup.select(_NAMED):
        each.decompose()
    whole = len(soup.get_text())
    for each in [*soup.select(_AROUND), *soup.find_all(_is_box)]:
        if each.decomposed or len(each.get_text()) >= _MOST_OF_IT * whole:
            continue
        for abstract in each.select(".abstract") if each.name == "header" else ():
            each.insert_before(abstract.extract())
        each.decompose()
    for each in [found for found in soup.find_all(_is_abstract) if _is_beside(found)]:
        if not each.decomposed:
            each.decompose()
    for raised in soup.find_all("sup"):
        if re.fullmatch(r"[\s\[\]\d,;–*†‡§a-z-]{1,12}", raised.get_text()) and raised.find("a"):
            raised.decompose()


def _is_box(element: Tag) -> bool:
    """Tell whether the element is hidden, or a box around the text, by its style or by the words of its name; what a
    click shows is no such, and what may be of the text."""
    names = [_parted(name) for name in element.get("class") or []]
    if re.search(r"(?:display\s*:\s*none|visibility\s*:\s*hidden)\b", str(element.get("style") or "")):
        return element.find(_HEADINGS) is None and not (element.get("id") or any("tab-pane" in name for name in names))
    if element.name in _WHOLE:
        return False
    if any(re.search(r"(?:^|-)fig(?:ure)?-desc", name) for name in names):
        return element.find(_HEADINGS) is None
    if any(name in _STEPS for name in names):
        return element.find(_HEADINGS) is None and not _is_of_the_text(element)
    if any(_UNSEEN.search(name) for name in names):
        return not any("not-" in name for name in names)
    boxes = [box for name in names if (box := _BOX.fullmatch(name))]
    box = _BOX.fullmatch(_parted(str(element.get("id") or "")))
    boxes += [box] if box and box["of"].startswith(_BY_ID) else []
    return bool(boxes) and not _is_of_the_text(element)


def _is_of_the_text(box: Tag) -> bool:
    """Tell whether a box reads as the paper's own: sentences that ask for nothing, few of them in links."""
    text = box.get_text(" ")
    linked = sum(len(link.get_text()) for link in box.find_all("a"))
    sentences = re.findall(rf"(?:[^\s{STOPS}]+\s+){{{_FEWEST_WORDS},}}[^\s{STOPS}]+[{STOPS}]", text)
    if linked > len(text) / 3 or box.find(("input", "textarea")):
        return False
    headed = box.find(_HEADINGS) is not None and box.name == "section" and box.get("id")
    return len(sentences) >= _FEWEST_OF_PROSE and (bool(headed) or _ASKS.search(text) is None)


def _parted(name: str) -> str:
    """Return a class or an id with its words parted alike: "cookieBanner__text" is "cookie-banner-text"."""
    return re.sub(r"[-_:]+", "-", re.sub(r"(?<=[a-z])(?=[A-Z])", "-", name)).casefold().strip("-")


def _set_apart(soup: BeautifulSoup) -> None:
    """Make a paragraph of each text that stands in none: what a block has of its own beside other blocks, and, where
    most sentences are in blocks of no kind, those."""
    for each in soup.select("[role=paragraph]"):
        each.name = "p"
    for run in [run for block in soup.find_all(_TEXTS) if block.find(_BLOCKS) for run in _sentences(block)]:
        _wrap(soup, run)
    loose = [run for block in soup.find_all(_HOLDERS) for run in _sentences(block)]
    if sum(len(_said(run)) for run in loose) > sum(len(each.get_text()) for each in soup.find_all(_TEXTS)):
        for run in loose:
            _wrap(soup, run)


def _runs(block: Tag) -> Iterator[list[PageElement]]:
    """Yield what the block has between other blocks."""
    for apart, run in groupby(block.contents, key=_is_block):
        if not apart:
            yield list(run)


def _is_block(part: PageElement) -> bool:
    return isinstance(part, Tag) and (part.name in _BLOCKS or part.find(_BLOCKS) is not None)


def _sentences(block: Tag) -> list[list[PageElement]]:
    """Return the block's runs, where one of them is a sentence."""
    runs = list(_runs(block))
    return runs if any(_is_sentence(_said(run)) for run in runs) else []


def _is_sentence(text: str) -> bool:
    return _SENTENCE.search(text) is not None and (len(text.split()) >= _FEWEST_WORDS or not text.isascii())


def _begins(text: str) -> bool:
    """Tell whether the page's text has begun with that one."""
    signs = 0 if re.search("[A-Za-z]", text) else len(text)
    return _is_sentence(text) or len(text.split()) > _MORE_THAN_A_LABEL or signs > 4 * _MORE_THAN_A_LABEL


def _said(run: Sequence[PageElement]) -> str:
    return "".join(each.get_text() for each in run if not isinstance(each, PreformattedString)).strip()


def _wrap(soup: BeautifulSoup, run: Sequence[PageElement]) -> None:
    if _said(run):
        paragraph = soup.new_tag("p")
        run[0].insert_before(paragraph)
        paragraph.extend(run)


def _is_abstract(element: Tag) -> bool:
    """Tell whether the page says that all within the element is its abstract, sections and all."""
    named = [*(element.get("class") or []), element.get("id"), element.get("role"), element.get("data-title")]
    return any(_ABSTRACT.fullmatch(str(name)) for name in named) and element.name not in _WHOLE


def _is_beside(abstract: Tag) -> bool:
    """Tell whether what is shown as an abstract is none: highlights, a picture."""
    names = [_name(heading) for heading in abstract.find_all(re.compile(r"h[1-6]"))]
    return bool(names) and all(_BESIDE.fullmatch(name) for name in names)


def _name(heading: Tag) -> str:
    return clean_text(markup.text_of(heading)).strip("¶ ")


def _of_abstracts(root: Tag) -> set[int]:
    """Return the ids of the headings that are parts of the abstract that opens the page: deeper than its own, with a
    text of its length, up to one that a paper has elsewhere. A summary may as well be of all, or be the last."""
    found, level, length = list[int](), 0, 0
    for each in root.find_all([*_HEADINGS, *_TEXTS]):
        if each.name not in _HEADINGS:
            length += len(each.get_text()) if level else 0
            continue
        name, depth = number_of(_name(each))[1], int(each.name[1])
        if level:
            if depth <= level or is_back_matter(name) or (is_named(name) and not _PART.fullmatch(name)):
                break
            found.append(id(each))
        elif is_abstract(name) and not _SUMMARY.fullmatch(name):
            level = depth
        elif depth > 1 and not (is_back_matter(name) or is_abstract(name) or _BESIDE.fullmatch(name)):
            break
    return set(found) if length <= _MOST_OF_AN_ABSTRACT else set()


def _below(root: Tag, named: Sequence[Tag]) -> list[str]:
    """Return the text below each of the headings, without that of links where it is all."""
    texts, at = [""] * len(named), -1
    places = {id(heading): at for at, heading in enumerate(named)}
    for each in root.find_all([*_HEADINGS, *_TEXTS]):
        at = places.get(id(each), at)
        if each.name in _HEADINGS or at < 0 or each.find(_TEXTS):
            continue
        text, linked = each.get_text(), sum(len(link.get_text()) for link in each.find_all("a"))
        texts[at] += f"{text} " if len(text) > 1.2 * linked else ""
    return texts


def _paragraphs(root: Tag) -> Iterator[tuple[str, str]]:
    """Yield (section title, paragraph), until the references.

    A page's only heading of the first level, or the first of several, is its title, and no section's.
    """
    title, skipped, first = "Text", 0, True
    several = len(root.find_all("h1")) > 1
    parts = _of_abstracts(root)
    named = [each for each in root.find_all(_HEADINGS) if id(each) not in parts]
    placed = {id(named[at]) for at in behind([(int(each.name[1]), _name(each)) for each in named], _below(root, named))}
    begun = not any(_begins(clean_text(each.get_text())) for each in root.find_all(_TEXTS))
    for each in root.find_all([*_HEADINGS, *_TEXTS]):
        if id(each) in parts:
            continue
        if each.name in _HEADINGS:
            level, whole = int(each.name[1]), _name(each)
            name = number_of(whole)[1]
            of_page = level == 1 and (not several or (first and not is_named(name)))
            first = first and level > 1
            if not of_page and ends_the_paper(name):
                return
            if not skipped or level <= skipped:
                skipped = level if is_back_matter(whole) or id(each) in placed else 0
            begun = begun or not (of_page or skipped)
            title = "Text" if of_page or not name else name
        elif not skipped and not each.find(_TEXTS):
            text = uncited(mend(clean_text(markup.text_of(each))))
            summed = each.find_parent(_is_abstract) is not None
            begun = begun or _begins(text)
            told = (
                begun or is_abstract(text) or words(text) >= _FEWEST_OF_A_TEXT
            )  # before, labels and names stand alone
            if text and told and not CAPTION.match(text):
                yield "Abstract" if summed and not is_abstract(title) else title, text
