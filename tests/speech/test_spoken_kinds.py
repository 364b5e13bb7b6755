"""Kinds of notation that are easily said wrong, a few inputs each; none of them may come out as another value."""

from pathlib import Path

import pytest
from conftest import ROOT, podcast

from podcast.speech import Lexicon, say, unsaid

LEXICON = Lexicon.load(ROOT / "voices" / "lexicon.tsv")

KINDS = {
    "by their neighbours": [
        ("2 AI/ML tools", "two A I M L tools"),
        ("3 NLP/ML tasks", "three N L P M L tasks"),
        ("5 cells/mL", "five cells per milliliter"),
        ("for each user (i), item (j)", "for each user i, item, j"),
        ("the node index (i), where 3", "the node index i, where three"),
        ("each user (i) and item (j)", "each user i and item, j"),
        ("as in (i), and (ii).", "as in one, and two."),
        ("in Case (i), it", "in Case one, it"),
        ("a 60s music clip", "a sixty second music clip"),
        ("after 60s popularity drops", "after sixty second popularity drops"),
        ("60s music", "sixties music"),
        ("The cost ~ three times lower", "The cost about three times lower"),
        ("method B ~ ten times", "method B about ten times"),
        ("It takes C ~ O(n) time", "It takes C about O of n time"),
        ("x ~ Normal(0, 1) and y ~ uniform", "x follows Normal, zero, one, and y follows uniform"),
        ("z ~ p(z)", "z follows p of z"),
        ("f(x) ~ N(0, 1)", "f of x follows N of zero, one"),
        ("16:10 videos, a 1:30 video", "sixteen to ten videos, a one thirty video"),
        ("passes 0/1 tests", "passes zero out of one tests"),
        ("a 0/1 loss", "a zero one loss"),
        ("a 10 × GPU speedup", "a ten times G P U speedup"),
        ("8 × GPU", "eight G P U"),
        ("A drop of 5 V or A", "A drop of five volts or A"),
    ],
    "dates": [
        ("2023-11-02", "November second, twenty twenty-three"),
        ("2019-01-01 and 2019-06-30", "January first, twenty nineteen and June thirtieth, twenty nineteen"),
        ("09/21/2021", "September twenty-first, twenty twenty-one"),
        ("on 21.9.2021", "on September twenty-first, twenty twenty-one"),
        ("as of 2/15/23", "as of February fifteenth, twenty twenty-three"),
        ("from 2018-11 to 2019-02", "from November twenty eighteen to February twenty nineteen"),
        ("July 9, 2020", "July ninth, twenty twenty"),
        ("the 9 July 2020 release", "the July ninth, twenty twenty release"),
        ("May 5-7, 2025", "May fifth to seventh, twenty twenty-five"),
        ("Jan–Mar 2024", "Jan to March twenty twenty-four"),
        ("2023/24 season", "twenty twenty-three to twenty-four season"),
        ("2023-07-04T08:05:00Z", "July fourth, twenty twenty-three, eight oh five and zero seconds, U T C"),
        ("on 20240315 we ran", "on March fifteenth, twenty twenty-four we ran"),
        ("in 1805 and by 2050", "in eighteen oh five and by twenty fifty"),
        ("the '60s and the 1970s", "the sixties and the nineteen seventies"),
        ("a split of 80/10/10", "a split of eighty, ten, ten"),
        ("the 1st of May, in 11/2023", "the first of May, in November twenty twenty-three"),
        ("In May 3 models", "In May three models"),
        ("batch sizes 8/16/32", "batch sizes eight, sixteen, thirty-two"),
    ],
    "times": [
        ("at 14:30 and 5:07 pm", "at fourteen thirty and five oh seven P M"),
        ("from 9:00 to 17:30", "from nine o'clock to seventeen thirty"),
        ("13:05 CET", "thirteen oh five C E T"),
        ("9 am–5 pm", "nine A M to five P M"),
        ("1:02:33 long", "one hour two minutes thirty-three seconds long"),
        ("10:30 minutes, now 12:15", "ten minutes thirty seconds, now twelve fifteen"),
        ("a 1:20 imbalance", "a one to twenty imbalance"),
        ("a 16:10 display, 3:1 odds", "a sixteen to ten display, three to one odds"),
    ],
    "durations": [
        ("2d 4h 30m", "two days four hours thirty minutes"),
        ("It took 3h25m.", "It took three hours twenty-five minutes."),
        ("1 h 30 s", "one hour thirty seconds"),
        ("50m per run", "fifty minutes per run"),
        ("20 s per clip, 6 h on CPUs", "twenty seconds per clip, six hours on C P Us"),
        ("a 30-s clip, a 2-h talk, 6 mos", "a thirty second clip, a two hour talk, six months"),
        ("a 45 s clip", "a forty-five second clip"),
        ("15m intervals", "fifteen minute intervals"),
    ],
    "one letter": [
        ("a 1.3b and a 6.7b model", "a one point three billion and a six point seven billion model"),
        ("1.5m users, 30m deep, 20m of it", "one point five million users, thirty meters deep, twenty m of it"),
        ("see Figure 2b and Table 3m", "see Figure two B and Table three M"),
        ("64B cache lines, 2B tokens", "sixty-four byte cache lines, two billion tokens"),
        ("at 300 K, 300K steps", "at three hundred kelvins, three hundred thousand steps"),
        ("a 4K×4K image, T=300K", "a four K by four K image, T equals three hundred kelvin"),
        ("8K video, 8K tokens", "eight K video, eight thousand tokens"),
        ("100s of tasks", "hundreds of tasks"),
    ],
    "rates and prices": [
        ("35 tok/s/GPU", "thirty-five tokens per second per G P U"),
        ("0.8 s/it, 3 req/min", "zero point eight seconds per iteration, three requests per minute"),
        ("1.2M tokens/sec", "one point two million tokens per second"),
        ("$0.30/1M tokens", "thirty cents per one million tokens"),
        ("$3 / M tokens", "three dollars per million tokens"),
        ("€0.25/kWh, $2/hr", "twenty-five cents per kilowatt hour, two dollars per hour"),
        ("$0.0004/token", "zero point zero zero zero four dollars per token"),
    ],
    "money": [
        ("7 USD, 8 EUR, 9 £", "seven dollars, eight euros, nine pounds"),
        ("12.40 €", "twelve euros and forty cents"),
        ("USD 1.2bn, 3M€", "one point two billion dollars, three million euros"),
        ("£3.50, ¥300, 50 CNY", "three pounds and fifty pence, three hundred yen, fifty yuan"),
        ("$5–$10, $<$5 items", "five to ten dollars, less than five items"),
        ("-$5, $-5", "minus five dollars, minus five dollars"),
        ("$100K+ in all", "more than one hundred thousand dollars in all"),
    ],
    "units": [
        ("18 mWh, 350 W, 2.2 kΩ", "eighteen milliwatt hours, three hundred fifty watts, two point two kilo ohms"),
        ("25 Gb/s, 25 GB/s, 8 Mb", "twenty-five gigabits per second, twenty-five gigabytes per second, eight megabits"),
        ("5 W/m², 9.8 m/s², 2 m·s⁻¹", "five watts per square meter, nine point eight meters per second squared, "
         "two meters per second"),
        ("3 × 10^8 m/s", "three times ten to the eighth meters per second"),
        (r"$25\text{\,}\mathrm{k}\mathrm{Hz}$", "twenty-five kilohertz"),
        (r"\SI{5}{\kilo\metre\per\hour}, \qty{8}{ms}", "five kilometers per hour, eight milliseconds"),
        (r"\num{2500} and \SIrange{1}{5}{\volt}", "two thousand five hundred and one to five volts"),
        (r"$\SI{5}{ms}$, $3.5\,\mu\mathrm{s}$, $25^{\circ}\mathrm{C}$, $10\,\mathrm{m/s}$",
         "five milliseconds, three point five microseconds, twenty-five degrees Celsius, ten meters per second"),
        ("1.5 s–2 s, 16/32 GB", "one point five seconds to two seconds, sixteen and thirty-two gigabytes"),
        ("4 mm wide, 1 Å", "four millimeters wide, one angstrom"),
        ("10 mM, 5 L/100 km", "ten millimolar, five liters per one hundred kilometers"),
        ("12 GPU-h, 10% pts", "twelve G P U hours, ten percentage points"),
    ],
    "thousands": [
        ("1,930 judges, 2,018 of them", "one thousand nine hundred thirty judges, two thousand eighteen of them"),
        ("step 1 000, 13,28,000, 12,5 %",
         "step one thousand, one million three hundred twenty-eight thousand, twelve point five percent"),
        ("$1,984, 2010 USD, 1920 Hz", "one thousand nine hundred eighty-four dollars, two thousand ten dollars, "
         "one thousand nine hundred twenty hertz"),
        ("1,950, 2,010, 1950", "one thousand nine hundred fifty, two thousand ten, nineteen fifty"),
        ("1,000-2,000 tokens", "one thousand to two thousand tokens"),
        ("31 500 pages, 31\u202f500, 31\u00a0500", "thirty-one thousand five hundred pages, "
         "thirty-one thousand five hundred, thirty-one thousand five hundred"),
        (r"$2{,}048$ and $3\,000\,000$", "two thousand forty-eight and three million"),
        ("ResNet 50 224, CIFAR-10 100", "res net fifty, two hundred twenty-four, see far ten, one hundred"),
    ],
    "Roman": [
        ("a Type II error, Phases II and III", "a Type two error, Phases two and three"),
        ("Table IX, Section IV-B, Act I", "Table nine, Section four B, Act one"),
        ("World War I, Stage Ⅲ, Louis XIV", "World War one, Stage three, Louis fourteen"),
        ("the type I use, a type I error", "the type I use, a type one error"),
        ("Thm. II, chapter xii, XIX century", "Theorem two, chapter twelve, nineteenth century"),
        ("Types IIa and IIb", "Types two A and two b"),
        ("IV curves, Stochastic VI", "I V curves, Stochastic V I"),
    ],
    "letters": [
        ("In St. Louis, near Mt. St. Helens and on Main St. Visitors wait",
         "In Saint Louis, near Mount Saint Helens and on Main St. Visitors wait"),
        ("the NVIDIA IT team, OPENAI TO RELEASE MODELS", "the en vidia I T team, OPENAI to RELEASE MODELS"),
        ("by Janus 1.0-7B here, Transformers 1.5-7B, we group Small 0.5-3B",
         "by Janus one point zero, seven B here, Transformers one point five to seven billion, "
         "we group Small zero point five to three billion"),
        ("(a) fast, (b) small", "A, fast, B, small"),
        ("step (c) and Fig. 2(d)", "step C and Figure two D"),
        ("Python 3.11, Section 3.10", "Python three point eleven, Section three point ten"),
        ("i) fast and ii) small", "one, fast and, two, small"),
        ("Fig. 5a–c and (A)–(D)", "Figure five A to c and, A, to, D"),
        ("the k-th of n, step t-1", "the k th of n, step t minus one"),
    ],
    "adjoining": [
        ("six H100 80GB cards", "six H one hundred, eighty gigabyte cards"),
        ("one A100 40GB", "one A one hundred, forty gigabyte"),
        ("8×H100-80GB", "eight H one hundreds, eighty gigabytes"),
        ("an 8xA100 node", "an eight by A one hundred node"),
        ("RTX 4090 24GB", "R T X forty ninety, twenty-four gigabytes"),
        ("Qwen 3 8B, Phi 3 14B", "Qwen three, eight B, Phi three, fourteen B"),
        ("twenty 5-second clips", "twenty, five second clips"),
        ("MI300X 192 GB", "M I three hundred X one hundred ninety-two gigabyte"),
    ],
    "signs": [
        ("–0.7, −0.7, -0.7", "minus zero point seven, minus zero point seven, minus zero point seven"),
        ("loss ↓8%, 5% ↑", "loss down eight percent, five percent up"),
        ("FID (↓) and mAP ↑", "F I D, lower is better, and m A P, higher is better,"),
        ("A*, RRT* and Q*", "A star, R R T star and Q star"),
        ("MBPP+, DINO+SAM", "M B P P plus, dino plus sam"),
        ("512*512, 2*3, a*b", "five hundred twelve by five hundred twelve, two times three, a times b"),
        ("x_{t-1} and $x_{t+1}$", "x t minus one and x t plus one"),
        ("−x, a−b, 5–−3, 3−1=2", "minus x, a minus b, five to minus three, three minus one equals two"),
        ("Eqs. (3)–(5), d' and 5′ ends", "Equations three to five, d prime and five prime ends"),
        ("k << n, 1/n", "k much less than n, one over n"),
    ],
    "names that end in initials": [
        ("MicroVQA and OmniVAE", "Micro V Q A and Omni V A E"),
        ("OpenVLA-OFT, DocOCR and InsightAR", "Open V L A O F T, Doc O C R and Insight A R"),
        ("DeepSORT, NeRF and MeZO", "Deep sort, nerf and MeZO"),
        ("Foonet-V2/V3", "Foonet V two and V three"),
    ],
    "capitals": [
        ("HELM, SIREN and TRACE", "helm, siren and trace"),
        ("ARC-AGI, BIG-bench", "arc A G I, big bench"),
        ("LED lamps, ODE, CoT, COTs, WHO", "L E D lamps, O D E, C O T, C O Ts, W H O"),
        ("IT IS NOT a GPU", "it is not a G P U"),
    ],
    "identifiers": [
        ("claude-opus-4-1 20 points up", "claude opus four point one, twenty points up"),
        ("llama-3-8b, llama-3-3-70b", "llama three, eight b, llama three point three, seventy b"),
        ("claude-3-5-sonnet-20240620", "claude three point five sonnet, June twentieth, twenty twenty-four"),
        ("ViT-L/14, w/o SFT", "V I T L fourteen, without S F T"),
    ],
    "fractions": [
        (r"$\frac13$, $\tfrac{3}{4}$", "one third, three quarters"),
        ("3½ hours, ½ of it, 1¼", "three and a half hours, one half of it, one and a quarter"),
        ("1/4-scale, 10/10, 50/50", "one quarter scale, ten out of ten, fifty fifty"),
        ("2 1/2 times, 9/10 of them", "two and a half times, nine tenths of them"),
        (r"$\binom{5}{2}$, $\frac1n$", "five choose two, one over n"),
    ],
    "TeX": [
        (r"$D_{KL}(q\|p)$, KL(q || p)", "D K L of q and p, K L of q and p"),
        (r"p(x | y), $p_\theta(x \mid y)$", "p of x given y, p theta of x given y"),
        (r"$\hat{y}$, $\|w\|$, $|z|$", "y hat, norm of w, absolute value of z"),
        (r"$\theta - \eta g$, $a - b$", "theta minus eta g, a minus b"),
        (r"$\hat{\theta}$, $x^\star$, $x'$, ${n \choose k}$", "theta hat, x star, x prime, n choose k"),
        (r"$10^{3}$--$10^{5}$, $\Pr[A \mid B]$", "ten cubed to ten to the fifth, probability of A given B"),
        (r"$\sum_{i=1}^{n} x_i$", "sum from i equals one to n of x i"),
        (r"$i=1,\ldots,n$", "i equals one to n"),
        ("x̂, ȳ, θ′, xᵢ, |z|, ‖w‖", "x hat, y bar, theta prime, x i, absolute value of z, norm of w"),
        ("f(x, y), π*(s), tanh(x)", "f of x, y, pi star of s, tanh of x"),
        ("10^(-3), 5·10³, ∂L/∂w", "ten to the minus three, five times ten cubed, partial L over partial w"),
        ("𝒪(n), 𝔼[x], ℝⁿ", "O of n, E of x, R to the n"),
    ],
    "powers": [
        (r"$N^{-\alpha}$, $e^{-2x}$", "N to the minus alpha, e to the minus two x"),
        ("C^-0.05", "C to the minus zero point zero five"),
        (r"$\mathbb{R}^{m\times n}$ and 2^{n\cdot d}", "R to the m times n and two to the n times d"),
        ("10−20 minutes, 3 x 10-20 minutes", "ten to twenty minutes, three by ten to twenty minutes"),
        ("1 × 10−4, 3 × 10-4", "one times ten to the minus four, three times ten to the minus four"),
        ("10^3-10^5 and 1e3-1e5", "ten cubed to ten to the fifth and ten to the third to ten to the fifth"),
        ("π₀.₅", "pi zero point five"),
    ],
    "lists": [
        ("pass@1,10,100", "pass at one, ten, one hundred"),
        ("epochs 0,150,300", "epochs zero, one hundred fifty, three hundred"),
        ("1,250,500 people", "one million two hundred fifty thousand five hundred people"),
        ("trained at scale [21, 22] in the range [1, 5]", "trained at scale in the range one to five"),
        ("1,024 and 1,00,000 and 1,000,000", "one thousand twenty-four and one hundred thousand and one million"),
        ("values in [0,255], on a [1,10] scale", "values in zero to two hundred fifty-five, on a one to ten scale"),
        ("95% CI [12, 15]", "ninety-five percent C I twelve to fifteen"),
        (r"$\gamma \in (0,1)$", "gamma in zero to one"),
        ("it helps [12, 15–17] and [3 to 7]", "it helps and"),
        ("Appendix A.3, t=1..T", "Appendix A three, t equals one to T"),
    ],
    "strokes": [
        ("scores 16.2/25 and 8.5/10", "scores sixteen point two out of twenty-five and eight point five out of ten"),
        ("3/50 tasks, 50/50, 80/20", "three out of fifty tasks, fifty fifty, eighty twenty"),
        ("tokens/sec, FLOPs/byte, $/M tokens", "tokens per second, FLOPs per byte, dollars per million tokens"),
        ("he/she, pass/fail, text/image/video", "he or she, pass or fail, text, image and video"),
        ("8 / 2 = 4 and TP/(TP+FP)", "eight over two equals four and T P over, T P plus F P"),
        ("1/3-2/3 and ROUGE-1/2/L", "one third to two thirds and rouge one, two, L"),
        ("a ratio of 2:1:1", "a ratio of two to one to one"),
        ("method (ours)/baseline", "method, ours, baseline"),
        ("30/70 tasks, a 30/70 split", "thirty out of seventy tasks, a thirty seventy split"),
        ("80:10:10, 1:02:03 long", "eighty, ten, ten, one hour two minutes three seconds long"),
    ],
    "plurals": [
        ("two RTX 4090s and four 3090s", "two R T X forty nineties and four thirty nineties"),
        ("in the 1650s, mid-60s, 1980s-90s", "in the sixteen fifties, mid sixties, nineteen eighties to nineties"),
        ("1500s of audio", "one thousand five hundred seconds of audio"),
        ("sim2real", "sim two real"),
    ],
    "spans": [
        ("10K-100K, 500-2K", "ten thousand to one hundred thousand, five hundred to two thousand"),
        ("Python 3.8-3.12, 3.11", "Python three point eight to three point twelve, three point one one"),
        ("Python 3.11+, CUDA>=12.1", "Python three point eleven or later, cuda twelve point one or later"),
        ("2020-Augmented", "twenty twenty Augmented"),
        ("Q1–Q3 2025, Jan.–Mar. 2024", "Q one to Q three, twenty twenty-five, Jan to March twenty twenty-four"),
        ("a $500-million fund, a sub-$1,000 rig", "a five hundred million dollar fund, a sub one thousand dollar rig"),
    ],
    "marks of a text": [
        ("## 3 Results", "three Results"),
        ("- 5% fewer tokens", "five percent fewer tokens"),
        ("-5% change", "minus five percent change"),
        ("# of tokens, #AI", "number of tokens, A I"),
        ("> quoted", "quoted"),
        ("![fig](a.png) shows", "fig shows"),
        ("nn.Module", "nn dot Module"),
    ],
}  # fmt: skip


@pytest.mark.parametrize(
    ("written", "spoken"), [case for cases in KINDS.values() for case in cases], ids=lambda text: text[:20]
)
def test_each_kind_keeps_its_value(written: str, spoken: str) -> None:
    """Each is said so, and nothing of it is left unsaid."""
    assert say(written, LEXICON) == spoken
    assert say(spoken, LEXICON) == spoken
    assert not unsaid(written, LEXICON)


def test_what_no_rule_takes_is_named() -> None:
    """A sign that no table knows, and a command that none does, do not vanish in silence."""
    assert unsaid("a ⟐ b", LEXICON) == ("⟐",)
    assert unsaid(r"$x \wobble y$", LEXICON) == ("TeX",)
    assert unsaid("plain words, 5% of them", LEXICON) == ()


def test_the_command_names_what_is_left_out(show: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """`podcast voices say` prints the spoken text, and on the side the sign that no rule says."""
    assert podcast(show, "voices", "say", "a ⟐ b", "--no-play") == 0
    out, err = capsys.readouterr()
    assert out.strip() == "a b"
    assert "⟐" in err


def test_capitals_that_are_spelled_are_words_of_the_list() -> None:
    """An exception to the list of words stands in it, or it is no exception."""
    from podcast.speech import names, tables

    assert {word for word in tables.SPELLED if word.lower() not in names.known_words()} == set()
