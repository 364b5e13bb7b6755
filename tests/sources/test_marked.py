"""What pages raise, and how deep they nest: a power stays one, a mark of a note or a citation goes."""

import pytest
from open_services import SENTENCES, article

from podcast.sources import article as page
from podcast.sources import markup


def heard(said: str) -> str:
    """Return what a page's text has of a paragraph that begins so."""
    found = page.read("2403.00001", article().replace(SENTENCES.encode(), f"{said} {SENTENCES}".encode(), 1))
    return next(iter(found.sentences()))


@pytest.mark.parametrize(
    ("said", "wanted"),
    [
        ("It was known before<sup>12</sup>.", "It was known before."),
        ("It was known before.<sup>3,4</sup>", "It was known before."),
        ("Lee<sup>2</sup> and Wu<sup>1–3</sup> and CNN<sup>[4]</sup> say so.", "Lee and Wu and CNN say so."),
        ("We take <sup>1</sup>H and <sup>13</sup>C spectra.", "We take 1H and 13C spectra."),
        ("It takes 10<sup>4</sup> l, 2 m<sup>2</sup>, 3 cm<sup>3</sup>.", "It takes 10⁴ l, 2 m², 3 cm³."),
        ("R<sup>2</sup> is χ<sup>2</sup>(x + y)<sup>2</sup> of mc<sup>2</sup>.", "R² is χ²(x + y)² of mc²."),
        ("At 5 mol<sup>-1</sup> a day<sup>−1</sup> of Na<sup>+</sup>.", "At 5 mol⁻¹ a day⁻¹ of Na⁺."),
        ("On the 4<sup>th</sup> of 2<sup>n</sup> days.", "On the 4th of 2ⁿ days."),
    ],
)
def test_what_is_raised_counts_or_cites(said: str, wanted: str) -> None:
    assert heard(said) == wanted


def test_no_heading_and_no_title_has_a_citation() -> None:
    found = page.read("2403.00001", article().replace(b"1 Part 1</h2>", b"Sorting<sup>1</sup></h2>"))
    assert "Sorting" in [section.title for section in found.sections]
    assert markup.plain("Sorting<sup>1</sup> by r<sup>2</sup>") == "Sorting by r²"


@pytest.mark.long
def test_a_page_nests_as_deep_as_it_likes() -> None:
    """Three thousand tags around a few words are those words."""
    deep = "<b><sup>" * 1500 + "very" + "</sup></b>" * 1500
    assert heard(f"It is {deep} deep.") == "It is very deep."
