"""What nobody is to say is not said."""

import pytest

from podcast.show.saying import speakable, unsayable

NAMES = ("Ada", "Ben")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("[laughs] Well, no.", "Well, no."),
        ("(pauses) It fails.", "It fails."),
        ("*sighs softly* Again.", "Again."),
        ("Ben: So what?", "So what?"),
        ("**Ada:** It skips steps.", "It skips steps."),
        ("It is called `StepSkip`.", "It is called StepSkip."),
        ("Great :rocket: news 🎉!", "Great news!"),
        ("It ends here. [END]", "It ends here."),
        ("That is all.<|im_end|>", "That is all."),
    ],
)
def test_what_is_no_word_is_taken_out(text: str, said: str) -> None:
    """Stage directions, who speaks, pictures and a model's own marks."""
    assert speakable(text, NAMES) == said
    assert unsayable(text, NAMES)


@pytest.mark.parametrize(
    "text",
    ["A [CLS] token is put first.", "It grows (by about 3 percent).", "a ratio of 3:1:2", "Benchmarks: all of them.",
     "What it beats (the baseline) is old."],
)  # fmt: skip
def test_what_the_paper_says_stays(text: str) -> None:
    """Brackets and colons of its own are words."""
    assert speakable(text, NAMES) == text
