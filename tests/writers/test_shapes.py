"""What a model meant by what it wrote: nearly JSON, wrapped, among its thoughts, or cut."""

import json

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


@pytest.mark.parametrize(
    ("wrote", "text"),
    [
        (r"\theta and \tau", r"\theta and \tau"),
        (r"\\theta", r"\theta"),
        (r"\alpha, \{x\} and 5\%", r"\alpha, \{x\} and 5\%"),
        (
            r"\beta, \bar{x}, \frac{1}{2}, \forall, \rho, \right)",
            r"\beta, \bar{x}, \frac{1}{2}, \forall, \rho, \right)",
        ),
        (r"\nabla f \neq \nu_t", r"\nabla f \neq \nu_t"),
        (r"\uparrow", r"\uparrow"),
        (r"\sigma_{\nu} = \ne_2", r"\sigma_{\nu} = \ne_2"),
        (r"x\nb) y\ne) z\ne-mail\nu y\nuž", "x\nb) y\ne) z\ne-mail\nu y\nuž"),
        (r"x\rText page\fMethods", "x\rText page Methods"),
        (r"One.\nNew:\tall \"of\" it \u00e9\ne.g.", 'One.\nNew:\tall "of" it é\ne.g.'),
    ],
)
def test_tex_keeps_its_backslashes(wrote: str, text: str) -> None:
    """What JSON would read as a tab, or not at all, is the formula that the model wrote; line breaks stay."""
    value, problems, _ = shapes.read(WHOLE.replace("It skips steps.", wrote), Reading)
    assert value, problems
    assert value.claims[0].text == text
    kept = shapes.whole_items(WHOLE.replace("It skips steps.", wrote)[:-1] + ', {"field', Reading)
    assert kept == value


@pytest.mark.parametrize("sign", [r"\b", r"\f", r"\u0008", r"\u000b"])
def test_a_text_with_signs_that_no_text_has_goes_back(sign: str) -> None:
    """Before a letter they are what is left of something else; elsewhere a space."""
    read, problems, _ = shapes.read(WHOLE.replace("skips", f"skips{sign}"), Reading)
    assert read, problems
    assert read.claims[0].text == "It skips  steps."
    value, problems, by_schema = shapes.read(WHOLE.replace("skips", f"skips {sign}y"), Reading)
    assert value is None
    assert "control character" in problems[0]
    assert not by_schema


def test_what_stands_whole_in_a_cut_answer_is_kept() -> None:
    """The items before the cut, without those that do not fit; nothing where there is none."""
    cut = WHOLE.removesuffix("]}") + ', {"field": "task"}, {"field": "tldr", "text": "The authors use 11, 11, 11'
    kept = shapes.whole_items(cut, Reading)
    assert kept
    assert kept.model_dump() == {"claims": ONE}
    assert shapes.whole_items('{"claims": [{"field": "idea", "te', Reading) is None
    assert shapes.whole_items("I would rather", Reading) is None


ON_TAGS = "It reasons between <think> and </think> tags."
TWO = {"claims": [*ONE, {"field": "task", "text": ON_TAGS}, {"field": "tldr", "text": "It thinks."}]}


@pytest.mark.parametrize(
    "text",
    [
        json.dumps(TWO),
        f"<think>Perhaps {WHOLE}?</think>```json\n{json.dumps(TWO)}\n```",
        f"{str(TWO)[:-2]},]}}",
        f"{json.dumps(TWO)[:-2]},]}}",
    ],
    ids=["JSON", "after thoughts", "nearly JSON", "a comma too many"],
)
def test_the_mark_that_ends_thoughts_may_be_a_word_of_the_answer(text: str) -> None:
    """A paper on models that think has it in its sentences: what a claim says of it is no end of thoughts."""
    value, problems, _ = shapes.read(text, Reading)
    assert value, problems
    assert value.model_dump() == TWO


@pytest.mark.parametrize("before", ["", f"<think>Perhaps {WHOLE[:-4]} or not?</think>"])
@pytest.mark.parametrize("cut", [', {"field": "idea", "te', f', {{"field": "idea", "text": "{ON_TAGS[:-3]}'])
def test_of_a_cut_answer_that_speaks_of_the_mark_all_whole_items_are_kept(before: str, cut: str) -> None:
    """Whether it stands in an item that is whole, or in the one that was cut."""
    kept = shapes.whole_items(before + json.dumps(TWO).removesuffix("]}") + cut, Reading)
    assert kept
    assert kept.model_dump() == TWO


def test_bounds_go_to_servers_and_are_no_part_of_the_question() -> None:
    """The schema that names an answer is the same with them as without."""

    class Bounded(BaseModel):
        claims: list[Said] = shapes.bounds(least=1, most=5)

    assert shapes.schema(Bounded) == shapes.schema(Reading)
    held = shapes.schema(Bounded, bounded=True)["properties"]["claims"]  # type: ignore[index,call-overload]
    assert (held["minItems"], held["maxItems"]) == (1, 5)  # type: ignore[index,call-overload]
