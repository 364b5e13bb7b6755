"""The rooms of the house, and who may enter which: docs/architecture.md as a test."""

import ast
import subprocess
import sys
from pathlib import Path

PACKAGE = Path(__file__).parents[1] / "podcast"

EVERYONE = {"schema", "settings", "errors"}
MAY_IMPORT = {
    "__main__": {"cli"},
    "cli": {"batch", "catalogue", "check", "clean", "config", "console", "daily", "days", "digest", "editing", "lines",
            "newshow", "notes", "pipeline", "publish", "regenerate", "release", "report", "samples", "serve", "sources",
            "speech", "studio", "targets", "workspace"},
    "console": set(),
    "report": {"casting", "catalogue", "clean", "config", "cover", "days", "ffmpeg", "hearing", "pace", "pipeline",
               "record", "registry", "roundup", "sources", "store", "studio", "synthesizers", "transcript", "workspace",
               "writers"},
    "samples": {"audio", "casting", "speech", "store", "studio"},
    "newshow": {"cover", "extras", "store", "workspace"},
    "extras": {"store"},
    "config": set(),
    "workspace": set(),
    "store": set(),
    "registry": set(),
    "catalogue": {"store", "workspace"},
    "days": {"sources", "store", "workspace"},
    "casting": {"record", "registry", "store", "synthesizers"},
    "pipeline": {"assembly", "criteria", "days", "grounding", "portrait", "record", "scores", "select", "sources",
                 "store", "studio", "versions", "workspace", "writers"},
    "studio": {"casting", "config", "portrait", "record", "registry", "sources", "speech", "store", "workspace",
               "writers"},
    "assembly": {"audio", "catalogue", "cover", "mix", "record", "store", "studio", "tags", "versions"},
    "batch": {"pipeline", "portrait", "roundup", "store", "studio"},
    "revise": set(),
    "versions": {"store", "workspace"},
    "regenerate": {"grounding", "pipeline", "portrait", "record", "revise", "store", "studio", "versions"},
    "editing": {"regenerate", "store", "studio"},
    "lines": {"pipeline", "record", "regenerate", "revise", "store", "studio", "transcript"},
    "clean": {"record", "store", "studio", "versions", "workspace"},
    "targets": {"catalogue", "days", "pipeline", "roundup", "sources", "store", "studio", "workspace"},
    "timeline": {"audio"},
    "release": {"roundup", "store", "workspace"},
    "criteria": {"workspace"},
    "roundup": {"select", "store", "workspace"},
    "scores": {"store", "workspace", "writers"},
    "select": set(),
    "grounding": set(),
    "speech": set(),
    "record": {"audio", "joining", "loudness", "retake", "speech", "store", "synthesizers", "verify", "workspace"},
    "joining": {"audio", "pace"},
    "retake": {"audio", "clauses", "synthesizers", "verify"},
    "clauses": set(),
    "verify": {"audio", "hearing", "pace"},
    "hearing": {"audio"},
    "pace": {"audio", "store"},
    "pitch": {"audio"},
    "portrait": {"audio", "hearing", "pace", "pitch", "record", "store", "verify"},
    "mix": {"audio", "ffmpeg", "loudness", "store", "tags", "workspace", "timeline"},
    "tags": {"store"},
    "audio": set(),
    "loudness": {"audio"},
    "ffmpeg": set(),
    "transcript": set(),
    "templating": {"transcript"},
    "notes": {"release", "templating"},
    "feed": set(),
    "apps": set(),
    "linkeddata": {"release"},
    "spoken": {"release"},
    "site": {"apps", "config", "linkeddata", "release", "spoken", "templating", "workspace"},
    "artwork": set(),
    "lettering": set(),
    "cover": {"artwork", "lettering", "store"},
    "digest": {"batch", "catalogue", "config", "criteria", "grounding", "pipeline", "scores", "select", "site", "store",
               "studio", "templating", "workspace", "writers"},
    "press": {"catalogue", "check", "config", "cover", "digest", "feed", "notes", "release", "roundup",
              "site", "store", "transcript", "workspace"},
    "publish": {"config", "feed", "notify", "press", "publishers", "registry", "store", "workspace"},
    "publishers": {"headers", "store"},
    "headers": set(),
    "notify": set(),
    "daily": {"batch", "catalogue", "days", "digest", "notify", "pipeline", "record", "roundup", "sources", "store",
              "studio", "synthesizers", "transcript", "workspace"},
    "serve": {"headers"},
    "check": {"artwork", "serve"},
    "sources": {"store", "workspace"},
    "writers": {"criteria", "grounding", "store"},
    "synthesizers": {"audio", "ffmpeg"},
    "schema": set(),
    "settings": set(),
    "errors": set(),
    "assets": set(),
    "demo": set(),
}  # fmt: skip
"""What a room may import of ours besides `EVERYONE`; rooms within one folder may import each other."""

HEAVY = ("numpy", "pydantic", "pydub", "feedgen", "lxml", "jinja2", "PIL", "mutagen", "soundfile", "soxr", "num2words",
         "pysbd", "starlette", "uvicorn", "rich.progress", "torch", "TTS", "openai", "httpx2", "requests",
         "bs4", "pypdf", "pocketsphinx", "boto3", "botocore", "hibari", "onnxruntime")  # fmt: skip


def _room(module: str) -> str:
    return module.split(".")[1] if module.count(".") else "__init__"


def _imports(path: Path) -> set[str]:
    found = set()
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names if alias.name.startswith("podcast.")}
        elif isinstance(node, ast.ImportFrom) and node.module == "podcast":
            found |= {f"podcast.{alias.name}" for alias in node.names if alias.name != "__version__"}
        elif isinstance(node, ast.ImportFrom) and (node.module or "").startswith("podcast."):
            found.add(str(node.module))
    return {_room(module) for module in found}


def test_every_arrow_between_rooms_is_drawn() -> None:
    """No module imports another than those its room may; every room is known."""
    wrong = []
    for path in sorted(PACKAGE.rglob("*.py")):
        relative = path.relative_to(PACKAGE)
        room = relative.parts[0].removesuffix(".py")
        if room == "__init__":
            continue
        assert room in MAY_IMPORT, f"{room} is a new room: draw it in docs/architecture.md and here"
        wrong += [f"{relative} → {other}" for other in _imports(path) - EVERYONE - MAY_IMPORT[room] - {room}]
    assert not wrong


def test_only_the_mix_knows_pydub() -> None:
    """pydub is imported by podcast/mix.py and by nothing else."""
    users = [path.name for path in PACKAGE.rglob("*.py") if "pydub" in ast.dump(ast.parse(path.read_text()))]
    assert set(users) == {"mix.py"}


def test_help_imports_no_heavy_library() -> None:
    """`podcast --help` loads nothing that a help page has no use for."""
    script = "import sys; from podcast import cli; cli.run(['--help']); print('|', *sys.modules, file=sys.stderr)"
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert "fetch → read → write" in done.stdout
    loaded = done.stderr.partition("|")[2].split()
    assert [name for name in HEAVY if name in loaded] == []


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
