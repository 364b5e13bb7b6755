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
        ("It wins.</s>", "It wins."),
        ("It wins</s> </s>", "It wins"),
        ("<s>It wins.</s> And it is cheap.", "It wins. And it is cheap."),
        ("[INST] Why? [/INST] It reads twice.", "Why? It reads twice."),
        ("<think>Hm.</think> It fails.", "Hm. It fails."),
        ("它赢了。</s>", "它赢了。"),
        ("It is <b>fast</b>.<br>And <i>cheap</i>, too.", "It is fast. And cheap, too."),
        ("It is fast. <br> And cheap. <br>", "It is fast. And cheap."),
        ("Right. [laughs] The tag is wrong.", "Right. The tag is wrong."),
        ("Well, (chuckles) no.", "Well, no."),
        ("I love that [laughs].", "I love that."),
        ("It was like [laughs] a miracle.", "It was like a miracle."),
        ("It rises [sighs] from .71 to .93 .", "It rises from .71 to .93."),
        ("It adds a `[laughter]` token.", "It adds a [laughter] token."),
        ("It says `</s>`, and *pause* tokens.</s>", "It says </s>, and pause tokens."),
    ],
)
def test_what_is_no_word_is_taken_out(text: str, said: str) -> None:
    """Stage directions, who speaks, pictures and a model's own marks."""
    assert speakable(text, NAMES) == said
    assert unsayable(text, NAMES)


@pytest.mark.parametrize(
    "text",
    ["A [CLS] token is put first.", "It grows (by about 3 percent).", "a ratio of 3:1:2", "Benchmarks: all of them.",
     "What it beats (the baseline) is old.",
     "It reasons between <think> and </think> tags.", "It puts its reasoning between <think> and </think>.",
     "<think> tags hold it, and </think> ends it.", "It ends with </s>.", "Without </s>, it goes on.",
     "It adds a [laughter] token, and </s> ends it.", "[laughter], [sigh] and [music] tokens are new.",
     "Each [pause] is heard.", "The <|im_end|> token is one, <s> another.", "A <br> tag is a <b> tag's neighbour.",
     "Between [INST] and [/INST] stands the question.", "它在<think>和</think>之间推理。", "Why it ends with </s>",
     "The :smile: token stands for it."],
)  # fmt: skip
def test_what_the_paper_says_stays(text: str) -> None:
    """Brackets and colons of its own are words."""
    assert speakable(text, NAMES) == text
