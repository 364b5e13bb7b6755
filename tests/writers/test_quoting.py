"""A paper's sentence as it is said, and whether it can be said alone."""

import pytest

from podcast import grounding
from podcast.speech import Lexicon, unsaid
from podcast.writers import persons, quoting, standing


@pytest.mark.parametrize(
    ("sentence", "said"),
    [
        # what a sentence holds under, or is of, is no tie
        ("Without it, the model collapses.", "Without it, the model collapses."),
        ("None of them, we contend, outweighs it.", "None of them, the authors contend, outweighs it."),
        ("Under such shifts, our bound does not hold.", "Under such shifts, the authors' bound does not hold."),
        ("Only in this regime, our saw beats Axe.", "Only in this regime, the authors' saw beats Axe."),
        ("For those over 60, the score falls to 0.61.", "For those over 60, the score falls to 0.61."),
        ("With this loss, the error doubles.", "With this loss, the error doubles."),
        ("At inference, the teacher is dropped.", "At inference, the teacher is dropped."),
        ("For the second test, our score falls.", "For the second test, the authors' score falls."),
        # what for is one
        ("To effectively learn from such logs, we propose Saw.", "The authors propose Saw."),
        ("Building on this, the Saw model cuts.", "The Saw model cuts."),
        ("With these blades, we cut oak.", "The authors cut oak."),
        ("In doing so, we cut oak.", "The authors cut oak."),
        ("To do so, we cut oak.", "The authors cut oak."),
        ("For this demonstration, we cut oak.", "The authors cut oak."),
        # who finds one thing and does another
        ("We show that noise hurts and propose a filter.",
         "The authors show that noise hurts and propose a filter."),
        ("Results demonstrate that noise hurts and suggest that filters help.",
         "Results demonstrate that noise hurts and suggest that filters help."),
        ("We show that noise hurts and slows.", "Noise hurts and slows."),
        ("Experiments on our own test, ARC, demonstrate that Saw wins.", "On the authors' own test, ARC, Saw wins."),
        # lists
        ("At the first, tests reveal two things: (1) oak is hard and (2) ash is not.",
         "At the first, tests reveal two things: first, oak is hard and second, ash is not."),
        ("To address the first, tests reveal two things.", "Tests reveal two things."),
        ("First, we rank trees; second, we cut them.", "First, the authors rank trees; second, they cut them."),
        ("However, first, we rank trees; and second, we cut them.",
         "First, the authors rank trees; and second, they cut them."),
        ("First, we rank the second half.", "The authors rank the second half."),
        ("We ask why and introduce , a test of 90 logs.", "The authors ask why and introduce a test of 90 logs."),
        # labels of an abstract's parts
        ("Background: Sepsis kills.", "Sepsis kills."),
        ("METHODS AND RESULTS: We cut 12 trees.", "The authors cut 12 trees."),
        ("Objective: To develop a saw that lasts.", "The aim is to develop a saw that lasts."),
        ("Questions span four skills: Cutting is one.", "Questions span four skills: Cutting is one."),
        # people, and not the authors
        ("We are surrounded by various trees.", "People are surrounded by various trees."),
        ("When we speak, our lips move.", "When people speak, their lips move."),
        ("When we speak, we move our lips.", "When people speak, they move their lips."),
        ("As humans, we learn by doing.", "Humans learn by doing."),
        ("Inspired by how we talk, we propose Saw.", "Inspired by how people talk, the authors propose Saw."),
        ("Inspired by how we talk, our method waits.", "Inspired by how people talk, the authors' method waits."),
        ("Saws change our daily lives.", "Saws change people's daily lives."),
        ("We learn a policy, and we see that it works.", "The authors learn a policy, and they see that it works."),
        # parentheses
        ("It beats systems (Axe Pro, Hew-2, Cut5 Lite) and tools (Lop.2).",
         "It beats systems and tools."),
        ("It beats two systems (Axe 2 and Hew-2) by 12 points.", "It beats two systems by 12 points."),
        ("Its best rival (Hew-2) fails.", "Its best rival, Hew-2, fails."),
        ("Its correctness (F1) is high.", "Its correctness, F1, is high."),
        ("It beats both tools (Axe 0.61, Hew 0.58) there.", "It beats both tools, Axe 0.61, Hew 0.58, there."),
        ("Its cost is approx. 5 dollars.", "Its cost is about 5 dollars."),
    ],
)  # fmt: skip
def test_no_meaning_is_lost_in_saying(sentence: str, said: str) -> None:
    """Conditions, subjects and counts stay; what ties a sentence to others, labels and bare names go; "we" is who is
    meant."""
    assert quoting.said(sentence) == said


@pytest.mark.parametrize(
    ("end", "kept"),
    [
        (" and enabling them to work for longer.", True),
        (" while making them work for longer.", True),
        (", thereby quickly enabling them to work for longer.", False),
        (", resulting in imprecise cuts of the wood.", True),
        (", leading to failures of the blade.", True),
        (", leading to joy in the mill.", False),
    ],
)
def test_a_last_clause_is_left_out_where_nothing_hangs_on_it(end: str, kept: bool) -> None:
    """Nothing is cut behind "and" or "while", nor what goes wrong."""
    head = "The saw helps people with " + "very " * 30 + "long logs, improving over all the older tools"
    said = quoting.said(head + end)
    assert said == (head + end if kept else f"{head}.")


@pytest.mark.parametrize(
    ("sentence", "alone"),
    [
        ("Without it, the model collapses.", False),
        ("None of them, we contend, outweighs the benefit.", False),
        ("One of them wins.", False),
        ("Under such shifts, our bound does not hold.", False),
        ("Only in this regime, our saw beats Axe.", False),
        ("Neither of these, the authors show, is needed.", False),
        ("In this approach, the blade is trained alone.", False),
        ("For those over 60, the score falls to 0.61.", True),
        ("To recover them, we propose Saw.", True),
        ("Without oil, the blade fails.", True),
    ],
)
def test_what_holds_under_something_named_before_leans(sentence: str, alone: bool) -> None:
    """It is joined to the sentence before it, or left, and not cut to what was not said."""
    assert standing.leans(sentence) != alone


@pytest.mark.parametrize(
    ("sentence", "speaks"),
    [
        ("Time T(k) grows with k.", False),
        ("It takes O(n log n) steps to sort.", True),
        ("The time is approx sk in all of them.", False),
        ("It has 3 axes, 35 (T2V) + 3 (R2V-only) sub-metrics.", False),
        ("It scores 0.95 (T2V) and 0.96 (R2V).", True),
        ("It has 35 (T2V) metrics in all.", True),
        ("It is a(n) old saw of some kind.", True),
        ("Objective: To develop a saw.", True),
    ],
)
def test_what_would_be_another_thing_without_its_parenthesis_is_left(sentence: str, speaks: bool) -> None:
    """A function's argument, and figures of two things with one noun behind both."""
    assert standing.speakable(sentence) == speaks


def test_contributions_that_are_twofold_announce_them() -> None:
    """A list is left to the sentences after it in other words than a number, too."""
    assert standing.announces("Our contributions are twofold.")
    assert not standing.announces("The error is reduced tenfold.")


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("It does two things: first, {long} cutting; second, a polish that lasts.",
         ("It does two things: first, {long} cutting.", "Second, a polish that lasts.")),
        ("It has two parts: a {long} blade; a grip that lets one hold it.",
         ("It has two parts: a {long} blade.", "Then a grip that lets one hold it.")),
        ("It has a {long} blade; it is cheap.", ("It has a {long} blade.", "It is cheap.")),
        ("It has a {long} blade; grips, too.", ("It has a {long} blade.", "")),
        ("It is built for one reason that {long} matters: Rigid, unpredictable, and costly trees.", ("", "")),
    ],
)  # fmt: skip
def test_a_long_sentence_is_parted_between_its_clauses(text: str, parts: tuple[str, str]) -> None:
    """A part without a verb goes on with its number or "then"; no list is cut before its last item."""
    long = " ".join(["very"] * 50)
    head, rest = parts
    assert quoting.halves(text.format(long=long)) == (head.format(long=long), rest)


@pytest.mark.parametrize(
    ("of_several", "of_one"),
    [
        ("The authors propose Saw.", "The author proposes Saw."),
        ("On oak, the authors' saw wins.", "On oak, the author's saw wins."),
        ("The authors also try oak, and they test ash.", "The author also tries oak, and they test ash."),
        ("The authors have a saw that they need.", "The author has a saw that they need."),
        ("The authors can cut; the authors trained it.", "The author can cut; the author trained it."),
        ("The authors need oak, which the authors embed.", "The author needs oak, which the author embeds."),
        ("The authors show that noise hurts and propose a filter.", "They show that noise hurts and propose a filter."),
        ("The authors cut oak, and plane its edge.", "They cut oak, and plane its edge."),
        ("The authors say that it is hard and that it is.", "The author says that it is hard and that it is."),
        ("The authors do not claim it.", "The author does not claim it."),
        # adverbs, contractions and pasts are no verbs of now
        ("The authors therefore propose Saw.", "The author therefore proposes Saw."),
        ("The authors now study oak.", "The author now studies oak."),
        ("The authors often cut oak.", "The author often cuts oak."),
        ("The authors don't train it.", "The author doesn't train it."),
        ("The authors aren’t sure, and can’t say.", "The author isn’t sure, and can’t say."),
        ("The authors won it.", "The author won it."),
        ("The authors both cut oak.", "They both cut oak."),
        # a second verb, whatever it is followed by
        ("The authors train it only once and then apply the rest.", "They train it only once and then apply the rest."),
        ("The authors train it and then fine-tune on oak.", "They train it and then fine-tune on oak."),
        ("The authors take logs and process them.", "They take logs and process them."),
        ("The authors train oak and apply several saws.", "They train oak and apply several saws."),
        ("The authors build saws and collect 1.1K logs.", "They build saws and collect 1.1K logs."),
        (
            "The authors build saws, i.e., blades, and show that they cut.",
            "They build saws, i.e., blades, and show that they cut.",
        ),
        # what may be a second verb, and what takes the ending
        ("The authors train and test Saw.", "They train and test Saw."),
        ("The authors prove convergence and bound regret.", "They prove convergence and bound regret."),
        ("The authors read papers and cut costs.", "They read papers and cut costs."),
        ("The authors first cut, then solve the task.", "They first cut, then solve the task."),
        ("The authors weigh logs and, in turn, feed oak.", "They weigh logs and, in turn, feed oak."),
        ("The authors neither assume oak nor ash.", "They neither assume oak nor ash."),
        ("The authors even train Saw.", "They even train Saw."),
        ("Only then do the authors train Saw.", "Only then do they train Saw."),
        ("Nor do the authors claim novelty.", "Nor do they claim novelty."),
        ("The authors report speed and accuracy.", "The author reports speed and accuracy."),
        ("The authors cut oak and the bark.", "The author cuts oak and the bark."),
        ("The authors cut oak, trained and tested.", "The author cuts oak, trained and tested."),
        ("The authors cut oak. Axe and others do the same.", "The author cuts oak. Axe and others do the same."),
        ("The authors measure how often, and what it costs.", "The author measures how often, and what it costs."),
        ("The authors of Axe report it.", "The authors of Axe report it."),
        ("Authors pass it on.", "Authors pass it on."),
    ],
)
def test_one_author_is_one(of_several: str, of_one: str) -> None:
    """The verb goes with them; where several do, and for whoever wrote another work, nothing is made singular."""
    assert persons.of_one(of_several) == of_one


@pytest.mark.parametrize(
    ("sentence", "of_whom"),
    [
        ("When we speak, our lips move.", "When people speak, their lips move."),
        ("As we read and think, models help.", "As people read and think, models help."),
        ("It is unknown how we hear.", "It is unknown how people hear."),
        # what the authors do
        ("We walk through the design of Saw and release it.", None),
        ("We read, annotate and release 3,000 papers.", None),
        ("We learn, from demonstrations, a policy.", None),
        ("We speak of such models as saws.", None),
        ("When we speak of saws, we mean Axe.", None),
        ("We hear from annotators that our saw cuts.", None),
    ],
)
def test_people_are_whoever_does_what_everybody_does(sentence: str, of_whom: str | None) -> None:
    """What authors may do as well is of people only where the sentence says when or how."""
    assert persons.of_anybody(sentence) == (of_whom or sentence)


@pytest.mark.parametrize(
    ("sentence", "said"),
    [
        ("Saw wins (Dice 92, IoU 85).", "Saw wins, Dice 92, IoU 85."),
        ("It is best (BLEU 30, COMET 85).", "It is best, BLEU 30, COMET 85."),
        ("It is best (Elo 1200, Rank 3).", "It is best, Elo 1200, Rank 3."),
        (
            "It has wet logs (7 cases), nails (3), and knots (2).",
            "It has wet logs with 7 cases, nails with 3, and knots with 2.",
        ),
        ("It has wet logs (3), nails (12) and knots.", "It has wet logs, nails and knots."),
        ("We use two models (Llama 3, Qwen 2).", "The authors use two models."),
        ("We use two saws (Axe Pro, Hew-2).", "The authors use two saws."),
    ],
)
def test_scores_in_a_parenthesis_are_said(sentence: str, said: str) -> None:
    """A whole number behind a metric is a score; one behind any other name is of the name."""
    assert quoting.said(sentence) == said


def test_a_sentence_with_signs_is_said_where_a_voice_can() -> None:
    """Figures, prices, growth and a relation to a figure are shown without TeX and said; nothing of it is refused, and
    no sign is lost by ear. An equation, an environment, a command that nobody knows: the sentence is left."""
    wrong = []
    for written, shown in SIGNS:
        said = quoting.said(written) if standing.speakable(written) else None
        if said != shown:
            wrong.append(f"{written!r} is {said!r}")
        elif said and (lost := (*unsaid(said, Lexicon()), *grounding.missing_facts(said, [written]))):
            wrong.append(f"of {said!r} there is lost {lost}")
    assert not wrong, "\n".join(wrong)


SIGNS = (
    (r"Saw reaches 47.3\% against 44.9\%~\cite{vas}, with $\sim4\times$ less wood.",
     "Saw reaches 47.3% against 44.9%, with ∼4× less wood."),
    (r"Training took 3.5 days on $8\times$H100.", "Training took 3.5 days on 8×H100."),
    (r"Saw runs in $O(n \log n)$ time, not in $O(n^2)$ (see~\ref{fig:one}).",
     "Saw runs in O(n log n) time, not in O(n²)."),
    (r"Any saw needs $\Omega(n\log n)$ cuts.", "Any saw needs Ω(n log n) cuts."),
    (r"The regret of Saw is $\tilde{O}(\sqrt{T})$.", "The regret of Saw is Õ(√T)."),
    ("It costs $12.40 instead of $3.10 per run.", "It costs $12.40 instead of $3.10 per run."),
    (r"At \$2 per hour Saw is $3\times$ cheaper than a \$6 run.", "At $2 per hour Saw is 3× cheaper than a $6 run."),
    ("Saw costs US$1.2M and saves $3.5 billion a year.", "Saw costs US$1.2M and saves $3.5 billion a year."),
    ("Saw raises recall with p = 0.03 in a paired test.", "Saw raises recall with p = 0.03 in a paired test."),
    (r"With $k=5$ blades and \(\alpha = 0.5\) Saw wins.", "With k=5 blades and α = 0.5 Saw wins."),
    (r"Saw keeps errors $\leq 2\%$ for $\beta=10^{-4}$.", "Saw keeps errors ≤ 2% for β=10⁻⁴."),
    (r"Saw reaches $91.2 \pm 0.4\%$ at FPR = 1\%.", "Saw reaches 91.2 ± 0.4% at FPR = 1%."),
    ("It agrees with experts (AUROC = 0.94) here.", "It agrees with experts, AUROC = 0.94, here."),
    (r"Accuracy rises from $0.62\rightarrow 0.71$ on oak.", "Accuracy rises from 0.62→0.71 on oak."),
    (r"Saw works at $1024\times 1024$ pixels.", "Saw works at 1024×1024 pixels."),
    (r"We fine-tune $\pi_{0.5}$ on 400 hours.", "The authors fine-tune π0.5 on 400 hours."),
    (r"Saw \textbf{halves} the \emph{error} of \texttt{axelib}.", "Saw halves the error of axelib."),
    (r"Saw cuts CO$_2$ by 30\% at $37^\circ$C.", "Saw cuts CO2 by 30% at 37°C."),
    (r"Saw has 131{,}072 teeth and $\frac{1}{3}$ of the weight.", "Saw has 131,072 teeth and 1/3 of the weight."),
    (r"For $n$ planks in $d$ dimensions Saw is faster.", "For n planks in d dimensions Saw is faster."),
    (r"Saw improves on Erd\H{o}s and the $\beta$-VAE.", "Saw improves on Erdős and the β-VAE."),
    ("It treats ``heavy'' planks by $17\\,\\%$ better.", "It treats “heavy” planks by 17 % better."),
    ("Fig.~one aside, Saw wins on all planks.", "Fig. one aside, Saw wins on all planks."),
    (r"Saw minimises $L = \sum_i \|x_i - y_i\|^2$ in all runs.", None),
    ("The aim is $$k = 5$$ in all of the runs.", None),
    (r"It solves \begin{equation} x = 5 \end{equation} in each step.", None),
    (r"The saw \ours outperforms the others by 12\%.", None),
    (r"We model $p(y \mid x)$ with a small saw.", None),
    (r"We sweep $\lambda \in \{0.1, 0.5\}$ in all of the runs.", None),
    (r"Let $A \in \mathbb{R}^{n \times d}$ be one of the saws.", None),
    (r"Here $f(x)$ is the cost of a saw.", None),
    ("The line is y = ax + b for all saws.", None),
    ("It agrees with experts at Spearman ho = 0.9 here.", None),
    ("The pair $(a, b)$ is the first of all.", None),
)  # fmt: skip
