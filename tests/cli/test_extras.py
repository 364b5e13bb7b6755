"""What `podcast new --with` lays: every file passes its own judge, and the rules that no judge knows."""

import os
import shlex
import shutil
import subprocess
import sys
import tomllib
import zipfile
from collections.abc import Iterable
from fnmatch import fnmatch
from pathlib import Path
from typing import Any

import pytest
import yaml
from conftest import ROOT, podcast

from podcast import cli
from podcast.cli import extras
from podcast.show import store
from podcast.show.exits import Exit
from podcast.show.schema import Document
from podcast.show.workspace import Workspace, is_setting

BIN = Path(sys.executable).parent
ODD = "a 100% show"
"""A folder with what units and shells read as their own."""


@pytest.fixture(scope="module")
def laid(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A new show with all extras."""
    folder = tmp_path_factory.mktemp("extras") / ODD
    assert cli.run(["new", str(folder), *(word for name in extras.EXTRAS for word in ("--with", name))]) == 0
    return folder


def judged(*command: object) -> str:
    """Return what a judge says that finds fault; "" where it finds none."""
    done = subprocess.run([str(word) for word in command], capture_output=True, text=True, timeout=60)
    return f"{done.stdout}{done.stderr}" if done.returncode else ""


def workflow(folder: Path) -> dict[Any, Any]:
    found: dict[Any, Any] = yaml.safe_load((folder / ".github/workflows/podcast.yml").read_text())
    return found


def test_all_is_laid_and_nothing_is_left_open(laid: Path) -> None:
    """Each extra's files are there, and no place in them waits to be filled."""
    for name, places in extras.EXTRAS.items():
        for target in places.values():
            text = (laid / target).read_text()
            assert text.strip(), name
            for word in ("@FOLDER@", "@TITLE@", "@COMMAND@", "@QUOTED@"):
                assert word not in text
    texts = (path for path in laid.rglob("*.*") if path.suffix in (".md", ".txt", ".json", ".html", ".pdf"))
    assert [path for path in texts if not is_setting(path)] == [], "nobody is offered them as papers"


def test_what_is_there_stays(tmp_path: Path) -> None:
    """A file that a person has already is not overwritten; an unknown extra makes no folder."""
    (tmp_path / "show").mkdir()
    (tmp_path / "show" / "Dockerfile").write_text("FROM scratch\n")
    assert cli.run(["new", str(tmp_path / "show"), "--with", "docker"]) == 0
    assert (tmp_path / "show" / "Dockerfile").read_text() == "FROM scratch\n"
    assert cli.run(["new", str(tmp_path / "other"), "--with", "cloud"]) == 2
    assert not (tmp_path / "other").exists()


def test_a_show_that_is_there_gets_what_runs_it(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """`new --with` beside a show lays its title's files, says which were there already, and touches nothing else; with
    other words it is refused as before."""
    show = tmp_path / "show"
    assert cli.run(["new", str(show)]) == 0
    text = (show / "podcast.toml").read_text().replace('title = "Show"', 'title = "Of Pebbles"')
    (show / "podcast.toml").write_text(text)
    stood = {path: path.read_bytes() for path in show.rglob("*") if path.is_file()}
    assert cli.run(["new", str(show), "--with", "systemd"]) == 0
    assert "Description=Of Pebbles: " in (show / "deploy/podcast.service").read_text()
    assert {path: path.read_bytes() for path in stood} == stood
    (show / "deploy/podcast.timer").write_text("mine")
    capsys.readouterr()
    assert cli.run(["new", str(show), "--with", "systemd", "--with", "cron"]) == 0
    said = capsys.readouterr().err
    assert f"{show / 'deploy/podcast.timer'} is there, and stays as it is" in said
    assert f"{show / 'deploy/crontab'}: its first lines" in said
    assert (show / "deploy/podcast.timer").read_text() == "mine"
    for words in ([], ["--with", "cron", "--hosts", "3"], ["--with", "cron", "--language", "de"]):
        assert cli.run(["new", str(show), *words]) == 1
        assert "is a show already" in capsys.readouterr().err


def test_a_show_without_extras_has_none(tmp_path: Path) -> None:
    assert cli.run(["new", str(tmp_path / "show")]) == 0
    assert not [target for places in extras.EXTRAS.values() for target in places.values()
                if (tmp_path / "show" / target).exists()]  # fmt: skip


@pytest.mark.long
def test_github_takes_the_workflow(laid: Path) -> None:
    """GitHub's schema, and zizmor, which looks for what is unsafe, find no fault."""
    path = laid / ".github/workflows/podcast.yml"
    assert judged(BIN / "check-jsonschema", "--builtin-schema", "vendor.github-workflows", path) == ""
    assert judged(BIN / "zizmor", "--offline", "--no-progress", "--pedantic", "--min-severity", "low", path) == ""


def test_the_workflow_keeps_its_rules(laid: Path) -> None:
    """An odd minute, by hand too, one at a time, rights job by job, secrets by environment, time limits."""
    flow = workflow(laid)
    on = flow[True]  # YAML 1.1 reads `on` so
    minute, _, *rest = on["schedule"][0]["cron"].split()
    assert 0 < int(minute) < 60
    assert int(minute) % 15
    assert rest == ["*", "*", "*"]
    assert "workflow_dispatch" in on
    assert flow["concurrency"]["cancel-in-progress"] is False
    assert flow["permissions"] == {}
    for job in flow["jobs"].values():
        assert job["environment"]
        assert 0 < job["timeout-minutes"] <= 180
        assert all(
            "@" not in step.get("uses", "") or len(step["uses"].partition("@")[2]) == 40 for step in job["steps"]
        )
        for step in job["steps"]:
            assert "${{" not in step.get("run", "")  # what others write goes in by variables, never into a script
            assert "secrets." not in str(step)


def steps_by(folder: Path, action: str) -> list[dict[str, Any]]:
    """Return the steps of the workflow's first job that use the action, in their order."""
    steps: list[dict[str, Any]] = workflow(folder)["jobs"]["make"]["steps"]
    return [step for step in steps if step.get("uses", "").startswith(f"{action}@")]


def test_what_a_morning_made_is_kept_however_it_ended(laid: Path) -> None:
    """What the workflow takes out of the cache before a run goes back into it after one that failed, too, under the
    same names; sound and what was served are among it, and no step that saves by itself, on success alone, is left."""
    steps = workflow(laid)["jobs"]["make"]["steps"]
    restored, saved = steps_by(laid, "actions/cache/restore"), steps_by(laid, "actions/cache/save")
    kept = [(step["with"]["path"], step["with"]["key"]) for step in restored]
    assert [(step["with"]["path"], step["with"]["key"]) for step in saved] == kept
    assert {"episodes/*/*/takes", "episodes/*/*/mixes", "feed/media", "feed/*"} <= set(" ".join(dict(kept)).split())
    assert all(step["with"]["key"].startswith(step["with"]["restore-keys"]) for step in restored)
    conditions = [step["if"] for step in saved]  # what is not served is not kept as what was served
    assert conditions == ["always() && steps.run.outcome != 'skipped'", "always() && steps.run.outputs.published"]
    assert not steps_by(laid, "actions/cache")
    run = next(step for step in steps if step.get("id") == "run")
    assert max(map(steps.index, restored)) < steps.index(run) < min(map(steps.index, saved))


@pytest.mark.parametrize(
    ("code", "publishes", "served", "goes_on"),
    [(0, True, "", True), (6, True, "", True), (1, True, "feed-1", True), (1, True, "", False),
     (1, False, "feed-1", False), (4, False, "feed-1", False), (0, False, "", False)],
)  # fmt: skip
def test_pages_have_what_was_published(
    laid: Path, tmp_path: Path, code: int, publishes: bool, served: str, goes_on: bool
) -> None:
    """Whatever the run ended with, what it published goes to Pages, and the last step fails with its code; where an
    episode is broken and what was served of it is not here, and where nothing was published, Pages stay as they are."""
    jobs = workflow(laid)["jobs"]
    run = next(step for step in jobs["make"]["steps"] if step.get("id") == "run")
    note = Workspace(tmp_path).last_publish
    note.parent.mkdir(parents=True)
    note.touch()
    os.utime(note, (1, 1))  # of an earlier run, out of the cache
    publish = f"touch {shlex.quote(str(note))}" if publishes else ""
    (tmp_path / "podcast").write_text(f'#!/bin/sh\necho "$@" > said\n{publish}\nexit {code}\n')
    (tmp_path / "podcast").chmod(0o755)
    path = f"{tmp_path}:{os.environ['PATH']}"
    env = {"PATH": path, "RUNNER_TEMP": str(tmp_path), "GITHUB_OUTPUT": "out", "DAYS": "", "SERVED": served}
    done = subprocess.run(["bash", "-e", "-o", "pipefail", "-c", run["run"]], cwd=tmp_path, env=env, check=False)
    said = dict(line.split("=") for line in (tmp_path / "out").read_text().splitlines())
    assert said == {"code": str(code)} | ({"published": "yes"} if goes_on else {})
    assert done.returncode == (0 if goes_on else code)
    assert (tmp_path / "said").read_text() == "run\n"  # how many days, podcast.toml says
    assert jobs["make"]["outputs"]["published"] == "${{ steps.run.outputs.published }}"
    assert all(step["if"] == "steps.run.outputs.published" for step in jobs["make"]["steps"][-2:])
    assert jobs["deploy"]["if"] == "needs.make.outputs.published"
    assert jobs["deploy"]["steps"][-1]["run"] == 'exit "$CODE"'


def test_days_are_the_shows_unless_somebody_says_otherwise(laid: Path) -> None:
    """By hand a number may be named; nothing else goes before [run] days."""
    flow = workflow(laid)
    assert "default" not in flow[True]["workflow_dispatch"]["inputs"]["days"]
    run = next(step for step in flow["jobs"]["make"]["steps"] if step.get("id") == "run")
    assert run["env"]["DAYS"] == "${{ inputs.days }}"
    assert 'podcast run ${DAYS:+--days "$DAYS"} ||' in run["run"]


def test_nobody_but_the_program_reads_the_keys(laid: Path) -> None:
    """No unit and no compose file has .env read by systemd or Docker, which read other values in it, and would win."""
    assert "EnvironmentFile" not in (laid / "deploy/podcast.service").read_text()
    for service in yaml.safe_load((laid / "compose.yaml").read_text())["services"].values():
        assert "env_file" not in service
    assert "ENV PATH=/venv/bin:$PATH PODCAST_DIR=/data" in (laid / "Dockerfile").read_text()


def ignored(folder: Path, paths: Iterable[str]) -> set[str]:
    """Return which of the paths git leaves out in the folder, by the .gitignore there."""
    subprocess.run(["git", "init", "-q", str(folder)], check=True, env={**os.environ, "GIT_CONFIG_GLOBAL": os.devnull})
    ask = ["git", "-C", str(folder), "check-ignore", "--no-index", "--stdin"]
    done = subprocess.run(ask, input="\n".join(paths), capture_output=True, text=True, check=False)
    shutil.rmtree(folder / ".git")
    return set(done.stdout.split())


def test_git_never_sees_sound_or_papers_texts(laid: Path) -> None:
    """Of all that a show holds, git takes the documents of ours alone."""
    folder = "episodes/2025-09-12/2509.00001"
    out = ["document.json", "original.pdf", "versions/document-9f.json", "drafts/a.json", "takes/a.flac", "mixes/a.mp3",
           ".lock"]  # fmt: skip
    kept = ["brief.json", "script.json", "episode.json", "versions/0001.json", "versions/brief-9f.json"]
    ask = [f"{folder}/{name}" for name in out + kept]
    ask += ["feed/feed.xml", ".env", "episodes/.run.lock", "episodes/show.json", "episodes/runs/a.json", "podcast.toml"]
    assert ignored(laid, ask) == {f"{folder}/{name}" for name in out} | {"feed/feed.xml", ".env", "episodes/.run.lock"}


@pytest.mark.long
def test_no_file_with_a_papers_text_comes_into_git(laid: Path, made: Path, tmp_path: Path) -> None:
    """Of a paper out of a file, before and after its text is read anew: what holds half of its sentences is left out,
    and the workflow's cache keeps it."""
    paper = tmp_path / "pebbles.md"
    text = "".join(
        f"## Part {n}\n\nHeap {n} has {n + 40} pebbles. Its sorter weighs {n + 7} kg.\n\n" for n in range(40)
    )
    paper.write_text(f"---\ntitle: On Pebbles\nauthors: Jane Doe\n---\n\n{text}")
    assert podcast(made, "make", str(paper), "--no-publish") == 0
    (folder,) = (path.parent for path in made.glob("episodes/*/*/original.md"))
    document = store.load(Document, folder / "document.json")
    with (folder / "original.md").open("a") as file:
        file.write("## Part 40\n\nThe last heap has no pebbles.\n")
    assert podcast(made, "regenerate", folder.name, "--from", "read", "--no-publish") == 0
    sentences = document.sentences()
    whole = {path for path in made.glob("episodes/*/*/**/*") if path.is_file()
             and 2 * sum(each.encode() in path.read_bytes() for each in sentences) > len(sentences)}  # fmt: skip
    assert {path.name.partition("-")[0] for path in whole} == {"document.json", "original.md", "document"}
    shutil.copy(laid / ".gitignore", made)
    names = {str(path.relative_to(made)) for path in whole}
    assert ignored(made, names) == names
    cached = " ".join(step["with"]["path"] for step in steps_by(laid, "actions/cache/restore")).split()
    assert {name for name in names for each in cached if fnmatch(name, each) or fnmatch(name, f"{each}/*")} == names


@pytest.mark.parametrize("secret", ["", "Zq3-secret_of_32_letters-9f81aBc"])
def test_a_private_show_stands_on_pages_below_its_secret(laid: Path, tmp_path: Path, secret: str) -> None:
    """The workflow lays out the feed at the root, and with FEED_SECRET below that, with nothing above it; feed/ stays
    for the cache."""
    (tmp_path / "feed" / "media").mkdir(parents=True)
    files = ("feed.xml", ".nojekyll", "media/a.mp3")
    for name in files:
        (tmp_path / "feed" / name).write_text(name)
    make = workflow(laid)["jobs"]["make"]
    *_, step, upload = make["steps"]
    assert "actions/upload-pages-artifact@" in upload["uses"]
    assert make["env"]["FEED_SECRET"] == "${{ secrets.FEED_SECRET }}"
    env = {"PATH": os.environ["PATH"], "FEED_SECRET": secret}
    subprocess.run(["bash", "-e", "-o", "pipefail", "-c", step["run"]], cwd=tmp_path, env=env, check=True)
    laid_out = tmp_path / upload["with"]["path"]
    found = {str(path.relative_to(laid_out)) for path in laid_out.rglob("*") if path.is_file()}
    assert found == {f"{secret}/{name}" if secret else name for name in files}
    assert (tmp_path / "feed" / "media" / "a.mp3").is_file()


@pytest.mark.skipif(not shutil.which("systemctl"), reason="no systemd here")
def test_the_units_first_lines_make_both_known(laid: Path, tmp_path: Path) -> None:
    """Typed as they stand, the service's first lines make systemd know the timer and what the timer starts."""
    root = tmp_path / "root"
    shutil.copytree(laid / "deploy", root / str(laid / "deploy").lstrip("/"))
    lines = (laid / "deploy" / "podcast.service").read_text().splitlines()
    typed = [shlex.split(line.removeprefix("# ")) for line in lines if line.startswith("# systemctl")]
    assert typed
    for words in typed:
        rest = [word for word in words[1:] if word not in ("--user", "--now")]
        done = subprocess.run(["systemctl", f"--root={root}", *rest], capture_output=True, text=True, timeout=60)
        assert done.returncode == 0, done.stderr
    known = {path.name for path in (root / "etc" / "systemd" / "system").iterdir()}
    assert {"podcast.service", "podcast.timer"} <= known


@pytest.mark.skipif(not shutil.which("systemd-analyze"), reason="no systemd here")
def test_systemd_takes_the_units(laid: Path) -> None:
    """systemd reads both units without a word, in a folder with a space and a per cent sign."""
    units = [laid / "deploy/podcast.service", laid / "deploy/podcast.timer"]
    done = subprocess.run(["systemd-analyze", "verify", *units], capture_output=True, text=True, timeout=60)
    about = [line for line in done.stderr.splitlines() if "podcast." in line or str(laid) in line]
    assert about == []


def test_the_units_keep_their_rules(laid: Path) -> None:
    """The timer makes up for a machine that was off, at an odd minute; the service runs this very program."""
    timer = (laid / "deploy/podcast.timer").read_text()
    assert "Persistent=true" in timer
    assert "OnCalendar=*-*-* 06:17:00 UTC" in timer
    service = (laid / "deploy/podcast.service").read_text()
    assert "Type=oneshot" in service
    assert f"{Exit.LATER:d}: try later, {Exit.QUARANTINE:d}: an episode is in quarantine" in service
    assert f'-C "{str(laid).replace("%", "%%")}" run\n' in service


def test_hadolint_takes_the_dockerfile(laid: Path) -> None:
    """hadolint, with shellcheck in it, finds no fault; nobody is root, and the show is at /data."""
    path = laid / "Dockerfile"
    assert judged(BIN / "hadolint", "--no-color", path) == ""
    stages = path.read_text().split("\nFROM ")
    for name in ("slim", "cuda"):
        stage = next(part for part in stages if part.splitlines()[0].endswith(f" AS {name}"))
        users = [line.split()[1] for line in stage.splitlines() if line.startswith("USER")]
        assert not users or users[-1] == "10001"
        assert stage.startswith("base AS")
    base = next(part for part in stages if part.splitlines()[0].endswith(" AS base"))
    assert "VOLUME /data" in base
    assert "USER 10001" in base


@pytest.mark.long
def test_compose_is_one(laid: Path) -> None:
    """The compose file is valid, builds stages that there are, and mounts the show."""
    path = laid / "compose.yaml"
    assert judged(BIN / "check-jsonschema", "--builtin-schema", "vendor.compose-spec", path) == ""
    services = yaml.safe_load(path.read_text())["services"]
    dockerfile = (laid / "Dockerfile").read_text()
    for service in services.values():
        assert f" AS {service['build']['target']}\n" in dockerfile
        assert service["volumes"] == [".:/data"]
        assert service["read_only"]


def test_the_packages_named_have_their_extras(laid: Path) -> None:
    """Each extra that an image or the workflow installs is one of the project's."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    text = (laid / "Dockerfile").read_text() + (laid / ".github/workflows/podcast.yml").read_text()
    named = [part.partition("]")[0].split(",") for part in text.split("daily-paper-podcast[")[1:]]
    assert named
    assert {name for names in named for name in names} <= set(project["optional-dependencies"])


@pytest.mark.soak
@pytest.mark.parametrize("place", ["Dockerfile", ".github/workflows/podcast.yml"])
def test_what_is_laid_installs_a_wheel_that_lies_beside_it(laid: Path, tmp_path: Path, place: str) -> None:
    """The image's and the workflow's own lines, in a bare environment and without a registry, install the program from
    deploy/wheels/, with the extras that they name."""
    wheels = tmp_path / "wheels"
    shutil.copytree(laid / "deploy" / "wheels", wheels)
    _wheel(wheels)
    python = Path(sys.executable).resolve()  # the one under this environment, whatever its name: python3.14 alone
    if subprocess.run([python, "-m", "venv", tmp_path / "probe"], capture_output=True, check=False).returncode:
        pytest.skip("this Python makes no environments: it lacks ensurepip")
    bare = {"PATH": "/usr/bin:/bin", "HOME": str(tmp_path), "PIP_NO_INDEX": "1", "PIP_NO_DEPS": "1"}
    text = (laid / place).read_text()
    if place == "Dockerfile":
        package = (
            next(line for line in text.splitlines() if line.startswith("ARG PACKAGE=")).partition("=")[2].strip('"')
        )
        run = next(line for line in text.splitlines() if line.startswith("RUN python -m venv")).removeprefix("RUN ")
        assert "COPY deploy/wheels /wheels" in text
        assert "!deploy/wheels" in (laid / ".dockerignore").read_text()
    else:
        step = next(each for each in workflow(laid)["jobs"]["make"]["steps"] if each.get("name") == "Install")
        package, run = step["env"]["PACKAGE"].partition("|| '")[2].partition("'")[0], step["run"]
        run = run.replace("python -m", "/venv/bin/python -m").replace("deploy/wheels", "/wheels")
        run = f"python -m venv /venv && {run}"
    command = (
        run.replace("/venv", str(tmp_path / "venv"))
        .replace("/wheels", str(wheels))
        .replace("python -m venv", f"{python} -m venv", 1)
    )
    subprocess.run(
        ["/bin/sh", "-ec", command], env={**bare, "PACKAGE": package}, check=True, capture_output=True, timeout=120
    )
    told = subprocess.check_output([tmp_path / "venv" / "bin" / "podcast"], env=bare, text=True)
    assert told == "out of the wheel\n"


def _wheel(folder: Path) -> None:
    """Lay a wheel of the project's name that holds a program of one line."""
    about = "daily_paper_podcast-9.9.9.dist-info"
    with zipfile.ZipFile(folder / "daily_paper_podcast-9.9.9-py3-none-any.whl", "w") as file:
        file.writestr("podcast.py", "def main():\n    print('out of the wheel')\n")
        file.writestr(
            f"{about}/METADATA",
            "Metadata-Version: 2.1\nName: daily-paper-podcast\nVersion: 9.9.9\nProvides-Extra: s3\n",
        )
        file.writestr(
            f"{about}/WHEEL", "Wheel-Version: 1.0\nGenerator: test\nRoot-Is-Purelib: true\nTag: py3-none-any\n"
        )
        file.writestr(f"{about}/entry_points.txt", "[console_scripts]\npodcast = podcast:main\n")
        file.writestr(f"{about}/RECORD", "")


def test_new_says_what_there_is(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    assert podcast(tmp_path, "new", str(tmp_path / "x"), "--with", "sytemd") == 2
    assert "github, systemd, docker" in capsys.readouterr().err
