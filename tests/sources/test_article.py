"""A page of any journal becomes the paper's own sentences, however its paragraphs are written and what they lie in."""

import pytest
from open_services import SENTENCES

from podcast.show.errors import SourceError
from podcast.show.schema import Document
from podcast.sources import article, filetypes, meta, originals

ID = "2403.00001"
FINDING = "Grey pebbles cost 42 percent more weighings than white ones."
TEXT = SENTENCES * 2


def read(body: str, head: str = "") -> Document:
    """Return what is read of a page with this body."""
    page = f'<!doctype html><html><head><meta charset="utf-8"><title>Pebbles</title>{head}</head><body>{body}'
    return article.read(ID, f"{page}</body></html>".encode())


def told(document: Document) -> list[tuple[str, str]]:
    """Return the document's sentences with their sections, but those of TEXT."""
    return [(each.title, text) for each in document.sections for text in each.sentences if text not in TEXT]


HEAD, END = "<h1>Pebbles</h1>", "<h2>References</h2>"
PAGES = {
    "MDPI": f'<article>{HEAD}<section><h2>1. Trays</h2><div class="html-p">{TEXT} [<a href="#B1">1</a>].</div><ul><li>'
    f'<div class="html-p">{FINDING}</div></li></ul><div class="html-fig_description">Figure 1. A tray.</div></section>'
    f"<section>{END}<ol><li>Doe, A. Stones. 2010.</li></ol></section></article>",
    "ACM": f'<main><article>{HEAD}<section><h2>1 Trays</h2><div role="paragraph">{TEXT}</div><div role="paragraph">'
    f'{FINDING}</div></section><section>{END}<div role="listitem">[1] Doe. Stones.</div></section></article></main>',
    "a form around all": '<form id="aspnetForm"><input type="hidden" value="abc"><select><option>An option.</option>'
    f"</select>{HEAD}<h2>1. Trays</h2><p>{TEXT}</p><p>{FINDING}</p></form>",
    "a table around all": f"<table><tr><td>Home. News.</td><td>{HEAD}<h2>Trays</h2><p>{TEXT}</p><p>{FINDING}</p>"
    "<table><tr><td>Cell 12.</td></tr></table></td></tr></table>",
    "an open dialog": f'<div aria-hidden="true">{HEAD}<h2>Trays</h2><p>{TEXT}</p><p>{FINDING}</p></div><dialog>'
    "We use cookies.</dialog>",
    "breaks in place of paragraphs": f"{HEAD}<h2>Trays</h2>{TEXT}<br><br>{FINDING}{END}Doe. Stones.",
    "a form and a table in it": f"{HEAD}<h2>Trays</h2><p>{TEXT}</p><form><p>Subscribe now.</p></form><table><tr><td>"
    f"<p>Cell 12.</p></td></tr></table><p>{FINDING}</p>",
}  # fmt: skip


@pytest.mark.parametrize("body", PAGES.values(), ids=PAGES)
def test_paragraphs_are_found_in_whatever_they_are(body: str) -> None:
    """Paragraphs that are called so, only look so, or lie in what mostly stands around a text are the paper's."""
    assert told(read(body)) == [("Trays", FINDING)]


def test_a_page_without_a_text_is_refused() -> None:
    """Menus and labels are no text, whatever they stand in."""
    menu = "".join(f"<li>Issue {number}<ul><li>Part of issue {number}</li></ul></li>" for number in range(99))
    with pytest.raises(SourceError, match="has only"):
        read(f"<nav><ul>{menu}</ul></nav><div>Log in</div><div>Our journal</div><form>Subscribe now.</form>")


def test_an_item_with_a_list_in_it_keeps_its_own_text() -> None:
    """What an item or a quotation says beside the list in it is read, in order; a label is not."""
    listed = (
        f"<ul><li>{FINDING}<ul><li>It is so.</li></ul>So <b>it goes</b> on.</li><li>More<ul><li>Here.</li></ul></ul>"
    )
    found = read(f"{HEAD}<h2>Trays</h2><p>{TEXT}</p>{listed}")
    assert [text for _, text in told(found)] == [FINDING, "It is so.", "So it goes on.", "Here."]


@pytest.mark.parametrize(
    "caption",
    [
        '<div class="fig panel"><div class="caption"><p>The device.</p><p>Bars are errors.</p></div></div>',
        '<div class="table-wrap"><table><tr><td>a</td></tr></table><div class="table-wrap-foot"><p>SE.</p></div></div>',
        '<div class="figure"><p class="caption_target">The trays are numbered.</p></div>',
        '<figure><img></figure><p class="c-article-section__figure-description">The trays from above.</p>',
        "<p>Figure 2: The trays from above.</p>",
        "<p>Table 1. Accuracy by size.</p>",
    ],
)
def test_captions_are_no_prose(caption: str) -> None:
    """What is said of a figure or a table goes, by what it is called or by how it begins."""
    assert told(read(f"{HEAD}<h2>Trays</h2><p>{TEXT}</p>{caption}<p>{FINDING}</p>")) == [("Trays", FINDING)]


AROUND = (
    "cookie-consent-banner", "cookie_notice", "c-cookie-banner__text", "cmplz-cookiebanner", "onetrust-consent-sdk",
    "js-cookieConsent", "gdpr-banner", "newsletter-signup", "u-visually-hidden", "visuallyHidden", "screen-reader-text",
    "related-articles", "social-share-buttons", "article-share", "post-comments", "table-of-contents", "algorithm",
    "x' style='display: none",
)  # fmt: skip
MAY_BE_THE_PAPERS = (
    "social", "social-media", "cookies", "comment", "algorithm", "listing", "config-description", "configDesc",
    "sr-only-focusable not-sr-only", "tab-pane' style='display:none", "x' id='more' style='display: none",
)  # fmt: skip
OF_THE_PAPER = ("cookie-study", "not-sr-only", "related-work", "share-price", "comments-of-stones", "algorithm-study")


def test_boxes_are_known_by_all_the_words_of_their_names() -> None:
    """What is hidden, and boxes around a text, go, however their names are put together; what a paper is on stays."""
    page = f"{HEAD}<h2>Trays</h2><p>{TEXT}</p><div class='NAME'><p>{FINDING}</p></div><h2>Heaps</h2><p>{TEXT}</p>"
    assert [name for name in AROUND if told(read(page.replace("NAME", name)))] == []
    assert [name for name in OF_THE_PAPER if not told(read(page.replace("NAME", name)))] == []
    own = page.replace(FINDING, f"{FINDING} {FINDING}")
    assert [name for name in MAY_BE_THE_PAPERS if not told(read(own.replace("NAME", name)))] == []


def test_ids_of_headings_name_no_boxes() -> None:
    """Sphinx and GitHub make ids of headings: a section on cookies is read, and its heading; so is a page in a
    dialog."""
    page = f"{HEAD}<section id=gdpr><h2>GDPR</h2><p>{TEXT}</p><p>{FINDING}</p></section><h2 id=cookies>Cookies</h2>"
    found = read(f"<div role=dialog>{page}<p>{TEXT}</p></div>")
    assert [section.title for section in found.sections] == ["GDPR", "Cookies"]


def test_distills_own_tags_are_known() -> None:
    """Of Distill's tags the article's text is read, with its formulas."""
    around = (
        "<d-front-matter>{}</d-front-matter><d-title><h1>Pebbles</h1></d-title><d-byline>By Ann Lee.</d-byline>"
        f"<d-article><d-contents>Parts.</d-contents><h2>Trays</h2><p>{TEXT}</p><p>It has <d-math>x^2</d-math>"
        "<d-cite>Doe</d-cite>, as ever<d-footnote>Once more.</d-footnote>.</p><d-code>x = 1</d-code></d-article>"
        "<d-appendix><h3>More</h3><p>It is so.</p><d-citation-list><p>Doe. Stones.</p></d-citation-list></d-appendix>"
    )
    assert told(read(around)) == [("Trays", "It has $x^2$, as ever.")]


def test_headings_of_the_first_level_are_sections() -> None:
    """Of several, all but the title are sections, and end the paper; an abstract in the page's header is read."""
    abstract = f'<p class="author">Ann Lee</p><div class="abstract"><p>{FINDING}</p></div>'
    header = f'<header><h1 class="title">Pebbles</h1>{abstract}</header>'
    sections = f"<h1>1 Introduction</h1><p>{TEXT}</p><h2>Why</h2><p>It rains.</p><h1>2 Method</h1><p>We wait.</p>"
    end = (
        "<h1>Acknowledgements</h1><p>We thank all.</p><h1>References</h1><p>Doe. Stones.</p><h1>Appendix</h1><p>No.</p>"
    )
    found = [("Abstract", FINDING), ("Why", "It rains."), ("Method", "We wait.")]
    assert told(read(header + sections + end)) == found
    assert "Introduction" in [each.title for each in read(header + sections).sections]
    titled = read(f"<h1>References to pebbles</h1><p>{FINDING}</p>{sections}{end}")
    assert told(titled) == [("Text", FINDING), *found[1:]]


def test_only_references_end_a_page() -> None:
    """A heading that begins like references ends nothing; those of another language do."""
    frames, end = f"<h2>2 Reference frames</h2><p>{FINDING}</p>", "<h2>Références</h2><p>Doe. Stones.</p>"
    assert told(read(f"{HEAD}<p>{TEXT}</p>{frames}{end}")) == [("Reference frames", FINDING)]


_MATHML = "<math><msup><mn>10</mn><mrow><mo>−</mo><mn>3</mn></mrow></msup></math>"
FORMULAS = {
    _MATHML: "$10^{-3}$",
    "<math><mfrac><mn>1</mn><mn>2</mn></mfrac></math>": r"$\frac{1}{2}$",
    "<mml:math><mml:msub><mml:mi>x</mml:mi><mml:mi>i</mml:mi></mml:msub></mml:math>": "$x_{i}$",
    '<math><semantics><mi>x</mi><annotation encoding="StarMath 5.0">%DELTA</annotation></semantics></math>': "$x$",
    '<math><semantics><mi>x</mi><annotation encoding="application/x-tex">x^2</annotation></semantics></math>': "$x^2$",
    '<math alttext="y_1"><mi>x</mi></math>': "$y_1$",
    f'<span class="MathJax_Preview"></span><span class="MathJax" id="M-1"><nobr aria-hidden="true">10−3</nobr><span '
    f'class="MJX_Assistive_MathML">{_MATHML}</span></span><script type="math/tex">10^{{-3}}</script>': "$10^{-3}$",
    f'<mjx-container class="MathJax"><mjx-math aria-hidden="true"></mjx-math><mjx-assistive-mml>{_MATHML}'
    "</mjx-assistive-mml></mjx-container>": "$10^{-3}$",
    "<math>" + "<mrow>" * 2000 + "<mi>x</mi>" + "</mrow>" * 2000 + "</math>": "$x$",
}


@pytest.mark.parametrize(("written", "said"), FORMULAS.items(), ids=range(len(FORMULAS)))
def test_formulas_are_tex_once(written: str, said: str) -> None:
    """A power stays a power and a half a half, in whatever a page has its formulas."""
    found = read(f"{HEAD}<h2>Trays</h2><p>{TEXT}</p><p>The rate of {written} holds here.</p>")
    assert told(found) == [("Trays", f"The rate of {said} holds here.")]


OPENED = {
    "a summary": f"<h2>Summary</h2><p>{FINDING}</p>",
    "a numbered one": f"<h2>1. Abstract</h2><p>{FINDING}</p>",
    "one in German": f"<h2>Zusammenfassung</h2><p>{FINDING}</p>",
    "a word before it": f"<p><b>Abstract.</b> {FINDING}</p>",
    "a word in a line of its own": f"<p><b>Abstract</b></p><p>{FINDING}</p>",
    "a place of its own": f'<div class="abstract"><h2>Abstract</h2><h3>Background</h3><p>{FINDING}</p></div>',
    "key words behind it": f"<h2>Abstract</h2><p>{FINDING}</p><p><b>Keywords:</b> pebbles; heaps.</p>",
    "parts below it": f"<h2>Abstract</h2><h3>Background</h3><p>{FINDING}</p>",
    "one in another language": f"<h2>Abstract</h2><p>{FINDING}</p><h2>Resumen</h2><p>Lo medimos con cuidado.</p>",
    "a place by a number": f'<div id="Abs1-section"><h2>Abstract</h2><h3>Findings</h3><p>{FINDING}</p></div>',
    "highlights before it": '<div class="abstract"><h2>Highlights</h2><p>It is light.</p></div><div class="abstract">'
    f"<h2>Abstract</h2><p>{FINDING}</p></div>",
    "labels before it": f"<p>Feb 3, 2024 • 7 min read</p><p>Ann Lee</p><ul><li>Follow</li></ul>"
    f"<h2>Abstract</h2><p>{FINDING}</p>",
    "links to itself": f'<h2>Abstract<a href="#a">¶</a></h2><p>{FINDING}</p>',
}


@pytest.mark.parametrize("opening", OPENED.values(), ids=OPENED)
def test_what_opens_a_paper_as_its_abstract_is_that(opening: str) -> None:
    """An abstract is found by whatever it is called and however that is said, without key words."""
    end = f'<h2>I. Trays <a href="#t">#</a></h2><p>{TEXT}</p><h2>References<a href="#r">¶</a></h2><p>Doe. Stones.</p>'
    found = read(f"{HEAD}{opening}{end}")
    assert told(found) == [("Abstract", FINDING)]
    assert originals.abstract(found) == FINDING
    assert found.sections[-1].title == "Trays"


SCRIPTS = {
    "Hindi": "हम एक नया मॉडल प्रस्तुत करते हैं जो लंबे दस्तावेज़ों को पढ़ता है।",
    "Urdu": "ہم ایک نیا ماڈل پیش کرتے ہیں جو لمبی دستاویزات کو پڑھتا ہے۔",
    "Bengali": "আমরা একটি নতুন মডেল উপস্থাপন করি যা দীর্ঘ নথি পড়ে।",
    "Thai": "เราเสนอแบบจำลองใหม่ที่อ่านเอกสารยาวได้ดีกว่าเดิมและใช้เวลาน้อยกว่า",
    "Amharic": "አዲስ ሞዴል እናቀርባለን።",
    "English without stops": "We lay out the trays in rows and sort them by size and by colour",
    "bare labels": "Pebbles of the beach",
}


@pytest.mark.parametrize("sentence", SCRIPTS.values(), ids=SCRIPTS)
def test_a_page_is_read_whatever_ends_its_sentences(sentence: str) -> None:
    """Texts begin with the stops of any script, without any, and where nothing looks like one."""
    found = read(f"{HEAD}<h2>Trays</h2>{f'<p>{sentence}</p>' * 40}")
    assert "".join(found.sentences()).count(sentence) == 40


UNSTOPPED = {
    "bullets below a heading": ("<h2>Keys</h2><ul><li>Half are lost</li></ul>", [("Keys", "Half are lost")]),
    "a citation at its end": ("<h2>Keys</h2><p>It ends so [12]</p>", [("Keys", "It ends so")]),
    "a text above all headings": ("<ul><li>Half of the pebbles are lost there</li></ul>",
                                  [("Text", "Half of the pebbles are lost there")]),
    "labels above all headings": ("<p>Feb 3, 2024 • 7 min read</p><p>By Ann Lee and Bob</p>", []),
}  # fmt: skip


@pytest.mark.parametrize(("opening", "wanted"), UNSTOPPED.values(), ids=UNSTOPPED)
def test_what_stands_before_the_first_stop_is_read(opening: str, wanted: list[tuple[str, str]]) -> None:
    """Below a heading all is text; above them what is longer than labels."""
    assert told(read(f"{HEAD}{opening}<h2>Trays</h2><p>{TEXT}</p>")) == wanted


KEPT = (
    "MSC – mesenchymal stem cells – differentiate into bone.|They are used widely.",
    "PACS—picture archiving systems—store images.|They do so for years.",
    "Keyword: a word that tells what a text is about.|It is found by counting.",
    "Key words—those that matter—are found by counting.|They are few.",
    "MSC: a stem cell that grows into bone.|JEL is a journal.",
    "Abstract in nature, such tasks are hard.|They take long.",
    "핵심어 추출은 자갈, 모래를 찾는다.|그것은 쉽다.",
)
FILED = (
    "Keywords: pebbles, heaps.", "Keywords: Pebbles. Large heaps. Trays.",
    "Index Terms—Pebbles, self–sorting, heaps.", "MSC 2020: 68T07, 68-02.",
    "PACS numbers: 03.65.Ud, 03.67.-a.", "JEL codes: C14; D83.", "MSC: Primary 68T07.", "Mots-clés : galets, tas.",
    "关键词：鹅卵石；分类。", "【关键词】鹅卵石；分类。", "핵심어: 자갈, 분류.",
    "Từ khóa: đá, bãi biển.",
)  # fmt: skip


@pytest.mark.parametrize("text", KEPT)
def test_a_paragraph_that_begins_as_key_words_do_is_kept(text: str) -> None:
    """A short form, a definition and an adjective are words of the paper's text, and so is what stands behind them."""
    found = read(f"{HEAD}<p>{text.replace('|', ' ')}</p><h2>Trays</h2><p>{TEXT}</p>")
    assert told(found) == [("Text", sentence) for sentence in text.split("|")]


@pytest.mark.parametrize("text", FILED)
def test_key_words_go_alone(text: str) -> None:
    """What a paper is filed under is left out, and the sentence behind it is not."""
    found = read(f"{HEAD}<h2>Abstract</h2><p>{text} {FINDING}</p><h2>Trays</h2><p>{TEXT}</p>")
    assert told(found) == [("Abstract", FINDING)]


HEADINGS = {
    "C. elegans data": "C. elegans data", "V. cholerae": "V. cholerae", "C. Data": "Data", "V. Data": "Data",
    "II. data": "data", "2.1 data": "data",
}  # fmt: skip


@pytest.mark.parametrize(("written", "title"), HEADINGS.items())
def test_a_genus_is_no_number(written: str, title: str) -> None:
    """A letter before a small one is a part of the heading."""
    assert told(read(f"{HEAD}<h2>{written}</h2><p>{FINDING}</p><h2>Trays</h2><p>{TEXT}</p>")) == [(title, FINDING)]


def test_a_summary_behind_the_text_is_no_abstract() -> None:
    """What closes a paper may be called as what opens one."""
    assert told(read(f"{HEAD}<h2>Trays</h2><p>{TEXT}</p><h2>Summary</h2><p>{FINDING}</p>")) == [("Summary", FINDING)]


SUMMED = {
    "at the end": (
        f"<h2>Trays</h2><p>{TEXT}</p><h2>Summary</h2><p>{FINDING}</p><h3>Acknowledgements</h3><p>We thank all.</p>"
        "<h3>References</h3><p>Doe. Stones.</p><h3>Appendix</h3><p>No.</p>",
        ["Trays", "Summary"],
    ),
    "on top": (
        f"<h2>Summary</h2><p>{FINDING}</p><h3>Introduction</h3><p>{TEXT}</p><h3>References</h3><p>Doe.</p>",
        ["Abstract", "Introduction"],
    ),
    "an abstract on top": (
        f"<h2>Abstract</h2><h3>Methods</h3><p>{FINDING}</p><h3>Introduction</h3><p>{TEXT}</p><h3>Funding</h3><p>No.</p>",
        ["Abstract", "Introduction"],
    ),
}  # fmt: skip


@pytest.mark.parametrize(("body", "titles"), SUMMED.values(), ids=SUMMED)
def test_no_section_below_a_summary_is_a_part_of_it(body: str, titles: list[str]) -> None:
    """What a paper has elsewhere opens a section, or ends the paper, at whatever level."""
    found = read(HEAD + body)
    assert [each.title for each in found.sections] == titles
    assert [text for _, text in told(found)] == [FINDING]


def test_a_title_has_no_link_to_itself() -> None:
    """A heading's link to itself is no part of the title."""
    assert (
        meta.read(b"<html><body><h1>Pebbles<a class='headerlink' href='#p'>\xc2\xb6</a></h1>").front.title == "Pebbles"
    )


def test_all_that_stands_below_an_abstract_is_no_abstract() -> None:
    """A page may have its sections below its abstract's heading: they are too long for one."""
    found = read(f"{HEAD}<h2>Abstract</h2><p>{FINDING}</p><h3>Trays</h3>{f'<p>{TEXT}</p>' * 30}")
    assert [each.title for each in found.sections] == ["Abstract", "Trays"]


LATEXML = (
    '<article class="ltx_document"><h1 class="ltx_title">Pebbles<span class="ltx_note">Thanks.</span></h1>'
    '<span class="ltx_personname">Ann Lee<sup>1</sup>, Bob Ray<br>River University</span>'
)
TOLD = {
    ("", f'{LATEXML}<div id="watermark-tr">arXiv:2401.01234v2 [cs.LG] 3 Feb 2024</div>'):
        ("Pebbles", ("Ann Lee", "Bob Ray"), "2401.01234"),
    ('<link rel="canonical" href="https://ar5iv.labs.arxiv.org/html/math/0309136">', LATEXML):
        ("Pebbles", ("Ann Lee", "Bob Ray"), "math/0309136"),
    ("", LATEXML.replace("Bob Ray", "River Institute")): ("Pebbles", (), ""),
    ('<link rel="canonical" href="https://example.org/html/2401.01234">', HEAD): ("Pebbles", (), ""),
    ("", '<p class="MsoTitle">Pebbles</p><h1>Abstract</h1>'): ("Pebbles", (), ""),
    ("<title>Pebbles</title>", "<h1>Introduction</h1>"): ("Pebbles", (), ""),
    ('<meta property="og:title" content="GitHub - lab/x: Trays">', HEAD): ("Pebbles", (), ""),
    ("<title>GitHub - lab/x: Pebbles</title>", ""): ("Pebbles", (), ""),
}  # fmt: skip


@pytest.mark.parametrize(("written", "wanted"), TOLD.items(), ids=range(len(TOLD)))
def test_what_a_page_tells_of_its_paper(written: tuple[str, str], wanted: tuple[str, tuple[str, ...], str]) -> None:
    """A title names no section; a page of LaTeXML's says whose it is, and arXiv's mark which paper."""
    head, body = written
    front = meta.read(f"<html><head>{head}</head><body>{body}</body></html>".encode()).front
    assert (front.title, front.authors, front.arxiv) == wanted


DELIMITED = {
    r"The rate \(\alpha = 0.5\) holds here.": [r"The rate $\alpha = 0.5$ holds here."],
    r"We have \[\mathcal{L} = \sum_i \ell_i.\] Then it ends.": [
        r"We have $\mathcal{L} = \sum_i \ell_i$.",
        "Then it ends.",
    ],
    r'<span class="math inline">\(f[12] < x_i\)</span> holds here.'.replace("<", "&lt;", 0): [
        r"$f[12] < x_i$ holds here."
    ],
    r"We have \begin{align} a &amp;= b \end{align} for now.": ["We have $a &= b$ for now."],
    r"The token \[CLS\] in C:\(x86\) has \[a-z\] for \(SNR\) here.": [
        r"The token \[CLS\] in C:\(x86\) has \[a-z\] for $SNR$ here."
    ],
    r"It is \[x\] or \[a-b=c\] here.": ["It is $x$ or $a-b=c$ here."],
    r"A price of $5 is \(z\) of <code>\(a\)</code> here.": ["A price of $5 is $z$ of \\(a\\) here."],
}


@pytest.mark.parametrize(("written", "said"), DELIMITED.items())
def test_formulas_of_mathjax_are_tex(written: str, said: list[str]) -> None:
    """What a page leaves to MathJax or KaTeX is a formula, and the code of a program none."""
    found = read(f"{HEAD}<h2>Trays</h2><p>{TEXT}</p><p>{written}</p>")
    assert [text for _, text in told(found)] == said


WRITTEN = {
    "in a tag": ('<meta charset="gbk">', "gbk", "我们研究鹅卵石如何按大小分类。"),
    "in an older tag": ('<meta http-equiv="Content-Type" content="; charset=iso-8859-1">', "cp1252", "Gödel’s 20 ± 3."),
    "nowhere": ("", "cp1252", "Gödel’s 20 ± 3."),
    "falsely": ('<meta charset="utf-8">', "cp1252", "Gödel’s 20 ± 3."),
    "falsely of UTF-8": ('<meta charset="iso-8859-1">', "utf-8", "Gödel’s 20 ± 3."),
    "by a name of nothing": ('<meta charset="a\0.b">', "cp1252", "Gödel’s 20 ± 3."),
}  # fmt: skip


@pytest.mark.parametrize(("tag", "encoding", "said"), WRITTEN.values(), ids=WRITTEN)
def test_a_page_is_read_as_it_was_written(tag: str, encoding: str, said: str) -> None:
    """Title, names and text have their signs, wherever a page says what it is written in, or nowhere."""
    tags = f'<meta name="citation_title" content="{said}"><meta name="citation_author" content="Jürgen Müller">'
    names = tags if encoding != "gbk" else tags.replace("ü", "u")
    page = (
        f"<html><head>{tag}{names}</head><body><h1>Pebbles</h1><h2>Trays</h2><p>{TEXT}</p><p>{said}</p></body></html>"
    )
    assert told(article.read(ID, page.encode(encoding))) == [("Trays", said)]
    front = meta.read(page.encode(encoding)).front
    assert (front.title, front.authors[0].replace("ü", "u")) == (said, "Jurgen Muller")


def test_a_wrong_sign_does_not_spoil_the_others() -> None:
    """A page in UTF-8 with a byte that is none is read as UTF-8."""
    page = f"<html><body><h1>Pebbles</h1><h2>Trays</h2><p>{TEXT}</p><p>Gödel’s 20 ± 3|.</p></body></html>".encode()
    assert told(article.read(ID, page.replace(b"|", b"\xe2"))) == [("Trays", "Gödel’s 20 ± 3\ufffd.")]


def test_a_page_may_begin_with_many_comments() -> None:
    """It is a page whatever stands before its first element, and as soon."""
    before = b"<?xml version='1.0'?><?more?>" + b"<!-- a page -->\n" * 60
    assert filetypes.kind(before + b"<!DOCTYPE html><html>") == "html"
    assert filetypes.kind(b"<!-- a -->" * 60 + b"text") == "markdown"
