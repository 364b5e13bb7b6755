"""What README, CONTRIBUTING and docs count and list is what there is."""

import re
from typing import get_args

import pytest
from conftest import ROOT, TESTS

from podcast import cli
from podcast.check import Rule
from podcast.show.schema import Format
from podcast.synthesizers import SYNTHESIZERS

README = (ROOT / "README.md").read_text()
CONTRIBUTING = (ROOT / "CONTRIBUTING.md").read_text()
WORDS = ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
COUNTED = {
    "rules": len(Rule),
    "commands": len(cli.app.registered_commands) + len(cli.app.registered_groups),
    "engines": len(SYNTHESIZERS),
    "formats": len(get_args(Format)),
    "voices that come along": len(list((ROOT / "voices").glob("*.toml"))),
}
PAGES = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *sorted((ROOT / "docs").glob("*.md"))]


@pytest.mark.parametrize("what", COUNTED)
def test_a_number_in_the_docs_is_the_number_there_is(what: str) -> None:
    """Wherever a page says how many rules, commands, engines, formats or voices there are, so many there are."""
    pattern = rf"\b(\d+|{'|'.join(WORDS[3:])}) {what}\b"  # "two rules" are those of the house
    said = [(page.name, found) for page in PAGES for found in re.findall(pattern, page.read_text())]
    right = {str(COUNTED[what]), *WORDS[COUNTED[what] : COUNTED[what] + 1]}
    assert [(page, found) for page, found in said if found not in right] == []


def test_the_rules_are_counted() -> None:
    """The README says how many rules a feed is held to."""
    assert f"{len(Rule)} rules" in README


def test_the_readme_has_a_row_for_each_engine() -> None:
    """The table of engines is the table of the code, in its order."""
    table = README.partition("| engine | needs |")[2].partition("\n\n")[0]
    assert re.findall(r"^\| (\w+) \|", table, re.MULTILINE) == list(SYNTHESIZERS)


def test_slow_tests_that_are_listed_are_slow() -> None:
    """CONTRIBUTING names none that is gone, or that `make test` runs."""
    found = set()
    for path in TESTS.rglob("test_*.py"):
        text = path.read_text()
        marked = (
            "" if "\npytestmark = pytest.mark." in text else r"@pytest\.mark\.(?:long|soak)\n(?:@.*\n|    .*\n|\).*\n)*"
        )
        found |= {f"{path.relative_to(ROOT)}::{name}" for name in re.findall(rf"^{marked}def (test_\w+)", text, re.M)}
    listed = re.findall(r"`(tests/[\w/]+\.py::test_\w+)`", CONTRIBUTING)
    assert len(listed) > 10
    assert [test for test in listed if test not in found] == []


def test_generated_files_and_what_makes_them_are_there() -> None:
    """Each row of the table of generated files names files that are here, and a maker that is."""
    table = CONTRIBUTING.partition("## Generated files")[2].partition("\n\nA show")[0]
    rows = re.findall(r"^\| `([^`]+)` \| (.+) \|$", table, re.MULTILINE)
    assert len(rows) >= 4
    for files, maker in rows:
        assert list(ROOT.glob(files.rstrip("/"))), files
        for named in re.findall(r"[\w/]+\.py", maker):
            assert (ROOT / named).is_file(), named
        for module in re.findall(r"python -m ([\w.]+)", maker):
            assert (ROOT / module.replace(".", "/")).with_suffix(".py").is_file(), module
