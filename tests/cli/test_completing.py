"""What Tab offers, asked as each shell asks."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from conftest import DAY

OFFERED = [
    (["make", ""], {"latest", "today", DAY}),
    (["script", "24"], {"2403.00002"}),
    (["record", ""], {"latest", "today", DAY, "2403.00002"}),
    (["regenerate", "2403.00002", "--host", ""], {"X", "Y"}),
    (["make", "--voice", "X=tone-l"], {"X=tone-low"}),
    (["voices", "try", "mi"], {"mine"}),
    (["voices", "say", "--voice", "mi"], {"mine"}),
    (["publish", "--withdraw", "240"], {"2403.00002"}),
]


@pytest.fixture
def known(tmp_path: Path) -> Path:
    """A show with a day, a paper of which something was made, its own hosts, and a voice of its own."""
    (tmp_path / "episodes" / DAY / "2403.00002").mkdir(parents=True)
    (tmp_path / "podcast.toml").write_text('[[hosts]]\nkey = "X"\nname = "X"\n[[hosts]]\nkey = "Y"\nname = "Y"\n')
    (tmp_path / "voices").mkdir()
    (tmp_path / "voices" / "mine.toml").write_text('synthesizer = "tone"\nlicence = "CC0-1.0"\n')
    return tmp_path


def offered(shell: str, words: list[str], **more: str) -> subprocess.CompletedProcess[str]:
    """Ask the program as the shell's script does. The last word is the one that is being written."""
    line = " ".join(["podcast", *words])
    asked = {
        "bash": {"COMP_WORDS": line, "COMP_CWORD": str(len(words))},
        "zsh": {"_TYPER_COMPLETE_ARGS": line},
        "fish": {"_TYPER_COMPLETE_ARGS": line, "_TYPER_COMPLETE_FISH_ACTION": "get-args"},
    }[shell]
    script = "import sys; sys.argv[0] = 'podcast'; from podcast.__main__ import main\ntry: main()\n"
    script += "finally: print('|', *sys.modules, file=sys.stderr)"
    return subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=False,
        env={**os.environ, "_PODCAST_COMPLETE": f"complete_{shell}", **asked, **more},
    )  # fmt: skip


@pytest.mark.long
@pytest.mark.parametrize(
    ("words", "wanted"), OFFERED, ids=lambda value: " ".join(sorted(value) if isinstance(value, set) else value)
)
def test_tab_offers_what_the_show_has(known: Path, words: list[str], wanted: set[str]) -> None:
    """Days, papers, hosts and voices come from the show that -C names, also where bash asks."""
    found = offered("bash", ["-C", str(known), *words]).stdout.split()
    assert wanted <= set(found)
    assert all(each.startswith(words[-1]) for each in found)


@pytest.mark.long
@pytest.mark.parametrize("shell", ["zsh", "fish"])
def test_other_shells_are_offered_the_same(known: Path, shell: str) -> None:
    """zsh and fish get the papers in their own form, and PODCAST_DIR names the show as -C does."""
    assert "2403.00002" in offered(shell, ["script", "24"], PODCAST_DIR=str(known)).stdout


def test_a_broken_show_offers_what_it_can(known: Path) -> None:
    """Settings that are no TOML leave the default hosts, and nothing is written beside what is offered."""
    (known / "podcast.toml").write_text("[[hosts")
    done = offered("bash", ["-C", str(known), "regenerate", "latest", "--host", ""])
    assert done.stdout.split() == ["A", "B"]
    assert done.stderr.startswith("|")


def test_tab_loads_no_heavy_library(known: Path) -> None:
    """What answers a keystroke imports none of our heavy libraries; pydantic is what typer itself parses with."""
    loaded = offered("bash", ["-C", str(known), "make", "--voice", "X="]).stderr.partition("|")[2].split()
    assert "typer" in loaded
    assert {"numpy", "openai", "jinja2", "requests", "rich.progress", "lxml"} & set(loaded) == set()


@pytest.mark.long
@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_each_shell_can_read_its_script(shell: str, tmp_path: Path) -> None:
    """The script that --show-completion prints names the program, and the shell, where it is here, takes it."""
    done = subprocess.run(
        [sys.executable, "-m", "podcast", "--show-completion", shell], capture_output=True, text=True, check=False,
        env={**os.environ, "_TYPER_COMPLETE_TEST_DISABLE_SHELL_DETECTION": "1"},
    )  # fmt: skip
    assert "COMPLETE" in done.stdout
    if program := shutil.which(shell):
        script = tmp_path / "script"
        script.write_text(done.stdout)
        subprocess.run([program, "-n", str(script)], check=True)
