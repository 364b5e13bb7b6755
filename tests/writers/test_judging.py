"""What a small model claims, and what of it may be kept: texts of real ones, on a paper of our own."""

import pytest

from podcast.writers import echoes, judging
from podcast.writers.prompting import fence, messages, prompt

TITLE = "Small Steps Suffice"
SENTENCES = (
    "Training deep networks is slow.",
    "Most of the time is spent on update steps that change little.",
    "We propose StepSkip, which leaves out 40% of the update steps.",
    "The data set holds diverse tasks, paired images and short audio.",
    "StepSkip reaches 91.5% accuracy on a benchmark of 12 tasks.",
    "It does not help with models of fewer than 10 million parameters.",
)
SYSTEM = prompt("read", language="English", source="the paper's own text", piece="the text")
TOLD = echoes.told(messages(SYSTEM, f"The paper:\n\n{fence(TITLE)}"))
JUDGE = judging.Judge(TITLE, SENTENCES, range(1, 7), TOLD, "en")

SAID = [  # what models of 0.5 and 1.5 billion parameters said of other papers
    "Parameters, hardware, hours, tokens, money, speed.",
    "The authors plan or leave open.",
    "The evidence in the paper makes convincing.",
    "What a practitioner could do differently tomorrow.",
    "The baselines consist of what it is compared to.",
    "The problem that is solved is an input and an output.",
    "What is measured, and what a good value is.",
    "This is a part of it (read 1 of 2): claim what these sentences say.",
    "It does not compare to other baselines, has small samples, and results that do not agree.",
    "...",
    "…",
]


@pytest.mark.parametrize("text", SAID)
def test_what_a_model_was_told_is_no_claim(text: str) -> None:
    """The prompt's words, a field's description however short, a placeholder: none stands, whatever it names."""
    assert JUDGE.problem(*JUDGE.mended(text, [1, 2, 3, 4, 5, 6]))


@pytest.mark.parametrize("text", SENTENCES[1:])
def test_what_the_paper_says_stands(text: str) -> None:
    """Its own sentences, named rightly, are claims."""
    number = SENTENCES.index(text) + 1
    kept, evidence = JUDGE.mended(text, [number])
    assert (kept, evidence) == (text.replace("We propose", "The authors propose"), [number])
    assert not JUDGE.problem(kept, evidence)


def test_the_sentence_that_was_meant_takes_the_place_of_wrong_ones() -> None:
    """A claim that another sentence carries whole is given that one; where none does, it goes back with the best."""
    text = "The data set holds diverse tasks, paired images and audio."
    assert JUDGE.mended(text, [1, 2, 3]) == (text, [4])
    assert "sentence 1 does not speak of that; sentence 4 does" in JUDGE.problem(text, [1])


def test_a_sentence_of_a_claim_that_nothing_carries_is_cut() -> None:
    """What a model adds in a sentence of its own, such as the prompt's examples, goes; the other stands. A claim of
    which nothing is carried stays whole, to be refused."""
    added = "The network has limits, such as smaller samples and an unfair race."
    kept = "StepSkip reaches 91.5% accuracy on 12 tasks."
    assert JUDGE.mended(f"{added} {kept}", [5]) == (kept, [5])
    assert JUDGE.mended(f"{kept} {added}", [5]) == (kept, [5])
    assert JUDGE.problem(*JUDGE.mended(f"{added} It runs on unseen phones.", [5]))


def test_evidence_is_what_carries_the_claim() -> None:
    """Who names the whole abstract names the sentences that hold the claim's words, five at the most."""
    text, evidence = JUDGE.mended(
        "StepSkip leaves out 40% of the steps and reaches 91.5% accuracy.", [1, 2, 3, 4, 5, 6]
    )
    assert evidence == [3, 5]
    assert not JUDGE.problem(text, evidence)


def test_its_own_name_comes_with_the_sentence_that_presents_it() -> None:
    """Where the sentence says "it" and the claim the system's name, the sentence that presents that is named too; for a
    figure, or another's name, none is."""
    text = "StepSkip does not help with models of fewer than 10 million parameters."
    assert JUDGE.mended(text, [6]) == (text, [3, 6])
    assert not JUDGE.problem(text, [3, 6])
    assert JUDGE.mended("StepSkip does not help with models of fewer than 10 million parameters", [1])[1] == [3, 6]
    assert JUDGE.mended("StepSkip stores diverse tasks, paired images and short audio.", [1])[1] == [3, 4]
    others = text.replace("StepSkip", "ReadTwice"), f"{text[:-1]}, as it leaves out 40% of the steps."
    for other in (*others, "StepSkip uses the data pipeline for preprocessing."):
        assert JUDGE.mended(other, [6])[1] == [6]
        assert JUDGE.problem(other, [6])


def test_a_lost_not_is_found() -> None:
    """What its sentence denies is no claim, nor what the claim alone denies."""
    said = "It helps with models of fewer than 10 million parameters"
    assert JUDGE.problem(said, [6]) == "sentence 6 says the contrary"
    assert JUDGE.problem("StepSkip does not leave out 40% of the update steps.", [3]) == "sentence 3 says the contrary"
    assert not JUDGE.problem(said.replace("It helps", "It does not help"), [6])


def test_a_claim_in_two_scripts_is_none() -> None:
    """A word in Chinese within English, as a small model wrote it, goes back."""
    assert JUDGE.problem("StepSkip leaves out 40% of the update步骤 that change little.", [3]) == (
        "a part of it is not English"
    )


def test_half_the_paper_carries_no_claim() -> None:
    """Four sentences and more hold some words of anything: more of them are wanted."""
    text = "StepSkip needs significant resources, including large clusters and complex models."
    assert "does not speak of that" in JUDGE.problem(*JUDGE.mended(text, [1, 3, 4, 5, 6]))


def test_a_figure_that_was_reckoned_is_not_the_papers() -> None:
    """What two figures come to is for a line to say, as a sum of its own; a claim copies."""
    text = "With StepSkip 81.5 points of accuracy lie between 91.5% and 10."
    assert "does not stand in sentence 5, 6" in JUDGE.problem(text, [5, 6])


def test_a_reason_said_back_is_no_claim() -> None:
    """What a claim was sent back with does not come back as one, though the figures in it are the model's own."""
    judge = judging.Judge(TITLE, SENTENCES, range(1, 7), TOLD, "en", ["'Skip' does not stand in sentence 3, 4"])
    assert judge.problem("StepSkip does not stand in sentence 3, 4", [3])


def test_copies_are_found_across_fields_and_orders() -> None:
    """The same sentence with a field's name put in, or turned round, is one claim; other figures are another."""
    texts = [
        "HuMo uses a high-quality dataset with paired text, images and audio.",
        "The experiments limitations involve HuMo, using a high-quality dataset with paired text, images and audio.",
        "With paired text, images and audio HuMo uses a high-quality dataset.",
        "It gains 12% on the first set of tasks that were tried.",
        "It gains 15% on the first set of tasks that were tried.",
    ]
    assert list(judging.copies(texts)) == [(1, 0), (2, 0)]
