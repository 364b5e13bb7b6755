"""From written to spoken: what a voice is given."""

import csv
import json
import re
import string
import subprocess
import sys
import time
from pathlib import Path

import pytest
from conftest import ROOT, SHARED, by_night, podcast
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from podcast.show.errors import ConfigError
from podcast.speech import Lexicon, say

DATA = SHARED / "data/speech"
SPEAKABLE = re.compile(r"[A-Za-z' ,.?!:;-]*")
LEXICON = Lexicon.load(ROOT / "voices" / "lexicon.tsv")

CASES = [
    # plain dialogue
    ("Is it fast? Yes, and cheap!", "Is it fast? Yes, and cheap!"),
    ("One, two, and three; then: stop.", "One, two, and three; then: stop."),
    ("It's what's “new” — the rest isn't.", "It's what's new, the rest isn't."),
    ("a well-known, hand-written rule", "a well known, hand written rule"),
    ("Well... maybe.", "Well, maybe."),
    ("twenty-five voices, forty-second place", "twenty-five voices, forty-second place"),
    ("it works (mostly), I think (so far).", "it works, mostly, I think, so far."),
    ("a café in Zürich 🎉", "a cafe in Zurich"),
    # numbers
    ("12 of 1,024 runs", "twelve of one thousand twenty-four runs"),
    ("0.050 and 3.14", "zero point zero five zero and three point one four"),
    ("in 1998, 2007 and 2024", "in nineteen ninety-eight, two thousand seven and twenty twenty-four"),
    ("2024 tokens", "two thousand twenty-four tokens"),
    ("the 1990s", "the nineteen nineties"),
    ("the 31st try, 3rd of 12", "the thirty-first try, third of twelve"),
    ("a -3.5 point change", "a minus three point five point change"),
    ("agent 007", "agent zero zero seven"),
    ("version 1.10.2", "version one point ten point two"),
    # quantities
    ("a 30% cut, 45.0% now", "a thirty percent cut, forty-five percent now"),
    ("up 3.1 pp over it", "up three point one percentage points over it"),
    ("a 2.1 pp gain", "a two point one percentage point gain"),
    ("40x cheaper", "forty times cheaper"),
    ("a 640x480 frame", "a six hundred forty by four hundred eighty frame"),
    ("from 10× to 20× faster", "from ten times to twenty times faster"),
    ("10-20x faster", "ten to twenty times faster"),
    ("5–7 days", "five to seven days"),
    ("a 13B model on 2T tokens", "a thirteen billion model on two trillion tokens"),
    ("150k steps", "one hundred fifty thousand steps"),
    ("24 GB of memory", "twenty-four gigabytes of memory"),
    ("a 24GB card", "a twenty-four gigabyte card"),
    ("1 GB and 300 ms.", "one gigabyte and three hundred milliseconds."),
    ("30 FPS at 1080p", "thirty frames per second at ten eighty p"),
    ("16 kHz, 3.5 dB", "sixteen kilohertz, three point five decibels"),
    ("3 km^2 of land", "three square kilometers of land"),
    ("35 tokens/s", "thirty-five tokens per second"),
    ("$25 a month", "twenty-five dollars a month"),
    ("\\$1.5M in all", "one point five million dollars in all"),
    ("$0.07 per call", "seven cents per call"),
    ("from $5 for a_b to $10", "from five dollars for a b to ten dollars"),
    ("a 3:1 mix", "a three to one mix"),
    ("1/8 of it, 3/4 of that", "one eighth of it, three quarters of that"),
    ("17/20 tasks", "seventeen out of twenty tasks"),
    ("ranked #3", "ranked number three"),
    ("pass@8 of 40%", "pass at eight of forty percent"),
    (
        "60% / 70% for the 3B/8B pair",
        "sixty percent and seventy percent for the three billion and eight billion pair",
    ),
    ("over 200+ tasks", "over more than two hundred tasks"),
    ("~50 people", "about fifty people"),
    # relations and mathematics
    ("p < 0.05 and n=30", "p less than zero point zero five and n equals thirty"),
    ("if >5 fail, ≤2 pass", "if more than five fail, at most two pass"),
    ("5.1 ± 0.2", "five point one plus or minus zero point two"),
    ("O(n^2) time", "O of n squared time"),
    ("$\\mathcal{O}(\\sqrt{n})$ memory", "O of square root of n memory"),
    ("a rate of 1e-3 or 5e-4", "a rate of ten to the minus three or five times ten to the minus four"),
    ("$10^{6}$ states", "ten to the sixth states"),
    ("$\\alpha_1 \\geq 2$", "alpha one at least two"),
    ("$x^{1/2}$", "x to the power one half"),
    ("λ of 2 and θ_0", "lambda of two and theta zero"),
    ("$\\sum_i a_i b_i + \\sum_j c_j d_j = \\int f(x) dx$", "a formula given in the paper"),
    (
        "3times faster, sim20k of 64times64",
        "three times faster, about twenty thousand of sixty-four by sixty-four",
    ),
    ("an SO(2) symmetry", "an S O two symmetry"),
    # names
    ("GPT-5 and o3-mini", "G P T five and o three mini"),
    ("Llama-3.3-70B-Instruct", "Llama three point three, seventy B Instruct"),
    ("Mistral 7B", "Mistral seven B"),
    ("four H100s and an RTX 4090", "four H one hundreds and an R T X forty ninety"),
    ("8xV100", "eight V one hundreds"),
    ("an 8xV100 node", "an eight by V one hundred node"),
    ("LLMs, VLMs and the KV cache", "L L Ms, V L Ms and the K V cache"),
    ("LoRA-tuned LoRAs on CIFAR-10", "lora tuned loras on see far ten"),
    ("MMBench and ChatGPT", "M M Bench and Chat G P T"),
    ("MoE with CoT", "M O E with C O T"),
    # abbreviations, citations, addresses, markup
    ("e.g. this, i.e., that", "for example this, that is, that"),
    ("See Fig. 2, Eq. (7) and Sec. 3.", "See Figure two, Equation seven and Section three."),
    ("GPUs, TPUs, etc. It ran.", "G P Us, T P Us, et cetera. It ran."),
    ("as shown [12, 14] before (Doe et al., 2021).", "as shown before."),
    ("Doe et al. (2019) ask", "Doe and colleagues, twenty nineteen, ask"),
    ("code at https://github.com/a/b.", "code on GitHub, link in the show notes."),
    ("see https://example.org/x?y=1 today", "see link in the show notes, today"),
    ("arXiv:2401.00123v2", "archive, twenty-four oh one dot oh oh one two three"),
    ("\\textbf{Bold} \\emph{text}~\\cite{doe}", "Bold text"),
    ("with \\ourmodel{} it is", "with the proposed method it is"),
    ("a <plan> token", "a plan token"),
    ("reasoning between <think> and </think>", "reasoning between think and think"),
    ("the <|im_end|> token", "the im end token"),
    ("**bold** and `code_name`", "bold and code name"),
    ("At $5 per hour it is 3$\\times$ faster", "At five dollars per hour it is three times faster"),
    ("$12 on GPUs, $15 here, and $n=4$", "twelve dollars on G P Us, fifteen dollars here, and n equals four"),
    ("It costs 5$ per run and $100 per day", "It costs five dollars per run and one hundred dollars per day"),
    ("from 500$ to $120 per month", "from five hundred to one hundred twenty dollars per month"),
    ("2$/h here and $3 there", "two dollars per hour here and three dollars there"),
    ("The $ sign means money, and $100 is a lot", "The sign means money, and one hundred dollars is a lot"),
    ("We pay in US$ and $250 is the cap", "We pay in U S and two hundred fifty dollars is the cap"),
    ("from $ 0.5 $ to $ 95.2\\% $", "from zero point five to ninety-five point two percent"),
    ("listed under cs.CV", "listed under computer vision"),
]


@pytest.mark.parametrize(("written", "spoken"), CASES)
def test_a_text_is_said_so(written: str, spoken: str) -> None:
    """Each written form has exactly this spoken form."""
    assert say(written, LEXICON) == spoken


@pytest.mark.parametrize(
    ("language", "written", "spoken"),
    [
        (
            "de",
            "Es sind 21 von 1,000 (3.5 %) [4].",
            "Es sind einundzwanzig von eintausend (drei Komma fünf Prozent).",
        ),
        (
            "fr",
            "Il y a 16 modèles, voir https://github.com/a/b",
            "Il y a seize modèles, voir GitHub, lien dans les notes de l'épisode",
        ),
        ("es", "El \\textbf{modelo} usa 7 capas.", "El modelo usa siete capas."),
        (
            "de",
            "Genau sind 0,875 bei 1.000 Schritten.",
            "Genau sind null Komma acht sieben fünf bei eintausend Schritten.",
        ),
        ("fr", "Sur 1 000 images, 0,875.", "Sur mille images, zéro virgule huit sept cinq."),
        ("zh", "使用10005张图片，达到92.5分。", "使用一万零五张图片，达到九十二点五分。"),
        ("zh-CN", "第15个，共120个，0个", "第十五个，共一百二十个，零个"),
    ],
)
def test_other_languages_say_numbers_in_their_own_words(language: str, written: str, spoken: str) -> None:
    """Outside English only numbers, addresses, citations and markup change, and once is enough."""
    assert say(written, LEXICON, language) == spoken
    assert say(spoken, LEXICON, language) == spoken


@given(st.text(max_size=60))
def test_any_text_becomes_speakable_and_settles(text: str) -> None:
    """Whatever comes in, only letters and prosody signs go out, and saying that again changes nothing."""
    spoken = say(text, LEXICON)
    assert SPEAKABLE.fullmatch(spoken)
    assert say(spoken, LEXICON) == spoken


PIECES = st.sampled_from(
    [
        *"abXZ 019$\\{}()[]^_-–~%#@/.,:;'\"<>=+*&|×²±é中",
        *["\\frac", "\\tau", "\\method", "GPT-4", "LLMs", "LoRA", "et al.", "e.g.", "twenty-", "http://"],
        *[
            "May ",
            "12:30",
            "2024-05-",
            "5m",
            "45m ",
            "II ",
            "Type ",
            "3b",
            "H100",
            "€",
            "/s",
            "/M",
            "½",
            "↓",
            "′",
            "(a) ",
        ],
        *[
            "7b ",
            "HELM",
            "IS ",
            "p(x|y)",
            "\\SI{",
            "\\hat ",
            "{,}",
            " 000",
            "3.11",
            "T=",
            "per ",
            " to the minus 2",
            "−",
        ],
        *["10", "K", "GB", "ms", "O(", "sim", "times", "1e-4", "$5", "2024", "3/4", "www.a.org/"],
    ]
)


@settings(max_examples=300)
@given(st.lists(PIECES, max_size=12).map("".join))
def test_notation_in_any_order_becomes_speakable_and_settles(text: str) -> None:
    """Signs, commands and units thrown together in any order leave no digit or symbol, and settle."""
    spoken = say(text, LEXICON)
    assert SPEAKABLE.fullmatch(spoken)
    assert say(spoken, LEXICON) == spoken


WORDS = st.sampled_from(["the", "model", "learns", "from", "data", "while", "voices", "read", "papers", "and", "ask"])


@given(st.lists(st.one_of(WORDS, st.integers(0, 10**7).map(str), st.decimals(0, 100, places=2).map(str)), max_size=12))
def test_no_plain_word_is_lost(parts: list[str]) -> None:
    """Every lower-case word of a text of words and numbers is said, in its order."""
    wanted = [part for part in parts if part.isalpha()]
    spoken = iter(re.findall(r"[a-z]+", say(" ".join(parts), LEXICON)))
    assert all(word in spoken for word in wanted)


@given(st.integers(0, 10**12))
def test_an_integer_is_said_in_words(number: int) -> None:
    """An integer of any size leaves only words, without the British "and"."""
    words = say(f"all {number} of them", LEXICON).split()
    assert words[0] == "all"
    assert words[-2:] == ["of", "them"]
    assert "and" not in words


HOSTILE = ["(", "[", "{", "$", "\\", "7", "a", "A", " ", "-", "~", "^", "1,", "1.", "O(", "$1", "\\a", "a-", "A1", "1-"]
HOSTILE += ["www.", "x^{"]


@pytest.mark.long
@pytest.mark.parametrize("unit", by_night(HOSTILE, 12))
def test_hostile_text_takes_linear_time(unit: str) -> None:
    """Twice the signs take about twice the time, and 20,000 of them at most two seconds."""
    say("warm 1 up", LEXICON)  # num2words is imported once

    def seconds(length: int) -> float:
        start = time.process_time()
        say(unit * (length // len(unit)), LEXICON)
        return time.process_time() - start

    short, long = seconds(10_000), seconds(20_000)
    assert long < 2
    assert long < 3 * short + 0.05


def test_a_hundred_thousand_brackets_are_said_at_once() -> None:
    """Nested brackets that never close take at most two seconds."""
    start = time.process_time()
    say("(" * 100_000, LEXICON)
    assert time.process_time() - start < 2


def test_importing_the_module_does_not_import_num2words() -> None:
    """A command that says nothing does not pay for num2words."""
    code = "import sys, podcast.speech; sys.exit('num2words' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], cwd=ROOT, check=False).returncode == 0


@pytest.mark.parametrize(
    ("language", "written", "spoken"),
    [
        ("de", "LoRA ist klein, LoRAs nicht.", "Lora ist klein, LoRAs nicht."),
        ("de", "Ein BERT-Modell mit 2 GPUs.", "Ein Börtmodell mit zwei GPUs."),
        ("zh", "使用LoRA微调。", "使用Lora微调。"),
        ("ru", "Сеть LoRA учится.", "Сеть Lora учится."),
    ],
)
def test_a_lexicon_holds_in_every_language(tmp_path: Path, language: str, written: str, spoken: str) -> None:
    """A show's own words are said as it says, alone and beside Chinese; of another word they are no part."""
    path = tmp_path / "lexicon.tsv"
    path.write_text("LoRA\tLora\nBERT-Modell\tBörtmodell\n", encoding="utf-8")
    lexicon = Lexicon.load(path, language=language)
    assert say(written, lexicon, language) == spoken
    assert say(spoken, lexicon, language) == spoken


def test_a_show_in_another_language_has_its_own_lexicon_alone(show: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Ours spells for an English voice."""
    text = (show / "podcast.toml").read_text()
    (show / "podcast.toml").write_text(text.replace("[show]\n", '[show]\nlanguage = "de"\n'))
    (show / "voices").mkdir()
    (show / "voices" / "lexicon.tsv").write_text("SwiGLU\tSwig Lu\n")
    assert podcast(show, "voices", "say", "SwiGLU und QLoRA") == 0
    assert capsys.readouterr().out.strip() == "Swig Lu und QLoRA"


def test_later_lexicons_win(tmp_path: Path) -> None:
    """A show's own lexicon overrides the shared one, and comments and empty lines say nothing."""
    shared, own = tmp_path / "shared.tsv", tmp_path / "own.tsv"
    shared.write_text("# shared\n\nBERT\tbert\nGLUE\tglue\n", encoding="utf-8")
    own.write_text("BERT\tburt\n", encoding="utf-8")
    lexicon = Lexicon.load(shared, own)
    assert dict(lexicon) == {"BERT": "burt", "GLUE": "glue"}
    assert say("BERT on GLUE", lexicon) == "burt on glue"


@pytest.mark.parametrize("line", ["BERT bert", "BERT\tbert\tx", "\tbert", "BERT\t", "GPT\tg p t 4", "two words\tone"])
def test_a_malformed_lexicon_line_is_named(tmp_path: Path, line: str) -> None:
    """The error names the file and the line, so that it can be mended."""
    path = tmp_path / "lexicon.tsv"
    path.write_text(f"# header\n{line}\n", encoding="utf-8")
    with pytest.raises(ConfigError, match=re.escape(f"{path}:2")):
        Lexicon.load(path)


@pytest.mark.parametrize(
    ("lines", "number"),
    [
        ("net\tbig net", 2),  # its own
        ("big-net\tnets\nnet\tbig-net", 3),  # once its hyphen is gone
        ("BERT\tburt\nburt\tBERT", 3),  # each other's
        ("Nets\tlora RAG\nRAG\tragged Nets", 3),
        ("GANs\tmany GAN\nGAN\tsome GANs", 3),  # by the plural
    ],
)
def test_a_lexicon_that_leads_back_to_itself_is_named(tmp_path: Path, lines: str, number: int) -> None:
    """Entries that would turn their own spoken form into ever another are refused, with the last one's line."""
    path = tmp_path / "lexicon.tsv"
    path.write_text(f"# header\n{lines}\n", encoding="utf-8")
    with pytest.raises(ConfigError, match=re.escape(f"{path}:{number}: ")):
        Lexicon.load(path)


def test_a_word_of_a_spoken_form_may_have_its_own_line(tmp_path: Path) -> None:
    """A show that says "net" in its own way says it so in every name that ends in it."""
    own = tmp_path / "own.tsv"
    own.write_text("net\tnett\n", encoding="utf-8")
    lexicon = Lexicon.load(ROOT / "voices" / "lexicon.tsv", own)
    assert say("a ResNet", lexicon) == "a res nett"
    assert say("a res nett", lexicon) == "a res nett"


FORMS = st.sampled_from(
    [*["net", "nets", "Net", "ResNet", "GAN", "GANs"], *["big", "big-net", "G", "S", "and", "five", "twenty-five"]]
)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    entries=st.dictionaries(FORMS, st.lists(FORMS, min_size=1, max_size=3).map(" ".join), max_size=5),
    text=st.lists(st.one_of(FORMS, st.sampled_from(["-", " ", "25", "&"])), max_size=8).map("".join),
)
def test_text_settles_with_every_lexicon_that_loads(tmp_path: Path, entries: dict[str, str], text: str) -> None:
    """Whatever a show's lexicon holds, it is refused or saying a text again changes nothing."""
    path = tmp_path / "lexicon.tsv"
    path.write_text("".join(f"{written}\t{spoken}\n" for written, spoken in entries.items()), encoding="utf-8")
    try:
        lexicon = Lexicon.load(path)
    except ConfigError:
        return
    spoken = say(text, lexicon)
    assert say(spoken, lexicon) == spoken


def test_a_missing_lexicon_is_named(tmp_path: Path) -> None:
    """A path that is no file is a configuration error, not an empty lexicon."""
    with pytest.raises(ConfigError, match=r"absent\.tsv"):
        Lexicon.load(tmp_path / "absent.tsv")


def test_a_lexicon_cannot_be_changed() -> None:
    """What was loaded stays: a changed mapping would leave cached takes behind."""
    entries = {"BERT": "bert"}
    lexicon = Lexicon(entries)
    entries["BERT"] = "burt"
    assert lexicon["BERT"] == "bert"
    with pytest.raises(AttributeError):
        lexicon.entries = {}  # type: ignore[misc]


def test_the_shipped_lexicon_is_speakable_and_settled() -> None:
    """It has at least 150 entries, each spoken form can be said, and none is rewritten when said again."""
    assert len(LEXICON) >= 150
    for written, spoken in LEXICON.items():
        assert SPEAKABLE.fullmatch(spoken), written
        assert say(spoken, LEXICON) == spoken, written


needs_data = pytest.mark.skipif(
    not DATA.is_dir(), reason=f"no real texts at {DATA}; they are not part of the repository"
)


@needs_data
def test_nine_of_ten_real_texts_are_said_as_a_person_would() -> None:
    """At least 0.9 of the reference cases match exactly."""
    with (DATA / "cases.tsv").open(encoding="utf-8", newline="") as file:
        cases = list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))
    right = sum(say(case["written"], LEXICON) == case["spoken"] for case in cases)
    assert right / len(cases) >= 0.9


@pytest.mark.long
@needs_data
def test_no_symbol_is_left_of_any_real_sentence() -> None:
    """Sentences of real papers leave no digit and no symbol, and settle."""
    for line in (DATA / "sentences.jsonl").read_text(encoding="utf-8").splitlines():
        text = json.loads(line)["text"]
        spoken = say(text, LEXICON)
        assert SPEAKABLE.fullmatch(spoken), text
        assert not set(spoken) & set(string.digits), text
        assert say(spoken, LEXICON) == spoken, text


@pytest.mark.parametrize(
    ("language", "written", "spoken"),
    [
        ("zh", "只多花8%的时间", "只多花百分之八的时间"),
        ("de", "8 % mehr", "acht Prozent mehr"),
        ("fr", "8 % de plus", "huit pour cent de plus"),
        ("es", "un 8% más", "un ocho por ciento más"),
    ],
)
def test_percentages_are_said_in_their_language(language: str, written: str, spoken: str) -> None:
    """The sign is no word in any of them."""
    assert say(written, LEXICON, language) == spoken
