"""What papers and models say, in Markdown and HTML: shown as it is, and doing nothing."""

import re
from html.parser import HTMLParser

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from podcast.digest import markup

HOSTILE = [
    "A | B\nC", r"$\text{Cambrian}^2$ | $\pi_0$", "<script>alert(1)</script>", "# Not a heading", "- no list",
    "1. no list", "`code` and ``pushcut''",
    "[x](javascript:alert(1))", "![x](https://example.org/x.png)", "*a* _b_ **c** ~~d~~",
    "&lt;b&gt; &amp; &#42;", "\\| \\\\| \\", "> quote", "=====", "---", "```\ncode\n```", "~~~", "<!-- x", "</details>",
    "https://example.org/ www.example.org", "+ plus", "snake_case_name _x_", "a\u2028b\u202ec", "| a | b |\n|---|---|",
    "*", "_", "[", "]", "[a]: https://example.org", "<https://example.org>", "\\", "a\\", "<![CDATA[x]]>", ":--", "::",
]  # fmt: skip
TEXTS = st.one_of(
    st.sampled_from(HOSTILE),
    st.text(alphabet=st.sampled_from(list("|\\`*_[]()#+-.!<>&$~:=\"'0123 ab\n\té中")), max_size=40),
    st.text(max_size=60),
    st.lists(st.sampled_from(HOSTILE), max_size=3).map(" ".join),
)


class Page(HTMLParser):
    """What a browser would see: the text, and the tags."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.text: list[str] = []
        self.tags: list[str] = []
        self.feed(html)
        self.close()

    def handle_data(self, data: str) -> None:
        self.text.append(data)

    def handle_starttag(self, tag: str, attrs: object) -> None:
        self.tags.append(tag)


def gfm(markdown: str) -> str:
    """Return the Markdown as GitHub's dialect has it, tags let through as our own renderer does."""
    return str(MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"]).render(markdown))


def shown(html: str) -> str:
    return " ".join("".join(Page(html).text).split())


@given(TEXTS)
def test_a_text_comes_back_and_makes_no_tag(value: str) -> None:
    """In a paragraph of its own, whatever it is, a text is one paragraph that shows just it."""
    html = gfm(markup.text(value))
    assert shown(html) == markup.one_line(value)
    assert Page(html).tags in (["p"], [])


@example("In C #", "### {}")
@given(TEXTS, st.sampled_from(["- {}", "### {}", "**x** {} *(Abstract)*", "> {}", "x {}", "1. {}"]))
def test_a_text_comes_back_wherever_it_stands(value: str, where: str) -> None:
    """In a list, a heading, a quotation or a sentence it shows just itself, and opens nothing."""
    plain = Page(gfm(where.format("word"))).tags
    html = gfm(where.format(markup.text(value)))
    wanted = shown(gfm(where.format("WORD"))).replace("WORD", markup.one_line(value))
    assert shown(html) == " ".join(wanted.split())
    assert Page(html).tags in (plain, [tag for tag in plain if tag != "p"])


@given(st.lists(st.tuples(TEXTS, TEXTS, TEXTS), min_size=1, max_size=4))
def test_a_table_keeps_its_shape(rows: list[tuple[str, str, str]]) -> None:
    """Every row has its three cells, each with its own text."""
    lines = [markup.row(("Title", "Authors", "Summary")), "|---|---|---|"]
    lines += [markup.row([markup.text(f"x{cell}") for cell in row]) for row in rows]
    html = gfm("\n".join(lines))
    cells = [shown(cell) for cell in re.findall(r"<td>(.*?)</td>", html, re.DOTALL)]
    assert cells == [markup.one_line(f"x{cell}") for row in rows for cell in row]
    assert Page(html).tags.count("table") == 1


@example("\\\n0", [])
@given(TEXTS, st.lists(st.sampled_from(["a", "GPT-4", "C++", "|", "*", "code", "中", "x y", "[x]"]), max_size=3))
def test_words_in_bold_change_nothing_else(value: str, words: list[str]) -> None:
    """With words set in bold the text is still the same, and has no other tag."""
    html = gfm(f"x {markup.bold(value, words)}")
    assert shown(html) == f"x {markup.one_line(value)}".strip()
    assert set(Page(html).tags) <= {"p", "strong"}


def test_words_are_set_in_bold() -> None:
    """A word stands in bold where it is whole, whatever its case, and not within another."""
    html = gfm(markup.bold("Diffusion beats diffusions: (diffusion) and GPT-4o, GPT-4", ["diffusion", "GPT-4"]))
    assert re.findall("<strong>(.*?)</strong>", html) == ["Diffusion", "diffusion", "GPT-4"]


@pytest.mark.parametrize(
    ("value", "bold"),
    [("了LoRA的", ["LoRA"]), ("C++é, C++ and C++", ["C++", "C++"]), ("中中国", ["中"]), ("é*", []), ("LoRALoRA", [])],
)
def test_stars_that_would_be_seen_are_left_out(value: str, bold: list[str]) -> None:
    """Where CommonMark takes no stars for bold, the word is plain: the text is all the same, without a star more."""
    html = gfm(markup.bold(value, ["LoRA", "C++", "中", "*"]))
    assert shown(html) == value
    assert re.findall("<strong>(.*?)</strong>", html) == bold


@given(
    TEXTS, st.sampled_from(["javascript:alert(1)", "data:text/html,x", "", "https://a b", "//x", "HTTPS://x.org/)a("])
)
def test_links_lead_to_the_web_or_nowhere(label: str, url: str) -> None:
    """An address that no page may link to leaves the bare label; others are quoted."""
    html = gfm(f"x {markup.link(markup.text(f'y{label}'), url)} z")
    found = re.findall(r'href="([^"]*)"', html)
    assert found == (["HTTPS://x.org/%29a%28"] if url.startswith("HTTPS") else [])
    assert shown(html) == f"x {markup.one_line(f'y{label}')} z"


@pytest.mark.parametrize("name", ["cs.CL", "Images, video and 3D", "<x> y", "", "2509.09666"])
def test_anchors_are_plain(name: str) -> None:
    """An anchor is made of letters, digits, dots and dashes, and is never empty."""
    assert re.fullmatch(r"[a-z0-9][a-z0-9.-]*", markup.slug(name))
