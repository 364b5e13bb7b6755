"""A language model of our own: it answers the writer's prompts as a careful model would, out of what they hold."""

import re
from collections.abc import Iterator
from itertools import chain, count, cycle
from typing import Any

FIELDS = (
    "task", "motivation", "idea", "method.pipeline", "method.architecture", "experiments.datasets",
    "experiments.results", "experiments.limitations",
)  # fmt: skip

_ASKS = (
    "Wait, compared to what? I would like to know what stands on the other side of that comparison.",
    "Let me say that back, and you tell me where I go wrong with it.",
    "I am not sure that I buy this yet, so hold on to it for a moment.",
    "And what happens when somebody uses it outside of the lab, with messy data?",
    "Say it again as if I had never seen the inside of such a model.",
    "That sounds too easy. Where is the part that cost them sleep?",
)
_ANSWERS = (
    "Picture a kitchen where the cook tastes only the dishes that changed since the last round.",
    "The paper does not say, and I would not guess; that is a question for the authors.",
    "Somebody else would have to repeat it elsewhere before I change my mind about that.",
    "Almost. It is the other way round: the cheap part goes first, and the dear part only when needed.",
)


def task(body: dict[str, Any]) -> str:
    """Return what the prompt is for: reading, merge, outline, dialogue, score, retell; claims, lines."""
    messages = body["messages"]
    said = [message["content"] for message in messages]
    if re.search(r"a\nroundup of the (?:day|week|month)'s papers", said[0]):
        return "roundup"
    starts = {
        "You read machine": "reading", "You have read": "merge", "You are the editor": "outline",
        "You write the dialogue": "dialogue", "You are the second": "second", "You choose": "score",
        "You retell": "retell", "You mend claims": "claims", "You mend lines": "lines",
    }  # fmt: skip
    return next(name for start, name in starts.items() if said[0].startswith(start))


def answer(body: dict[str, Any]) -> dict[str, Any]:
    """Return the answer to any prompt of the writer."""
    prompt = body["messages"][1]["content"]
    said = {
        "reading": _reading, "merge": _merge, "outline": _outline, "dialogue": dialogue, "lines": _mended,
        "second": _second,
        "score": score, "retell": _retold, "roundup": _round,
    }  # fmt: skip
    return said.get(task(body), lambda _: {"claims": []})(prompt)


def score(prompt: str) -> dict[str, Any]:
    """Return a score for each paper in a prompt: the longer its title the better, and the first criterion for all."""
    found = re.findall(r"^id: (\S+)\ntitle: (.+)$", prompt, re.MULTILINE)
    return {
        "papers": [
            {
                "id": paper_id, "relevance": min(10, 4 + len(title) // 6), "novelty": 6, "criterion": 1,
                "why": f"It is about {title[:30]}.",
            }
            for paper_id, title in found
        ]
    }  # fmt: skip


def _round(prompt: str) -> dict[str, Any]:
    """Return a chapter of a roundup on all the notes in a prompt, as long as it is wanted."""
    (wanted,) = re.findall(r"about (\d+) words", prompt)
    paths = ", ".join(notes(prompt))
    plan = f"{prompt}\n\nChapter 1: X (about {wanted} words; notes {paths})"
    first = "\nThe hook:" if "It is the first" in prompt else ""
    return {
        "lines": [{name: line[name] for name in ("host", "text", "claims")} for line in dialogue(plan + first)["lines"]]
    }


def _retold(prompt: str) -> dict[str, Any]:
    """Return the notes in a Chinese that counts: their figures and their names, and a picture for each."""
    told = re.findall(r"^([a-z]+): (.+)$", prompt, re.MULTILINE)
    figures = ("、".join(dict.fromkeys(re.findall(r"[0-9][0-9.,]*[0-9]|[0-9]", text))) for _, text in told)
    return {
        field: f"这篇论文的{field}说：{counted}，{seen}。"
        for (field, _), counted, seen in zip(told, figures, cycle(_SEEN))
    }


_SEEN = ("像厨师尝菜", "如同老人晒网", "好比孩子搭桥", "仿佛邮差敲门", "恰似园丁剪枝", "犹如船长看星")


def sentences(prompt: str) -> dict[int, str]:
    """Return the numbered sentences in a prompt."""
    return {int(number): text for number, text in re.findall(r"^ *\[(\d+)\] (.+)$", prompt, re.MULTILINE)}


def notes(prompt: str) -> dict[str, list[str]]:
    """Return the sentences in a prompt by the claim that they carry."""
    found: dict[str, list[str]] = {}
    for block in re.findall(r"^([a-z_]+(?:\.[a-z_]+)?(?:\.\d+)?): .+\n((?:  \[\d+\] .+\n?)+)", prompt, re.MULTILINE):
        found[block[0]] = list(sentences(block[1]).values())
    return found


def _reading(prompt: str) -> dict[str, Any]:
    found = [(n, text) for n, text in sentences(prompt).items() if 3 < len(text.split()) < 60 and "$" not in text]
    first, rest = found[0], found[1:]
    claims = [{"field": "tldr", "text": first[1], "evidence": [first[0]]}]
    size = max(1, -(-len(rest) // len(FIELDS)))
    for at, (number, text) in enumerate(rest):
        field = FIELDS[-1] if at == len(rest) - 1 else FIELDS[at // size]
        claims.append({"field": field, "text": text, "evidence": [number]})
    return {"claims": claims}


def _merge(prompt: str) -> dict[str, Any]:
    return {"keep": [int(number) for number in re.findall(r"^(\d+)\. \(", prompt, re.MULTILINE)]}


def _outline(prompt: str) -> dict[str, Any]:
    paths = re.findall(r"^([a-z_]+(?:\.[a-z_]+)?(?:\.\d+)?): ", prompt, re.MULTILINE)
    share = max(1, -(-len(paths) // 4))
    titles = ("What changes", "Under the lid", "Against what", "What to doubt")
    chapters = [
        {
            "title": title,
            "plan": "Ben explains, Ada doubts, and both end on a question.",
            "claims": paths[at * share : (at + 1) * share][-3:][::-1],
            "words": 100,
        }
        for at, title in enumerate(titles)
    ]
    return {"hook": "What if most of the work were for nothing?", "description": "Less work.", "chapters": chapters}


def dialogue(prompt: str) -> dict[str, Any]:
    """Return lines for the chapters that the prompt plans, as long as it wants them; what claims nothing is said once
    an episode."""
    carried, chapter = notes(prompt), re.search(r"\nWrite chapters? (\d+)", prompt)
    before = 40 * (int(chapter[1]) - 1) if chapter else 0
    asks = chain(() if before else _ASKS, _pictures("And what of", _FAR, before))
    answers = chain(() if before else _ANSWERS, _pictures("Think of", _NEAR, before))
    lines: list[dict[str, Any]] = []
    for number, wanted, paths in re.findall(r"^Chapter (\d+): .+ \(about (\d+) words; notes ?([^)]*)\)", prompt, re.M):
        said, opening = 0, []
        if number == "1" and "The hook:" in prompt:
            opening = [
                ("A", "What if most of the work in training were for nothing?", []),
                ("B", "That is the claim, and I should add that AI wrote this script and speaks both our parts.", []),
            ]
        for host, text, claims in chain(opening, _turns(carried, paths.split(", "), asks, answers)):
            if said >= int(wanted):
                break
            lines.append({"chapter": int(number), "host": host, "text": text, "claims": claims})
            said += len(text.split())
    return {"lines": lines}


_FAR = ("near the harbour", "under an umbrella", "behind the bakery", "during a storm", "beside the canal",
        "inside the station")  # fmt: skip
_NEAR = ("across the meadow", "above the river", "along the railway", "before breakfast")


def _pictures(begin: str, where: tuple[str, ...], before: int) -> Iterator[str]:
    """Yield lines that claim nothing, no two of a hundred alike; so many of them were said before."""
    who = ("a baker", "the gardener", "an old pilot", "two divers", "every plumber", "your tailor", "some farmer")
    does = ("folding napkins", "painting fences", "sharpening pencils", "feeding pigeons", "tuning pianos")
    for n in count(before):
        yield f"{begin} {who[n % 7]}, {does[n % 5]} {where[n % len(where)]}, without hurry."


def _turns(
    carried: dict[str, list[str]], paths: list[str], asks: Iterator[str], answers: Iterator[str]
) -> Iterator[tuple[str, str, list[str]]]:
    for path in paths:
        for sentence in carried.get(path, []):
            yield "B", sentence, [path]
            yield "A", next(asks), []
    while True:
        yield "B", next(answers), []
        yield "A", next(asks), []


def _second(prompt: str) -> dict[str, Any]:
    numbers = re.findall(r"^(\d+)\. [A-Z]: ", prompt, re.MULTILINE)
    return {"verdicts": [{"number": int(n), "verdict": "supported", "words": ""} for n in numbers]}


def _mended(prompt: str) -> dict[str, Any]:
    numbers = re.findall(r"^(\d+)\. [A-Z]: ", prompt, re.MULTILINE)
    return {
        "lines": [
            {"number": int(n), "text": "I take that back; it is not in the paper.", "claims": []} for n in numbers
        ]
    }
