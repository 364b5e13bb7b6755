"""A report's page in the site's look: papers are cards, cells have labels, and what is said stays."""

from pathlib import Path

import pytest
from conftest import DAY, podcast
from lxml import html

from podcast.digest import cards


@pytest.fixture
def day(made: Path) -> Path:
    """The folder of the day's reports in a show whose two papers are heard."""
    assert podcast(made, "digest", DAY) == 0
    return made / "feed" / "digest" / "2024" / "03"


@pytest.mark.parametrize("report", ["05", "05-categories", "05-selection"])
def test_a_paper_is_a_card_with_its_episode(day: Path, report: str) -> None:
    """Each paper stands in a card of its own, with what is said of it and a link to its episode's page, which links
    back."""
    page = html.parse(day / f"{report}.html").getroot()
    papers = page.xpath("//article[contains(@class, 'digest')]/section[@class='card']")
    assert len(papers) == 2
    for paper in papers:
        assert len(paper.xpath("./h3")) == 1
        assert len(paper.text_content()) > 200
        (episode,) = paper.xpath(".//a[contains(@href, '/episodes/')]/@href")
        heard = html.parse((day / episode).resolve()).getroot()
        assert heard.xpath("//a[.='The day in text']/@href") == ["../../digest/2024/03/05.html"]
    assert not page.xpath("//section[@class='card']//h2 | //article/h3")


def test_the_table_leads_to_the_episodes_and_names_its_cells(day: Path) -> None:
    """A row of the table has its episode, and each cell the name of its column, which a phone shows."""
    page = html.parse(day / "05-table.html").getroot()
    rows = page.xpath("//tbody/tr")
    assert [row.xpath("./td/@data-label") for row in rows] == [["Title", "Authors", "Summary"]] * 2
    assert all(row.xpath("./td[1]//a[.='listen to the episode']") for row in rows)


def test_other_reports_are_a_row_of_links(day: Path) -> None:
    """The day's other reports, all days and the data are links of one navigation, in the order of the Markdown."""
    page = html.parse(day / "05.html").getroot()
    assert page.xpath("//nav[@aria-label='The same papers']//a/@href") == [
        "05-categories.html", "05-table.html", "05-selection.html", "../../index.html", "05.json",
    ]  # fmt: skip


def test_headings_that_a_show_writes_make_no_cards() -> None:
    """Headings of the show's own criteria, which are quoted, stay where they are."""
    own = '<h2><a id="criteria"></a>The criteria</h2>\n<blockquote>\n<h2>Ours</h2>\n<h3>More</h3>\n</blockquote>\n'
    assert cards.dressed(own) == own
    paper = '<h3><a id="paper-1"></a>One</h3>\n<p>Text</p>\n'
    assert cards.dressed(paper + own) == f'<section class="card">\n{paper}</section>\n{own}'
