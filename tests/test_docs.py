"""The docs are true: every command, module and file they name is there, and none is missing from them."""

import re
from pathlib import Path

import pytest
from conftest import ROOT

from podcast import cli

README = (ROOT / "README.md").read_text()
ARCHITECTURE = (ROOT / "docs" / "architecture.md").read_text()


def test_the_readme_names_every_command() -> None:
    """Each command of `podcast --help` stands in the README."""
    commands = {command.name or command.callback.__name__ for command in cli.app.registered_commands}
    commands |= {group.name for group in cli.app.registered_groups}
    assert len(commands) == 28
    assert [command for command in commands if not re.search(rf"`(podcast )?{command}\b", README)] == []


def test_the_readme_opens_with_the_two_commands() -> None:
    """A newcomer's first code block is `make demo` and `make test`, and the Makefile has both."""
    first = README.split("```")[1].split()
    assert "demo" in first
    assert "test" in first
    targets = re.findall(r"^(\w+):", (ROOT / "Makefile").read_text(), re.MULTILINE)
    assert {"demo", "test"} <= set(targets)


def test_the_architecture_draws_every_wing() -> None:
    """Each wing, and each module of the line, stands in docs/architecture.md."""
    rooms = {path.name for path in (ROOT / "podcast").glob("*.py")} - {"__init__.py"}
    rooms |= {f"{path.name}/" for path in (ROOT / "podcast").iterdir() if path.is_dir() and path.name[0] not in "._"}
    assert [room for room in sorted(rooms) if not re.search(rf"^  {re.escape(room)}", ARCHITECTURE, re.MULTILINE)] == []


PAGES = [
    path
    for folder in (".", "docs", "docs/decisions", "voices", "podcast/*", "podcast/*/*")
    for path in ROOT.glob(f"{folder}/*.md")
]


@pytest.mark.parametrize("page", sorted(PAGES), ids=lambda path: str(path.relative_to(ROOT)))
def test_links_between_pages_lead_somewhere(page: Path) -> None:
    """Every relative link of every page names a file that is there."""
    for target in re.findall(r"\]\((?!https?://|mailto:|#)([^)#]+)", page.read_text()):
        assert (page.parent / target).exists(), target


@pytest.mark.long
def test_no_registry_address_stands_in_the_tree() -> None:
    """Whoever installs this chooses where packages come from."""
    hosts = ("py" + "pi.org", "python" + "hosted", "registry." + "npmjs", "deb." + "debian")
    wrong = [
        path
        for path in ROOT.rglob("*")
        if path.is_file()
        and path.suffix in (".py", ".md", ".toml", ".txt", ".yml", ".json", "")
        and not {".venv", ".git", "episodes", "feed"} & set(path.relative_to(ROOT).parts)
        and not any(part.startswith(".") and part.endswith("cache") for part in path.parts)
        and any(host in path.read_text(errors="replace") for host in hosts)
    ]
    assert wrong == []
