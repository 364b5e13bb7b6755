"""What a model meant by what it wrote: nearly JSON, wrapped, among its thoughts, or cut."""

import pytest
from pydantic import BaseModel

from podcast.writers import shapes


class Said(BaseModel):
    field: str
    text: str


class Reading(BaseModel):
    claims: list[Said]


ONE = [{"field": "idea", "text": "It skips steps."}]
WHOLE = '{"claims": [{"field": "idea", "text": "It skips steps."}]}'

MEANT = {
    "a raw line break": '{"claims": [{"field": "idea", "text": "It skips\nsteps."}]}',
    "a raw tab": '{"claims": [{"field": "idea", "text": "It skips\tsteps."}]}',
    "a byte-order mark": f"\ufeff{WHOLE}",
    "single quotes": "{'claims': [{'field': 'idea', 'text': 'It skips steps.'}]}",
    "a comma too many": '{"claims": [{"field": "idea", "text": "It skips steps."},]}',
    "a wrapping key": f'{{"answer": {WHOLE}}}',
    "the schema around it": f'{{"type": "object", "properties": {WHOLE}}}',
    "another name for the list": WHOLE.replace("claims", "notes"),
    "the bare list": WHOLE.removeprefix('{"claims": ').removesuffix("}"),
    "within the thoughts": f"<think>I would say {WHOLE} and be done.</think> Here you are.",
    "a fence without an end": f"```json\n{WHOLE}",
}


@pytest.mark.parametrize("text", MEANT.values(), ids=MEANT)
def test_what_means_one_thing_is_read(text: str) -> None:
    """Whatever is odd about it, it is the answer that the model gave."""
    value, problems, _ = shapes.read(text, Reading)
    assert value, problems
    said = [{**one.model_dump(), "text": " ".join(one.text.split())} for one in value.claims]
    assert said == ONE


@pytest.mark.parametrize(
    "text",
    [
        "{'claims': [{'field': 'idea', 'text': 'It doesn't skip.'}]}",  # where does the text end?
        f'{{"first": {WHOLE}, "second": {WHOLE}}}',
        '{"claims": [{"field": "idea"}]}',
        "{'claims': __import__('os').getcwd()}",
    ],
)
def test_what_may_mean_two_things_goes_back(text: str) -> None:
    """Nothing is guessed, and nothing is run."""
    value, problems, _ = shapes.read(text, Reading)
    assert value is None
    assert problems


def test_what_stands_whole_in_a_cut_answer_is_kept() -> None:
    """The items before the cut, without those that do not fit; nothing where there is none."""
    cut = WHOLE.removesuffix("]}") + ', {"field": "task"}, {"field": "tldr", "text": "The authors use 11, 11, 11'
    kept = shapes.whole_items(cut, Reading)
    assert kept
    assert kept.model_dump() == {"claims": ONE}
    assert shapes.whole_items('{"claims": [{"field": "idea", "te', Reading) is None
    assert shapes.whole_items("I would rather", Reading) is None


def test_bounds_go_to_servers_and_are_no_part_of_the_question() -> None:
    """The schema that names an answer is the same with them as without."""

    class Bounded(BaseModel):
        claims: list[Said] = shapes.bounds(least=1, most=5)

    assert shapes.schema(Bounded) == shapes.schema(Reading)
    held = shapes.schema(Bounded, bounded=True)["properties"]["claims"]  # type: ignore[index,call-overload]
    assert (held["minItems"], held["maxItems"]) == (1, 5)  # type: ignore[index,call-overload]
