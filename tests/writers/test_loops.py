"""Circles, as real models go in them, and what only looks like one."""

import json

import pytest

from podcast.writers.loops import repeats

CLAIM = '{{"field": "method.cost", "text": "HuMo uses a high-quality dataset with paired text.", "evidence": [{}]}}, '

ROUND = {
    "numbers": '{"claims": [{"evidence": [3, 4, 5' + ", 11" * 60,
    "a text": '{"claims": [{"text": "' + "HuMo is a framework for videos of people, and " * 5,
    "claims with other evidence": '{"claims": [' + "".join(CLAIM.format(n) for n in range(1, 9)),
    "a claim in every field": '{"claims": ['
    + "".join(
        CLAIM.replace("method.cost", field).format(at)
        for at, field in enumerate(("task", "idea", "terms", "before"), 1)
    ),
    "a line in every chapter": '{"lines": ['
    + "".join(
        f'{{"chapter": {at // 2}, "host": "{"AB"[at % 2]}", "text": "StepSkip is a small predictor that skips steps.", '
        f'"claims": ["idea.{at}"], "kind": ""}}, '
        for at in range(2, 7)
    ),
    "blanks": '{"claims": [' + "  \n" * 80,
    "blanks in a text": '{"claims": [{"text": "It reads' + " " * 250,
}


@pytest.mark.parametrize("text", ROUND.values(), ids=ROUND)
def test_a_circle_is_seen_by_its_tail(text: str) -> None:
    """Three rounds are enough, however long each is."""
    assert repeats(text)


def test_lists_and_likes_are_no_circle() -> None:
    """Numbers in their order, and entries of one form that say different things, go on."""
    assert not repeats(json.dumps({"keep": list(range(1, 80))}))
    words = ("bread", "cheese", "water", "paper", "glass", "stone", "sand", "wool")
    assert not repeats("".join(CLAIM.replace("dataset", word).format(3) for word in words))
    assert not repeats("very, very, very good")
    assert not repeats(json.dumps({"lines": [{"deep": [{"deeper": [1, 2]}]}]}, indent=40) + "\n\n\n")
    verdicts = "".join(f'{{"number": {n}, "verdict": "supported", "words": ""}}, ' for n in range(1, 30))
    assert not repeats('{"verdicts": [' + verdicts)
