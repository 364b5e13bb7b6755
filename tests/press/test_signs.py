"""TeX in what apps show: signs and plain words."""

import xml.etree.ElementTree as ET
from pathlib import Path

import pytest
from conftest import DAY, entry, load, podcast, save

from podcast.show.signs import in_signs


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        (r"$\tau^2$-Sort by \textit{M. G\'omez}", "τ²-Sort by M. Gómez"),
        (r"$4 \times 4$, $\alpha = 0.5$, $360^\circ$", "4 × 4, α = 0.5, 360°"),
        (r"costs \$5, 5\% of A\&B, Sec.~3", "costs $5, 5% of A&B, Sec. 3"),
        (r"from $10^{-3}$ to $\frac{1}{2}$, $\sqrt{n}$", "from 10⁻³ to 1/2, √n"),
        (r"$1{,}024$ or 1{,}024", "1,024 or 1,024"),
        (r"\href{https://example.org}{a page}~\cite{doe} there", "a page there"),
        (r"a $k$-th \emph{very \textbf{small}} one", "a k-th very small one"),
        ("from $5 to $10, a_b and ~3", "from $5 to $10, a_b and ~3"),
        (r"$x\times y$, $2 \times 3$, $n\log n$, $\lambda \in \{0, 1\}$", "x×y, 2 × 3, n log n, λ ∈ {0, 1}"),
        ("see Fig.~3, (i)~a and 5~10 of 1{,}024", "see Fig. 3, (i) a and 5~10 of 1,024"),
        (r"at \(\tau = 0.7\), \frac{1}{2}\footnotemark[1]", "at τ = 0.7, 1/2"),
        ("It costs 5$ per run and $100 per day.", "It costs 5$ per run and $100 per day."),
        (r"$ 95.2\% $ of $ x $, $2 - 4$x", "95.2% of x, 2 - 4x"),
    ],
)
def test_a_text_is_shown_so(written: str, shown: str) -> None:
    """Commands become what they draw, and what is no TeX stays; once is enough."""
    assert in_signs(written) == shown
    assert in_signs(shown) == shown


@pytest.mark.parametrize("sign", ["\\", "$", "{", "$\\", "\\frac{", "~", "^{", "\\a{"])
def test_hostile_text_is_shown_at_once(sign: str) -> None:
    """Whatever is repeated without end takes no time to speak of."""
    assert isinstance(in_signs(sign * 20_000), str)


def test_no_tex_reaches_feed_notes_page_or_transcript(show: Path) -> None:
    """A paper with TeX in title and abstract: an app shows signs everywhere, and the source stays on disk."""
    abstract = (
        r"We sort pebbles in \textbf{two} steps~\cite{doe}. The sorter is $\sim4\times$ faster than a scale. "
        r"It needs $256\times256$ weighings of each pebble. We also show that it never drops one of the pebbles."
    )
    save(show / "list.json", [entry("2509.00001", r"$\pi_{0.5}$: a Sorter", abstract, 9)])
    assert podcast(show, "make", DAY, "--papers", str(show / "list.json"), "--writer", "extractive") == 0
    item = ET.parse(show / "feed" / "feed.xml").find("channel/item")
    assert item is not None
    assert item.findtext("title") == "π0.5: a Sorter"
    assert "∼4× faster" in (show / "feed" / "feed.xml").read_text()
    for ending in ("vtt", "srt", "transcript.json", "html"):
        texts = [path.read_text() for path in (show / "feed").rglob(f"*{ending}")]
        assert any("256×256 weighings" in " ".join(text.split()) for text in texts), ending
    for path in (show / "feed").rglob("*"):
        data = path.suffix == ".json" and "digest" in path.parts  # what others compute with keeps the source
        if path.suffix in (".xml", ".html", ".vtt", ".srt", ".json") and not data:
            text = path.read_text()
            assert r"\times" not in text, path
            assert r"\pi" not in text, path
            assert "cite{" not in text, path
    assert r"\sim4\times" in load(next(show.glob("episodes/*/papers.json")))["papers"][0]["summary"]
