"""What of a paper is said: texts in boxes are, what was not set, led nowhere or is about the submission is not."""

import re
from collections.abc import Iterator

import open_services
import pytest
import typeset
from services import formula, latexml_page, markdown_page
from typeset import Put

from podcast.show.errors import SourceError
from podcast.show.formulas import parted
from podcast.sources import article, latexml, markdown, originals, pdf
from podcast.sources.sentences import split_sentences
from podcast.sources.text import clean_text
from podcast.sources.titles import ends_the_paper, is_back_matter

ID = "2509.00003"
FINDING = "Grey pebbles cost 42 percent more weighings than white ones."
P = '<span class="ltx_p">'
BEGIN, END = '<div class="ltx_para"><p class="ltx_p">', "</article>"


def added(inside: str, after: str = "", before: str = "") -> list[tuple[str, str]]:
    """Return the sentences, with their sections, that the stand-in page has more with this in its first part, and that
    behind all parts, or before the first."""
    plain = latexml_page(ID).decode()
    page = plain.replace(BEGIN, inside + BEGIN, 1).replace(END, after + END)
    page = page.replace('<section id="S1"', f'{before}<section id="S1"')
    known = set(latexml.read(ID, plain.encode()).sentences())
    found = latexml.read(ID, page.encode())
    return [(found.section_of(n), text) for n, text in enumerate(found.sentences(), 1) if text not in known]


def para(text: str) -> str:
    return f"{BEGIN}{text}</p></div>"


BOXES = {
    "a picture's box": '<svg class="ltx_picture"><g><foreignObject><span class="ltx_inline-block ltx_minipage">'
    f'{P}{FINDING}</span></span></foreignObject><foreignObject>{P}Heap size n</span></foreignObject></g></svg>',
    "a box in a paragraph": para(f'<svg><foreignobject><p class="ltx_p">{FINDING}</p></foreignobject></svg>'),
    "a box without a paragraph": f'<svg class="ltx_picture"><foreignObject>{FINDING}</foreignObject></svg>',
    "a minipage": f'<div class="ltx_para"><span class="ltx_inline-block ltx_minipage">{P}{FINDING}</span></span></div>',
    "a div": f'<div class="ltx_para"><div class="ltx_p">{FINDING}</div></div>',
    "a box that LaTeXML does not know": para(
        f'<span class="ltx_ERROR undefined">{{tcolorbox}}</span>[colback=gray!5, title=Takeaway] {FINDING}'
    ),
    "a picture in a picture": f"<svg><g><foreignobject><svg><foreignobject>{P}{FINDING}</span></foreignobject></svg>"
    "</foreignobject></g></svg>",
    "a frame": f'<div class="ltx_para"><span class="ltx_text ltx_framed">{FINDING}</span></div>',
    "a caption": f'<figure><figcaption>{FINDING.replace(" 42 ", "<br/>42<br/>")}</figcaption></figure>',
    "a line's break": para(FINDING.replace(" 42 ", '<br class="ltx_break"/>42<br/>')),
    "an item": f'<ul class="ltx_itemize"><li class="ltx_item"><span class="ltx_tag">•</span>{para(FINDING)}</li></ul>',
}  # fmt: skip


@pytest.mark.parametrize("box", BOXES.values(), ids=BOXES)
def test_texts_in_boxes_are_read_where_they_stand(box: str) -> None:
    """A finding in a box is a sentence of its section, once, whole; labels of axes are none."""
    assert added(box) == [("Part 1", FINDING)]


def test_markdown_breaks_part_words() -> None:
    """A break between two words of Markdown is a space."""
    page = markdown_page().decode().replace("We sort pebbles.", FINDING.replace(" 42 ", "<br>42<br/>"))
    assert FINDING in markdown.read(ID, page.encode()).sentences()


def test_boxes_in_a_paragraph_keep_their_order() -> None:
    """Two sentences in a box of a paragraph stand behind it, in their order; a word in a box stays in its sentence."""
    two = f'We found this. <span class="ltx_minipage">{P}{FINDING}</span>{P}It holds for white ones too.</span></span>'
    assert [text for _, text in added(para(two))] == ["We found this.", FINDING, "It holds for white ones too."]
    one = f'The word <span class="ltx_inline-block">{P}grey heap</span></span> is in the sentence.'
    assert [text for _, text in added(para(one))] == ["The word grey heap is in the sentence."]


LOST = '<span class="ltx_ref ltx_missing_label">LABEL:fig:overview</span>'
LABELS = {
    f"It is drawn in Figure {LOST} for once.": "It is drawn in a figure for once.",
    f"Figure {LOST} draws the new heap.": "A figure draws the new heap.",
    "It holds by Eq. (??) for all.": "It holds by an equation for all.",
    "As Tables ?? and ?? tell, it holds.": "As tables tell, it holds.",
    "White heaps (see Sec. ??) are light.": "White heaps are light.",
    "White heaps are light [?].": "White heaps are light.",
    "Black heaps are light [?, ?], as ever.": "Black heaps are light, as ever.",
    "Doe et al. (?) tell of black heaps.": "Doe et al. tell of black heaps.",
    f"By {LOST} it holds for black heaps.": "",
    "By ?? it holds for black heaps.": "",
    "Are black heaps light??": "Are black heaps light??",
    r"It is in Figure~\ref{fig:heaps} for once.": "It is in a figure for once.",
    "It is in Table [tab:heaps] for once.": "It is in a table for once.",
    "Their page is https://a.example/sec:heaps for once.": "Their page is https://a.example/sec:heaps for once.",
}


@pytest.mark.parametrize(("said", "read"), LABELS.items())
def test_labels_that_lead_nowhere_are_not_said(said: str, read: str) -> None:
    """A figure without a number is "a figure", a citation without one goes, and a sentence that needs it goes whole."""
    assert [text for _, text in added(para(said))] == ([read] if read else [])


def cite(text: str, macro: str = "cite") -> str:
    return f'<cite class="ltx_cite ltx_citemacro_{macro}">{text}</cite>'


DOE, RAY, NUMBER = cite("Doe et al. (2020)"), cite("(Ray &amp; Lee, 2019)", "citep"), cite("[12]")
TWO = cite("Doe et al. (2020); Ray (2021a, b)")
CITED = {
    f"As shown by {DOE}, grey heaps are slow.": "As shown by Doe et al., grey heaps are slow.",
    f"In a trial, {DOE} find a rate of 3.": "In a trial, Doe et al. find a rate of 3.",
    f"{DOE} sort by size.": "Doe et al. sort by size.",
    f"It is {RAY}’s idea, told by {TWO}.": "It is Ray & Lee’s idea, told by Doe et al. and Ray.",
    f"Following {cite('Ray 2020', 'citealt')}, {cite('Lee (2021)', 'textcite')} sorts.": "Following Ray, Lee sorts.",
    f"It is {cite('Doe et al.', 'citeauthor')}’s idea.": "It is Doe et al.’s idea.",
    f"Grey heaps {DOE} are slow {TWO}.": "Grey heaps are slow.",
    f"Grey heaps are slow {RAY}, as in {NUMBER}.": "Grey heaps are slow.",
    f"Grey heaps (as in {NUMBER}) are slow {NUMBER}, {NUMBER}.": "Grey heaps are slow.",
    f"Following {NUMBER}, we sort grey heaps.": "We sort grey heaps.",
    f"As shown by {NUMBER}, grey heaps are slow.": "",
    f"The sorter of {NUMBER} is slow.": "",
    f"{NUMBER} show that grey heaps are slow.": "",
    f"Doe et al. {NUMBER} show that grey heaps are slow.": "Doe et al. show that grey heaps are slow.",
    f"Heap-50, {RAY} trained on stones, is slow.": "Heap-50, trained on stones, is slow.",
    f"We sort heaps with PER {RAY} and scales.": "We sort heaps with PER and scales.",
    f"Scales are widely used in {RAY} heaps.": "Scales are widely used in heaps.",
    f"Our scale is similar to {RAY}.": "Our scale is similar to Ray & Lee.",
    f"Our scale is similar to {cite('(OpenAI, 2023b; 12)')}.": "",
}  # fmt: skip


@pytest.mark.parametrize(("said", "read"), CITED.items())
def test_a_citation_that_is_a_part_of_its_sentence_stays(said: str, read: str) -> None:
    """By whatever command it is cited; where it has no names and the sentence needs it, that goes whole."""
    assert [text for _, text in added(para(said))] == ([read] if read else [])


BRACKETS = {
    "Values in [0, 255] are scaled to [1, 5] [12].": "Values in [0, 255] are scaled to [1, 5].",
    "We draw $x$ from $[0,1]$ as in [3], [4]–[6].": "We draw $x$ from $[0,1]$.",
    "It was shown [SD20, AB21a] before [2020].": "It was shown before.",
    "As shown by [12, 13], grey heaps are slow.": "",
    "In recent years,[1] studies of heaps have grown much.": "In recent years, studies of heaps have grown much.",
    "Heaps,[5] introduced by Doe, are cheap as well.": "Heaps, introduced by Doe, are cheap as well.",
    "The heap,[7] reported to be stable, is used here.": "The heap, reported to be stable, is used here.",
    "However,[4] reports of heaps are rare.": "However, reports of heaps are rare.",
    "We use Heap-50, [12] trained on stones, as a base.": "We use Heap-50, trained on stones, as a base.",
    "In recent years, [12] showed that heaps are slow.": "",
    "Recently, [12] trained a sorter.": "",
    "Heaps are slow, and [12] reports that they stay so.": "",
    "Our sorter is very similar to [12].": "",
    "Our scale is inspired by [3, 4].": "",
    "The scale is the same as in [9].": "",
    "We design the scale in line with [8].": "We design the scale.",
    "We sort heaps with PER [31] and scales.": "We sort heaps with PER and scales.",
    "We replace BN by IN [12] in all heaps.": "We replace BN by IN in all heaps.",
    "The U.S. [12] has no rule for heaps.": "The U.S. has no rule for heaps.",
    "Sorters need scales that they interact with [12].": "Sorters need scales that they interact with.",
    "We tell of the plug-in [12] for heaps.": "We tell of the plug-in for heaps.",
}


@pytest.mark.parametrize(("said", "read"), BRACKETS.items())
def test_a_citation_in_brackets_is_no_interval(said: str, read: str) -> None:
    """In Markdown and in a web page numbers in brackets cite, but where they bound what is said, or are a formula's."""
    page = markdown_page().decode().replace("We sort pebbles.", f"Here it is. {said} So it is.").encode()
    web = open_services.article().replace(b"The sorter", f"Here it is. {said} So it is. The sorter".encode(), 1)
    for document in (markdown.read(ID, page), article.read(ID, web)):
        found = document.sentences()
        at = found.index("Here it is.") + 1
        assert found[at : found.index("So it is.")] == ((read,) if read else ())


def test_a_power_on_a_page_stays_one() -> None:
    """What arXiv's pages raise outside of formulas counts, or is a mark."""
    said = "Of 10<sup class='ltx_sup'>6</sup> heaps the 1<sup>st</sup> is 10<sup class='ltx_sup'>-3</sup> m."
    assert [text for _, text in added(para(said))] == ["Of 10⁶ heaps the 1st is 10⁻³ m."]
    caption = f"<figure><figcaption>{said}</figcaption></figure>"
    assert [text for _, text in added(caption)] == ["Of 10⁶ heaps the 1st is 10⁻³ m."]


TEX = {
    r"\usepackage[utf8]{inputenc} \newcommand{\heap}[1]{\textbf{#1}} Heaps are grey today.": "Heaps are grey today.",
    r"\settopmatter{printacmref=false} \setlength{\parindent}{0pt} Heaps are grey today.": "Heaps are grey today.",
    r"\@ifnextchar[{\@heap}{\@pebble} Heaps are grey today.": "Heaps are grey today.",
    r"Heaps are \textbf{grey} and \emph{all} so.": "Heaps are grey and all so.",
    r"Heaps are grey~\citep[see][]{doe} today \label{sec:heaps}.": "Heaps are grey today.",
    "∗Equal contribution.": "",
    "†Corresponding author: a reader of the beach.": "",
    "Work done during an internship at the beach.": "",
}


@pytest.mark.parametrize(("said", "read"), TEX.items())
def test_what_was_not_set_is_not_said(said: str, read: str) -> None:
    """Preamble, commands, and notes on the authors go; the words that commands set stay."""
    assert [text for _, text in added(para(said))] == ([read] if read else [])


PRICED = (
    "A run costs $12 on rented machines, not $15. It is 3{times} faster, and its error stays {leq} for {alpha} or $5."
)
COSTS, REST = (
    "A run costs $12 on rented machines, not $15.",
    r"It is 3$\times$ faster, and its error stays $\leq 2%$ for $\alpha>0$ or $5.",
)


def dollars(slash: str = "") -> str:
    """Return the text of prices and formulas, with a backslash before the dollar of a price or without."""
    said = PRICED.replace("$", f"{slash}$")
    return said.format(times=r"$\times$", leq=r"$\leq 2\%$", alpha=r"$\alpha>0$")


def test_a_price_beside_formulas_on_a_page() -> None:
    """A page's own dollars open no formula, and a formula that is a price is one."""
    said = PRICED.format(times=formula(r"\times"), leq=formula(r"\leq 2\%"), alpha=formula(r"\alpha>0"))
    assert [text for _, text in added(para(said))] == [COSTS, REST]
    assert [text for _, text in added(para(said.replace("$12", formula(r"\$12"))))] == [COSTS, REST]


@pytest.mark.parametrize("said", [dollars(), dollars("\\")], ids=["bare", "escaped"])
def test_a_price_beside_formulas_in_a_text(said: str) -> None:
    """In Markdown, in a web page and in an abstract, too, formulas stay whole and sentences end."""
    page = markdown_page().decode().replace("We sort pebbles.", said).encode()
    web = open_services.article().replace(b"The sorter", f"{said} The sorter".encode(), 1)
    assert split_sentences(clean_text(said)) == (COSTS, REST)
    for document in (markdown.read(ID, page), article.read(ID, web)):
        found = document.sentences()
        assert found[found.index(COSTS) + 1] == REST


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("$5 to $10, $5-$10, $5–$10, 3$x$", ["$x$"]),
        ("US$5, ($5), $1.2 million; $5. Then 3$x$", ["$x$"]),
        ("$5 a month, $10K/year, $5 (each) of $n$", ["$n$"]),
        (r"$5, 3$\times$ of $5 ms$ and $10^{-3} $", [r"$\times$", "$5 ms$", "$10^{-3} $"]),
        (r"\$5 of $c=\$5$, $ n $, $$m>1$$", [r"$c=\$5$", "$ n $", "$$m>1$$"]),
        (r"$10$K of $3$2 and $10$\% but $k$", ["$10$", "$3$", "$10$", "$k$"]),
        (r"dollars ($), $\sim$10 and $x$-axis", [r"$\sim$", "$x$"]),
    ],
)
def test_which_dollars_open_formulas(text: str, found: list[str]) -> None:
    """An amount with words behind it, a space at the edge or a backslash: none of these is a formula's."""
    assert parted(text)[1::2] == found
    assert "".join(parted(text)) == text


FORMS = (
    "NeurIPS Paper Checklist", "ICML Paper Checklist", "ACL Responsible NLP Research Checklist", "Checklist",
    "Reproducibility Checklist", "Ethics Statement", "Impact Statement", "Funding", "Funding Statement",
    "Acknowledgments and Disclosure of Funding", "Author Contributions", "Author notes", "Conflict of Interest",
    "Declaration of Competing Interest", "Data Availability Statement", "Code availability", "LLM Usage Statement",
    "The Use of Large Language Models", "CRediT authorship contribution statement", "Contributors", "A Appendix",
    "Reproducibility Statement", "Informed Consent Statement", "7 References", "Discussion: Acknowledgements",
    "NeurIPS 2025 Paper Checklist", "Funding and Acknowledgements", "VII. References and Notes", "Supplementary Note 2",
    "The Use of Large Language Models (LLMs)", "AI Usage Disclosure", "Use of LLMs in this paper", "Appendix B: Proofs",
    "Remerciements", "Références", "Anhang A", "Список литературы", "致谢", "参考文献", "謝辞",
    "Availability of data and materials", "Ethics approval and consent to participate", "Consent for publication",
    "Abbreviations", "Supporting information: S1 Fig. Heaps", "■ Associated content", "■ Author information",
    "Publisher’s note", "Lead contact", "Footnotes", "See also", "Decision letter", "Author response",
    "Share this post", "Related posts:", "Join us", "License", "New Comment", "5 thoughts on “Heaps”", "■ REFERENCES",
)  # fmt: skip


@pytest.mark.parametrize("title", FORMS)
def test_forms_are_no_part_of_the_paper(title: str) -> None:
    """Whatever the conference wants to know stands in no document, of a page or of Markdown."""
    section = (
        f'<section class="ltx_section"><h2 class="ltx_title ltx_title_section">{title}</h2>{para(FINDING)}'
        f'<section class="ltx_subsection"><h3 class="ltx_title">Claims</h3>{para("Question: Is it so? Answer: [No]")}'
        "</section></section>"
    )
    assert added("", section) == []
    page = markdown_page().decode().replace("## References", f"## {title}\n\n{FINDING}\n\n## References").encode()
    assert FINDING not in markdown.read(ID, page).sentences()


OWN = (
    "Our contributions", "Contributions", "Details", "Experiments: Details", "Data", "Ethical Considerations",
    "Notes", "Limitations", "Literature Review", "Impact", "Mutual Information", "Statement of the problem",
    "Safety", "Reference Policies", "2 Reference-free evaluation", "Reference frames", "Appending new trays",
    "Checklist generation", "Supplementary views", "Supplementing the data",
    "Reinforcement Learning from Checklist Feedback", "Literature", "Funding of startups", "LLM usage patterns",
    "Use of LLMs in peer review", "AI use in schools", "Disclosures", "Declarations of types", "Anhänglichkeit",
    "Приложение для камней", "Data availability issues", "Sharing", "Related heaps", "Online content", "Downloads",
    "2 License", "Permissions", "Comments", "Copyright", "Citation", "Peer review", "More from less",
)  # fmt: skip


@pytest.mark.parametrize("title", OWN)
def test_the_papers_own_sections_are_no_forms(title: str) -> None:
    """Sections that only sound like one are the paper's, and so are those behind them."""
    assert not is_back_matter(title)
    assert not ends_the_paper(title)
    section = f'<section class="ltx_section"><h2 class="ltx_title">{title}</h2>{para(FINDING)}</section>'
    assert added("", before=section) == [(title, FINDING)]


PLACED = (
    "License", "Share", "Related", "Availability", "Consent", "Abbreviations", "See also", "Footnotes", "Supplements",
    "Funding", "Checklist", "Contributors", "Permissions", "Join us", "Newsletter",
)  # fmt: skip


def _in_all_forms(*sections: tuple[str, str]) -> Iterator[list[str]]:
    """Yield the titles of the sections that are read of a page, of LaTeXML's, of Markdown and of a PDF of them all."""
    web = "".join(f"<h2>{name}</h2><p>{text}</p>" for name, text in sections)
    marked = "".join(f"## {name}\n\n{text}\n\n" for name, text in sections)
    tagged = (re.sub(r"^(\d )", r'<span class="ltx_tag">\1</span>', name) for name, _ in sections)
    texts = [
        f'<section class="ltx_section"><h2 class="ltx_title">{name}</h2>{para(text)}</section>'
        for name, (_, text) in zip(tagged, sections, strict=True)
    ]
    page = [Put(60, 80, "How Pebbles Are Sorted by Weight", 17, "bold"), Put(60, 120, "Abstract", 12, "bold")]
    for at, (name, text) in enumerate((("", sections[0][1]), *sections)):
        page += [Put(60, 136 + 110 * at, text, width=480)]
        page += [Put(60, 120 + 110 * at, name, 12, "bold")] if name else []
    documents = (
        article.read(ID, f"<html><body><h1>Pebbles</h1>{web}</body></html>".encode()),
        latexml.read(ID, _made("".join(texts)), 0, 1),
        markdown.read(ID, f"# Pebbles\n\n{marked}".encode(), 1, 1),
        pdf.read(ID, typeset.put(page)),
    )
    for found in documents:
        yield [re.sub(r"^\d ", "", each.title) for each in found.sections if each.title != "Abstract"]


def test_what_stands_in_the_methods_is_their_own() -> None:
    """A part of the methods is one, though it is the last of the paper's own; what may be a form is no such."""
    methods = f"## Methods\n\n{FINDING}\n\n### Consent\n\nAll of them agreed.\n\n"
    tail = "## License\n\nIt is free.\n\n## Citation\n\nPlease cite our work.\n\n"
    found = markdown.read(ID, f"# Pebbles\n\n## Trays\n\n{FINDING}\n\n{methods}{tail}".encode(), 1, 1)
    assert [each.title for each in found.sections] == ["Trays", "Methods", "Methods: Consent"]


@pytest.mark.long
def test_what_papers_are_about_as_well_is_a_form_by_its_place() -> None:
    """Such a section goes behind the last of the paper's own, and stays before one, and where it has a number."""
    wrong, references = [], ("References", "Doe, A. Stones. 2010.")
    for name in PLACED:
        own = [(title, open_services.SENTENCES) for title in ("1 Trays", name, "2 Heaps", f"3 {name}")]
        if any(read != ["Trays", name, "Heaps", name] for read in _in_all_forms(*own, references)):
            wrong.append(f"{name}, of its own")
        ends = [(title, open_services.SENTENCES) for title in ("1 Trays", "2 Conclusions", name, "Postscript")]
        for last in (ends[:3], ends):
            if any(name in read or "Trays" not in read for read in _in_all_forms(*last, references)):
                wrong.append(f"{name}, behind the text")
    assert wrong == []


WHEREVER = {
    "License": "Distributed under the MIT License. See `LICENSE.txt` for more information.",
    "Newsletter": "Sign up for our weekly letter, and get all the pebbles into your inbox.",
    "Related": "- [The sorter that never lost a single pebble at sea](https://example.org/a)",
    "Abbreviations": "PEB, pebble weight; HEA, heap area; TRY, tray.",
    "Funding": "The sorter was paid for by the Pebble Trust and the Council of Heaps.",
}
IN_FRONT = {"Abbreviations": "The heap's area is short.", "Funding": "The beach paid for it."}


def test_a_form_is_one_wherever_it_stands_where_it_says_so() -> None:
    """What says what such a form does goes before own sections, too, and what stands between abstract and text; what
    says of the paper's matter stays, and so does the last section of a post."""

    def told(*sections: tuple[str, str]) -> list[str]:
        marked = "".join(f"## {name}\n\n{text}\n\n" for name, text in sections)
        return [each.title for each in markdown.read(ID, f"# Pebbles\n\n{marked}".encode(), 1, 1).sections]

    text = open_services.SENTENCES
    midst = {name: told(("Trays", text), (name, said), ("Heaps", text)) for name, said in WHEREVER.items()}
    assert [name for name, read in midst.items() if read != ["Trays", "Heaps"]] == []
    front = {name: told(("Abstract", text), (name, said), ("Heaps", text)) for name, said in IN_FRONT.items()}
    assert [name for name, read in front.items() if read != ["Abstract", "Heaps"]] == []
    for name in ("Licensing", "Permissions", "Consent"):
        assert told(("Trays", text), ("Heaps", text), (name, text)) == ["Trays", "Heaps", name]
        own = ("Trays", "Summary", name, "Limitations", "Share", "Heaps")
        assert told(*((title, text) for title in own)) == list(own)


FORMS_BY_TEXT = {
    "Use of LLMs in coding": "We used ChatGPT to check the grammar and the wording of the draft.",
    "Funding of the trays": "This work was supported by the River Fund.",
    "Disclosures": "The authors declare no competing interests.",
    "Online content": "Any methods, additional references and checklists are available on the web.",
    "Citation": "If you use the trays, please cite our work.",
    "Literature": "1. Doe, A. Sorting stones by hand. Journal of Stones 11, 2010.",
}


@pytest.mark.parametrize(("title", "text"), FORMS_BY_TEXT.items())
def test_a_form_is_known_by_its_text_or_its_place(title: str, text: str) -> None:
    """A section that is called as forms may be is one where it reads so, or stands behind the conclusions."""
    own, form = (f'<section class="ltx_section"><h2 class="ltx_title">{title}</h2>{para(said)}</section>' for said in
                 (FINDING, text))  # fmt: skip
    end = (
        '<section class="ltx_section"><h2 class="ltx_title">5 Conclusions</h2><p class="ltx_p">It works.</p></section>'
    )
    assert added("", before=form) == []
    assert added("", before=end + own) == [("5 Conclusions", "It works.")]


def test_a_checklist_under_any_title_is_none_of_the_paper() -> None:
    """Answers to a conference's questions are known by themselves."""
    texts = (
        "Question: Does it report error bars?",
        "Answer: [No]",
        "Justification: Our results improve by 12 percent.",
    )
    section = f'<section class="ltx_section"><h2 class="ltx_title">More</h2>{"".join(map(para, texts))}</section>'
    assert added("", section) == []


CHAPTER = '<section class="ltx_chapter"><h2 class="ltx_title ltx_title_chapter">{}</h2>{}</section>'


def _made(inside: str) -> bytes:
    """Return a page of LaTeXML's of little more than what is inside."""
    text = (
        '<div class="ltx_para"><p class="ltx_p">' + "White heaps are light, and grey ones heavy. " * 20 + "</p></div>"
    )
    note = '<div class="ltx_para"><p class="ltx_p">It holds.<span class="ltx_note">A note.</span></p></div>'
    head = '<div class="ltx_abstract"><h6 class="ltx_title">Abstract</h6><p class="ltx_p">We sort.</p></div>'
    page = inside.replace("TEXT", text + note)
    return f'<html><body><article class="ltx_document">{head}{page}</article></body></html>'.encode()


SECTION = '<section class="ltx_section"><h2 class="ltx_title ltx_title_section">Trays</h2>TEXT</section>'


@pytest.mark.parametrize(
    ("inside", "names"),
    [
        ("TEXT", ["Abstract", "Text"]),
        (SECTION, ["Abstract", "Trays"]),
        (CHAPTER.format("Heaps", "TEXT" + SECTION), ["Abstract", "Heaps", "Trays"]),
        (CHAPTER.format("Bibliography", "TEXT") + SECTION, ["Abstract", "Trays"]),
    ],
)
def test_a_short_page_of_latexml_is_read_as_one(inside: str, names: list[str]) -> None:
    """A page that a person named may have one section, none, or chapters; its abstract is one."""
    found = originals.read("file-0123456789abcdef", _made(inside))
    assert [section.title for section in found.sections] == names
    assert "It holds." in found.sentences()
    assert originals.abstract(found) == "We sort."


def _mostly_empty() -> str:
    empty = '<section class="ltx_section"><h2 class="ltx_title ltx_title_section">Lost</h2></section>'
    return latexml_page(ID).decode().replace(END, empty * 6 + END)


BROKEN = {
    "cut off": latexml_page(ID).decode().partition("<section class=\"ltx_bibliography\">")[0],
    "sections without a text": _mostly_empty(),
    "commands that were not understood": latexml_page(ID).decode().replace(
        "Heaps", '<span class="ltx_ERROR undefined">\\heaps</span><span class="ltx_ERROR undefined">\\of</span> Heaps'
    ),
    "TeX as it is": latexml_page(ID).decode().replace("Does it get", r"Does \ourmethod{} \emph{it} get"),
    "said by itself": latexml_page(ID).decode().replace(END, "<p>This document may be truncated or damaged.</p>" + END),
}  # fmt: skip


@pytest.mark.parametrize("page", BROKEN.values(), ids=BROKEN)
def test_a_conversion_that_lost_much_is_refused(page: str) -> None:
    """A page that has text enough, and not the paper's whole text, leads to the next form."""
    with pytest.raises(SourceError, match=f"the page of {ID}"):
        latexml.read(ID, page.encode())
