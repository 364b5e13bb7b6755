"""The wings of the house, and who may enter which: docs/architecture.md as a test."""

import ast
import subprocess
import sys
from graphlib import TopologicalSorter
from pathlib import Path

import pytest
from conftest import ROOT

PACKAGE = ROOT / "podcast"

LINE = "the line"
"""The modules at the top of podcast/, which read aloud: one row of the table, for one may call another."""

MAY_IMPORT: dict[str, set[str]] = {
    "show": set(),
    "sound": {"show"},
    "speech": {"show"},
    "grounding": {"show", "speech"},
    "serving": {"show"},
    "sources": {"show"},
    "synthesizers": {"show", "sound"},
    "writers": {"show", "grounding"},
    "papers": {"show", "grounding", "sources", "writers"},
    "machines": {"show"},
    "recording": {"show", "machines", "sound", "speech", "synthesizers"},
    "press": {"show", "papers"},
    "digest": {"show", "grounding", "papers", "press"},
    "check": {"show", "press", "serving"},
    "publishers": {"show", "check", "digest", "papers", "press", "serving"},
    LINE: {"show", "digest", "grounding", "machines", "papers", "press", "publishers", "recording", "sound", "sources",
           "speech", "synthesizers", "writers"},
    "revising": {"show", "grounding", "recording", "synthesizers", LINE},
    "desk": {"show", "check", "grounding", "papers", "press", "publishers", "recording", "revising", "serving", "sound",
             "sources", "speech", "writers", LINE},
    "cli": {"show", "check", "desk", "digest", "grounding", "machines", "papers", "press", "publishers", "recording",
            "revising", "serving", "sound", "sources", "speech", "synthesizers", "writers", LINE},
}  # fmt: skip
"""What a wing may import of ours. Modules of one wing may import each other."""

HEAVY = ("numpy", "pydantic", "pydub", "feedgen", "lxml", "jinja2", "PIL", "mutagen", "soundfile", "soxr", "num2words",
         "pysbd", "starlette", "uvicorn", "rich.progress", "torch", "TTS", "openai", "httpx2", "requests",
         "bs4", "pypdfium2", "pocketsphinx", "faster_whisper", "ctranslate2", "boto3", "botocore", "hibari",
         "onnxruntime", "ray")  # fmt: skip


def _wing(module: str) -> str:
    """Return the wing of a module such as `podcast.press.site`; those at the top are the line's, `podcast` no one's."""
    name = module.partition(".")[2].partition(".")[0]
    return "" if not name else name if (PACKAGE / name).is_dir() else LINE


def _imports(path: Path) -> set[str]:
    found = set()
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names if alias.name.partition(".")[0] == "podcast"}
        elif isinstance(node, ast.ImportFrom) and node.module == "podcast":
            found |= {f"podcast.{alias.name}" for alias in node.names if alias.name != "__version__"}
        elif isinstance(node, ast.ImportFrom) and (node.module or "").startswith("podcast."):
            found.add(str(node.module))
    return found


@pytest.mark.long
def test_every_arrow_between_wings_is_drawn() -> None:
    """No module imports from another wing than those its own may; every wing is known."""
    wrong = []
    for path in sorted(PACKAGE.rglob("*.py")):
        module = ".".join(path.relative_to(PACKAGE.parent).with_suffix("").parts)
        wing = _wing(module)
        if module in ("podcast.__init__", "podcast.__main__"):
            continue
        assert wing in MAY_IMPORT, f"{wing} is a new wing: draw it in docs/architecture.md and here"
        arrows = {other: _wing(other) for other in _imports(path)}
        wrong += [f"{module} → {other}" for other, of in arrows.items() if of not in MAY_IMPORT[wing] | {wing, ""}]
    assert not wrong


def test_no_arrow_runs_back_up() -> None:
    """The table of wings has no circle; every arrow that it allows, but to show, is one that the code has."""
    TopologicalSorter(MAY_IMPORT).prepare()  # raises CycleError, naming the circle
    used: dict[str, set[str]] = {wing: set() for wing in MAY_IMPORT}
    for path in PACKAGE.rglob("*.py"):
        wing = _wing(".".join(path.relative_to(PACKAGE.parent).with_suffix("").parts))
        if path.parent != PACKAGE or path.name not in ("__init__.py", "__main__.py"):
            used[wing] |= {_wing(other) for other in _imports(path)} - {wing, ""}
    idle = {f"{wing} → {other}" for wing, allowed in MAY_IMPORT.items() for other in allowed - used[wing] - {"show"}}
    assert not idle


def test_the_top_reads_aloud() -> None:
    """At the top lie eleven Python files at most; a wing says in two sentences what it is for and what it may use."""
    assert len(list(PACKAGE.glob("*.py"))) <= 11
    for wing in set(MAY_IMPORT) - {LINE}:
        told = ast.get_docstring(ast.parse((PACKAGE / wing / "__init__.py").read_text())) or ""
        assert " may use " in told, f"podcast/{wing}/__init__.py does not say what it may use"


@pytest.mark.long
def test_only_the_mix_knows_pydub() -> None:
    """pydub is imported by podcast/sound/pouring.py and by nothing else."""
    users = [path.name for path in PACKAGE.rglob("*.py") if "pydub" in ast.dump(ast.parse(path.read_text()))]
    assert set(users) == {"pouring.py"}


def test_help_imports_no_heavy_library() -> None:
    """`podcast --help` loads nothing that a help page has no use for."""
    script = "import sys; from podcast import cli; cli.run(['--help']); print('|', *sys.modules, file=sys.stderr)"
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert "fetch → read → write" in done.stdout
    loaded = done.stderr.partition("|")[2].split()
    assert [name for name in HEAVY if name in loaded] == []


@pytest.mark.long
def test_one_broad_except_at_the_front_door() -> None:
    """`except Exception` stands once in the project, in cli.run."""
    broad = [
        f"{path.relative_to(PACKAGE)}:{node.lineno}"
        for path in PACKAGE.rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.ExceptHandler)
        and (node.type is None or (isinstance(node.type, ast.Name) and node.type.id in ("Exception", "BaseException")))
        and not (isinstance(node.body[-1], ast.Raise) and node.body[-1].exc is None)  # cleaning up, then on
    ]
    assert len(broad) == 1
    assert broad[0].startswith("cli/__init__.py")


NOT_FOR = {
    "--version": {"pydantic", "rich", *HEAVY},
    "--help": {"pydantic", "rich", *HEAVY},
    "config": {"numpy", "bs4", "lxml", "requests", "rich.progress", "podcast.speech.digits", "podcast.pipeline"},
    "script latest": {"numpy", "bs4", "lxml", "requests", "rich.progress", "podcast.speech.digits", "podcast.pipeline",
                      "podcast.grounding.evidence"},
    "status": {"bs4", "lxml", "requests", "rich.progress", "podcast.grounding.evidence", "podcast.pipeline",
               "podcast.sources.huggingface", "PIL", "jinja2"},
}  # fmt: skip
"""What each of these is done without: importing it would cost more than the command."""


@pytest.mark.parametrize("command", NOT_FOR)
def test_what_only_looks_loads_no_tools(made: Path, command: str) -> None:
    """A look at a show imports nothing that fetches, speaks, mixes or judges."""
    code = f"import sys; from podcast import cli; cli.run({command.split()!r}); print(*sys.modules, file=sys.stderr)"
    done = subprocess.run([sys.executable, "-c", code], cwd=made, capture_output=True, text=True, check=True)
    loaded = set(done.stderr.splitlines()[-1].split())
    assert "podcast.cli.front" in loaded
    assert loaded & NOT_FOR[command] == set()
