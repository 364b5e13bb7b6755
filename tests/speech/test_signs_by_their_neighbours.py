"""Signs that mean one thing beside a word and another beside a figure: each with what it must stay elsewhere."""

import pytest
from conftest import ROOT

from podcast.speech import Lexicon, say, unsaid

LEXICON = Lexicon.load(ROOT / "voices" / "lexicon.tsv")

KINDS = {
    "a dash with spaces is a pause beside words and units": [
        ("2 models - 7B and 13B - win.", "two models, seven billion and thirteen billion, win."),
        ("The result - 94% - surprised them.", "The result, ninety-four percent, surprised them."),
        ("up 3% - 5 points in all", "up three percent, five points in all"),
        ("8 of 10 - 80% - agreed", "eight of ten, eighty percent, agreed"),
        ("In 2024 - 12 did", "In twenty twenty-four, twelve did"),
        ("at 720p - 2s of video", "at seven twenty p, two seconds of video"),
        ("Plan A - a good one, Option B - I think", "Plan A, a good one, Option B, I think"),
        ("2x and 3x - a clear win", "two times and three times, a clear win"),
        ("It scored 5 - a record, f - the loss", "It scored five, a record, f, the loss"),
    ],
    "and a minus in a sum": [
        ("x - 3, X - a, X - I", "x minus three, X minus a, X minus I"),
        ("step n - 1, 1 - p, 7 - 4", "step n minus one, one minus p, seven minus four"),
        ("α - 1, f(x) - g(x), n – 1", "alpha minus one, f of x minus g of x, n minus one"),
        ("$x - 3$ and $y - z$", "x minus three and y minus z"),
        ("the gap is - 3 points, score − 2", "the gap is minus three points, score minus two"),
    ],
    "and to between amounts alike": [
        ("5 - 10 runs, 5 - 10%", "five to ten runs, five to ten percent"),
        ("2 GB - 4 GB, 10% - 20% of them", "two gigabytes to four gigabytes, ten to twenty percent of them"),
        ("$5 - $10, 720p - 1080p", "five to ten dollars, seven twenty p to ten eighty p"),
        ("9 am - 5 pm, Monday - Friday", "nine A M to five P M, Monday to Friday"),
        ("2023-01-01 - 2023-02-01", "January first, twenty twenty-three to February first, twenty twenty-three"),
    ],
    "a unit is plural before what is no noun": [
        ("16 GB just for weights", "sixteen gigabytes just for weights"),
        ("took 3 h instead of 10 h", "took three hours instead of ten hours"),
        ("waits 10s between calls", "waits ten seconds between calls"),
        ("We spent 3 h debugging", "We spent three hours debugging"),
        ("moved 2 km along the road, 5 km north", "moved two kilometers along the road, five kilometers north"),
        ("needs 16 GB because it may, 3 h roughly", "needs sixteen gigabytes because it may, three hours roughly"),
        ("16 GB cards, a 5 GB or 10 GB card", "sixteen gigabyte cards, a five gigabyte or ten gigabyte card"),
        ("20 ms training steps, a 3 h daily limit", "twenty millisecond training steps, a three hour daily limit"),
    ],
    "a stroke counts things": [
        ("wins on 4/5 benchmarks, 3/4 hard tasks", "wins on four out of five benchmarks, three out of four hard tasks"),
        ("5/8 seeds, 1/3 models", "five out of eight seeds, one out of three models"),
        ("2/3 of models, 1/3 fewer tokens", "two thirds of models, one third fewer tokens"),
        ("3/4 hours, a 2/3 majority", "three quarters hours, a two thirds majority"),
    ],
    "or gives a mark": [
        ("rated 4/5, scored 3/5 on clarity", "rated four out of five, scored three out of five on clarity"),
        ("scored 3/5 on clarity and 4/5 on style", "scored three out of five on clarity and four out of five on style"),
        ("a 4/5 for clarity, 4/5 stars", "a four out of five for clarity, four out of five stars"),
        ("Overall, 4/5. Step 1/3", "Overall, four out of five. Step one out of three"),
        ("cut by 2/3. A 2/3 drop", "cut by two thirds. A two thirds drop"),
        ("probability 1/2, Figures 1/2", "probability one half, Figures one and two"),
    ],
    "x behind a number is a letter in a sum": [
        ("y = 2x + 1, 4x + 5y = 9", "y equals two x plus one, four x plus five y equals nine"),
        ("$2x^2$, $2x$ and $y = 3x$", "two x squared, two x and y equals three x"),
        ("x^2 - 4x + 4, 3x - 2", "x squared minus four x plus four, three x minus two"),
        ("a gain of 2x + better quality", "a gain of two times plus better quality"),
        ("2x faster, $2x$ faster, speedup = 2x", "two times faster, two times faster, speedup equals two times"),
    ],
    "figures in the plural are no seconds": [
        ("only 0s and 1s, 5s and 8s in MNIST", "only zeros and ones, fives and eights in em nist"),
        ("five 9s, three 9s of uptime", "five nines, three nines of uptime"),
        ("a string of 1s, half 0s", "a string of ones, half zeros"),
        ("a 90s-style game", "a nineties style game"),
        ("after 10s of waiting, 10s of videos", "after ten seconds of waiting, tens of videos"),
        ("3s and 5s clips", "three seconds and five second clips"),
    ],
    "a plus behind a number": [
        ("1/(1+x), 1 + e^{-x}, 1+k", "one over, one plus x, one plus e to the minus x, one plus k"),
        ("Xeon 8480+, 1 + x", "Xeon eight thousand four hundred eighty plus, one plus x"),
        ("Over 100+ tasks, 10+ h", "Over more than one hundred tasks, more than ten hours"),
    ],
    "a fraction keeps its stroke": [
        (r"$\frac{2}{x^{2}}$, $\frac{a}{b_{i}}$", "two over x squared, a over b i"),
        (r"$\frac{1}{1+e^{-x}}$", "one over one plus e to the minus x"),
        (r"$\frac{\sqrt{d}}{n}$, $\frac{1}{\sqrt{d_{k}}}$", "square root of d over n, one over square root of d k"),
        ("n(n-1)/2, f(x)/g(x)", "n times n minus one over two, f of x over g of x"),
        ("dy/dx, dL/dθ", "d y over d x, d L over d theta"),
    ],
    "prices": [
        ("$1.50–$2.50 per hour", "one dollar and fifty cents to two dollars and fifty cents per hour"),
        ("$0.50 to $0.80, $0.50–$2", "fifty to eighty cents, fifty cents to two dollars"),
        ("$500K-$1M, $5–$10", "five hundred thousand to one million dollars, five to ten dollars"),
    ],
    "spans": [
        ("Aug 2024–May 2025", "August twenty twenty-four to May twenty twenty-five"),
        ("2017-present, June 2024-now", "twenty seventeen to present, June twenty twenty-four to now"),
        ("2020-Augmented", "twenty twenty Augmented"),
        ("$[0,1)$, γ ∈ [0,1), t ∈ (0, T]", "zero to one, gamma in zero to one, t in zero to T"),
        ("[−1, 1)", "minus one to one"),
    ],
    "sides and products": [
        ("12 cm × 8 cm, 2.5 m x 1.2 m",
         "twelve centimeters by eight centimeters, two point five meters by one point two meters"),
        ("a 10m×10m room", "a ten meter by ten meter room"),
        ("2 × 3 = 6, 17 × 24 = 408",
         "two times three equals six, seventeen times twenty-four equals four hundred eight"),
        ("64 × 64 pixels", "sixty-four by sixty-four pixels"),
    ],
    "lists in brackets are no references": [
        ("kernel sizes [3, 5, 7], layers [4, 8, 12]", "kernel sizes, three, five, seven, layers, four, eight, twelve"),
        ("sorted to [2, 5, 9], returns [2, 1]", "sorted to, two, five, nine, returns, two, one"),
        ("x = [1, 2, 3], ranks [1, 1, 2]", "x equals, one, two, three, ranks, one, one, two"),
        ("similar to [3, 4], residual layers [4, 12]", "similar to, residual layers"),
    ],
    "figures that are names": [
        ("Qwen3-4B-Instruct-2507, mistral-small-2503",
         "Qwen three, four B Instruct twenty-five oh seven, mistral small twenty-five oh three"),
        ("Mistral Large 2411, gpt-4-1106", "Mistral Large twenty-four eleven, gpt four, eleven oh six"),
        ("ISO-2501, 2507 tasks", "I S O two thousand five hundred one, two thousand five hundred seven tasks"),
        ("HTTP 404, a 404 page, 404 pairs", "H T T P four oh four, a four oh four page, four hundred four pairs"),
        ("Boeing 747, H.264", "Boeing seven forty-seven, H two sixty-four"),
    ],
    "small ones": [
        ("k=1…10, n! orderings, 5! = 120",
         "k equals one to ten, n factorial orderings, five factorial equals one hundred twenty"),
        ("Yes, it is 5!", "Yes, it is five!"),
        ("5ft 10in, 3.5 in wide, 12 in total", "five feet ten inches, three point five inches wide, twelve in total"),
        ("7d and 14d horizons, a 90d window, 2d images",
         "seven days and fourteen day horizons, a ninety day window, two d images"),
    ],
    "pixels across": [
        ("1080p and 4K at 60fps", "ten eighty p and four K at sixty frames per second"),
        ("upscaled to 4K, 720p to 4K", "upscaled to four K, seven twenty p to four K"),
        ("a context of 4K, 4K tokens at 60 Hz",
         "a context of four thousand, four thousand tokens at sixty hertz"),
    ],
    "in is a unit only where its adjective ends the phrase": [
        ("Claude 3 in long contexts, Stage 3 in deep learning",
         "Claude three in long contexts, Stage three in deep learning"),
        ("GPT-4 in long, In 2024 in deep learning", "G P T four in long, In twenty twenty-four in deep learning"),
        ("It scored 5 in long tasks.", "It scored five in long tasks."),
        ("6 ft 2 in the study", "six feet two in the study"),
    ],
    "a part is no mark": [
        ("The learning rate is 1/4.", "The learning rate is one quarter."),
        ("The score is 1/3 lower, gets a 1/3 share", "The score is one third lower, gets a one third share"),
        ("It gets 2/3 less traffic.", "It gets two thirds less traffic."),
        ("We got 1/2 off. Overall, 2/3. The ratio: 2/3.",
         "We got one half off. Overall, two thirds. The ratio: two thirds."),
    ],
    "nor counts things of a measure": [
        ("Add 2/3 tablespoons, about 3/4 tons", "Add two thirds tablespoons, about three quarters tons"),
        ("shifts by 1/2 pixels, lost 1/10 points", "shifts by one half pixels, lost one tenth points"),
        ("Rotate 3/4 turns. Phase 1/2 trials", "Rotate three quarters turns. Phase one and two trials"),
    ],
    "to between amounts of one kind": [
        ("It has 100M - 1B parameters.", "It has one hundred million to one billion parameters."),
        ("5K - 1M tokens, 1 ms - 2 s", "five thousand to one million tokens, one millisecond to two seconds"),
        ("A 1.5× - 2× gain, 1e-5 - 1e-4",
         "A one point five to two times gain, ten to the minus five to ten to the minus four"),
        ("10:00 am - 11:30 am", "ten A M to eleven thirty A M"),
        ("It costs $5M - $10M.", "It costs five to ten million dollars."),
        ("$2B - $3B", "two to three billion dollars"),
    ],
    "references behind plain nouns": [
        ("Each input [5, 6] is a figure.", "Each input is a figure."),
        ("the same pattern [1, 2], the outputs [12, 14]", "the same pattern, the outputs"),
        ("This order [2, 3]. A sequence [3, 4] was proposed.", "This order. A sequence was proposed."),
        ("Mixed by size [4, 5], in the order [2, 1]", "Mixed by size, in the order, two, one"),
    ],
    "figures behind error, and 404 things": [
        ("An error 500 ms later, mean error 420 m",
         "An error five hundred milliseconds later, mean error four hundred twenty meters"),
        ("404 pages, 404 responses, error 404",
         "four hundred four pages, four hundred four responses, error four oh four"),
    ],
    "x is times before the": [
        ("Upscale 4x to the full size.", "Upscale four times to the full size."),
        ("n = 3x the default, s = 2x.", "n equals three times the default, s equals two times."),
        ("It is $2x$ the speed.", "It is two times the speed."),
    ],
    "seconds, dimensions and decades": [
        ("From 0s to 1s. A pause of 1s and 0s",
         "From zero seconds to one second. A pause of one second and zero seconds"),
        ("2d average pooling, 3d window attention", "two d average pooling, three d window attention"),
        ("10s of training data, a 30s-style ad", "tens of training data, a thirty second style ad"),
        ("A 10 s early stop, A 2 h past exam", "A ten second early stop, A two hour past exam"),
    ],
    "no release and no screen": [
        ("Mistral Large scored 2508.", "Mistral Large scored two thousand five hundred eight."),
        ("Mistral at 2308 MB, GPT-2-1024 context",
         "Mistral at two thousand three hundred eight megabytes, G P T two, one thousand twenty-four context"),
        ("resolved 4K issues", "resolved four thousand issues"),
        ("native 8K context windows", "native eight thousand context windows"),
    ],
    "a call is no factorial": [
        ("The answer is c! Plan d! Hi to x!", "The answer is c! Plan d! Hi to x!"),
        ("Then y! grows.", "Then y factorial grows."),
    ],
    "a flattened power at the end of a sentence, and exponents with other dashes": [
        ("The rate is 3 × 10−4. Then 10−3.",
         "The rate is three times ten to the minus four. Then ten to the minus three."),
        ("10−4.5 percent, 10−4 = 6", "ten, four point five percent, ten minus four equals six"),
        ("5e−6 to 1e–4, Figure 3e–4 shows",
         "five times ten to the minus six to ten to the minus four, Figure three E to four shows"),
    ],
    "a unit is plural where no noun is behind it": [
        ("24 GB vs. 48 GB, 40 ms compared to 90 ms",
         "twenty-four gigabytes versus forty-eight gigabytes, forty milliseconds compared to ninety milliseconds"),
        ("3 kg lighter and 2 m taller, 5 km = 3.1 miles",
         "three kilograms lighter and two meters taller, five kilometers equals three point one miles"),
        ("6 GB allocated to it, 30 min daily, 20 MB big",
         "six gigabytes allocated to it, thirty minutes daily, twenty megabytes big"),
        ("5 h according to them, 8 GB given.", "five hours according to them, eight gigabytes given."),
        ("a 2 m taller robot, 20 ms reduced latency", "a two meter taller robot, twenty millisecond reduced latency"),
        ("the 8 GB and 16 GB cards, an 8 GB open model",
         "the eight gigabyte and sixteen gigabyte cards, an eight gigabyte open model"),
    ],
    "a minus between brackets, bars and powers": [
        ("E[X²] − E[X]², |x| − |y|",
         "E of X squared minus E of X squared, absolute value of x minus absolute value of y"),
        ("(a+b)² − c², x^2 - y^2", "a plus b, squared minus c squared, x squared minus y squared"),
        ("(1 − p) − q, I(X;Y) − I(X;Z)", "one minus p, minus q, I of X; Y minus I of X; Z"),
        ("K[i] - V[j], acc(A) − acc(B)", "K, i, minus V, j, acc, A, minus acc, B"),
        ("The gain − a small one − is real", "The gain, a small one, is real"),
        ("Plan (b) - (c), GPT-4 (new) - better", "Plan, b, c, G P T four, new, better"),
    ],
    "numbers with a letter before": [
        ("As shown in C.2, see App. B.1", "As shown in C two, see Appendix B one"),
        ("B.3. Training details", "B three. Training details"),
        ("Eq. (B.2), Eq. (S3), Tab. C.1", "Equation B two, Equation S three, Table C one"),
        ("Sect. IV-A, Section II.B, Section III. A new one", "Section four A, Section two B, Section three. A new one"),
        ("Thms. 1 and 2, Defs. 3–4, Apps. A and B",
         "Theorems one and two, Definitions three to four, Appendices A and B"),
        ("See A.1–A.3, H.264", "See A one to A three, H two sixty-four"),
    ],
    "sources without a comma": [
        ("It helps (Smith et al. 2019; Meta 2024a,b).", "It helps."),
        ("It helps (Zhao et al., 2022, 2023; inter alia).", "It helps."),
        ("It helps (Kim & Park 2021b; Roy, 2020; Devlin et al., 2019 for BERT).", "It helps."),
        ("It runs (June 2024), it ends (Paris and London 2024)",
         "It runs, June twenty twenty-four, it ends, Paris and London twenty twenty-four"),
    ],
    "what functions are of": [
        ("P(A ∪ B), P(X > 3), Pr(X ≥ 2)", "P of A union B, P of X greater than three, probability of X at least two"),
        ("Õ(n), Õ(√T)", "O tilde of n, O tilde of square root of T"),
        ("L(N) = (N_c/N)^α", "L of N equals, N c over N, to the alpha"),
        ("$[0,1]^d$, x ∈ [0,1]^d", "zero to one to the d, x in zero to one to the d"),
        (r"$\mathbb{E}_{x \sim p}[f(x)]$", "E x follows p of f of x"),
        (r"$\|x-x'\|_\infty \le 8/255$", "infinity norm of x minus x prime at most eight over two hundred fifty-five"),
        (r"$\|x-x'\|$ and |y-y'|", "norm of x minus x prime and absolute value of y minus y prime"),
        ("Plan P (A and B)", "Plan P, A and B"),
    ],
    "a size behind a version is of a name": [
        ("We use Janus 1.0-7B and Wan 2.2-14B.",
         "We use Janus one point zero, seven B and Wan two point two, fourteen B."),
        ("models of 2.2-14B, 2.5-7B models",
         "models of two point two to fourteen billion, two point five to seven billion models"),
    ],
    "but not in titles and ranges, as signs of numbers": [
        ("over the Mid 1.5-3B range, Scaling Small 1.5-3B Models",
         "over the Mid one point five to three billion range, Scaling Small one point five to three billion Models"),
        ("7 − 3 = 4, n − 1 steps, 2e−5/3e−5",
         "seven minus three equals four, n minus one steps, two times ten to the minus five and three times ten to the "
         "minus five"),
    ],
    "cards of four figures": [
        ("8 A6000s, 4× A5000, A10G 24GB",
         "eight A six thousands, four A five thousands, A ten G, twenty-four gigabytes"),
    ],
    "a month of a short year": [
        ("in May '24, until Sept. ’21, on May 24, the '90s",
         "in May twenty twenty-four, until September twenty twenty-one, on May twenty-fourth, the nineties"),
    ],
    "a short word between long ones": [
        ("TRAINING AGENTS TO REASON WITH TOOLS", "TRAINING AGENTS to REASON with tools"),
        ("an IT system, SCALING UP TRANSFORMERS", "an I T system, SCALING up TRANSFORMERS"),
    ],
    "a dash that is a sign, or between powers": [
        ("10⁶–10⁹ and 10⁻⁵–10⁻³",
         "ten to the sixth to ten to the ninth and ten to the minus five to ten to the minus three"),
        ("a –5% change, loss –2.3, we test – 3 of them",
         "a minus five percent change, loss minus two point three, we test, three of them"),
    ],
    "arrows behind brackets": [
        ("WER (%) ↓, PSNR (dB) ↑ here", "W E R, percent, lower is better, P S N R, dB, higher is better, here"),
        ("Higher is better ↑, lower is better (↓).", "Higher is better, lower is better."),
        ("loss (L1) ↓ 0.3", "loss, L one, down zero point three"),
    ],
    "rows and lines": [
        ("rows 4/5, lines 1/2, columns 2/3", "rows four and five, lines one and two, columns two and three"),
        ("4/5 of the rows, layers 3/4", "four fifths of the rows, layers three and four"),
    ],
    "a zone behind the hour": [
        ("at 9 a.m. EST, at 9 a.m. He left", "at nine A M E S T, at nine A M. He left"),
    ],
    "numbers of papers without a colon": [
        ("see arXiv 2401.00123, doi:10.1000/xyz123",
         "see archive, twenty-four oh one dot oh oh one two three, link in the show notes"),
    ],
    "measures of few": [
        ("a 250 ppm level, 300 dpi scan",
         "a two hundred fifty parts per million level, three hundred dots per inch scan"),
        ("120 mmHg", "one hundred twenty millimeters of mercury"),
        ("Ca²⁺ ions, 1/100 s, CO2eq alone",
         "Ca two plus ions, one one hundredth of a second, C O two equivalent alone"),
    ],
    "short forms of few": [
        ("St. John's and Mt. Everest, on 5th St. He left", "Saint John's and Mount Everest, on fifth St. He left"),
        ("AIME I and II, Avg. gain, 1:N, 0xFF", "A I M E one and two, Average gain, one to N, zero x F F"),
        (r"\begin{itemize} \item one \end{itemize}", "one"),
    ],
}  # fmt: skip


@pytest.mark.parametrize(
    ("written", "spoken"), [case for cases in KINDS.values() for case in cases], ids=lambda text: text[:20]
)
def test_a_sign_is_said_by_what_stands_beside_it(written: str, spoken: str) -> None:
    """Each is said so, once is enough, and nothing of it is left unsaid."""
    assert say(written, LEXICON) == spoken
    assert say(spoken, LEXICON) == spoken
    assert not unsaid(written, LEXICON)
