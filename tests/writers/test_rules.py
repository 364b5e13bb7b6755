"""What a line says in other languages than English, as the rules of a dialogue and of a retelling hear it."""

from contextlib import closing, nullcontext
from pathlib import Path

import pytest
from llm import Reply, running

from podcast.show.errors import WriterError
from podcast.show.schema import Line
from podcast.show.settings import WriterSettings
from podcast.writers import prompting, quoting, retelling, rules, tongues
from podcast.writers.chat import Chat
from podcast.writers.claims import SaidClaim, different
from podcast.writers.disclosure import discloses


@pytest.mark.parametrize(
    ("code", "said", "told"),
    [
        ("en", "Script and voices are made by AI.", True),
        ("en", "We're AI, and so is the script.", True),
        ("en", "An AI wrote the script. We're glad that you are here.", False),
        ("zh", "本节目的脚本和声音均由AI生成。", True),
        ("ja", "台本も音声もAIによって作られています。", True),
        ("ko", "대본과 음성은 인공지능이 만들었습니다.", True),
        ("it", "Copione e voci sono fatti con l'intelligenza artificiale.", True),
        ("pt-BR", "O roteiro e as vozes são feitos por inteligência artificial.", True),
        ("de", "Skript und Stimmen sind von KI gemacht.", True),
        ("de", "Künstliche Intelligenz hat das geschrieben und leiht uns die Stimmen.", True),
        ("fr", "Le texte et les voix sont de l'IA.", True),
        ("es", "El guion y las voces los ha hecho una inteligencia artificial.", True),
        ("nl", "Het script en de stemmen zijn gemaakt door AI.", True),
        ("pl", "Scenariusz i głosy stworzyła sztuczna inteligencja.", True),
        ("ru", "Сценарий и голоса созданы искусственным интеллектом.", True),
        ("tr", "Metin ve sesler yapay zekâ tarafından üretildi.", True),
        ("ar", "النص والأصوات من صنع الذكاء الاصطناعي.", True),
        ("ar", "كتب الذكاء الاصطناعي، لا إنسان، هذا النص، وأصواتنا منه أيضًا.", True),
        ("hi", "स्क्रिप्ट और आवाज़ें एआई ने बनाई हैं।", True),
        ("sv", "Manuset och rösterna är gjorda av AI.", True),
        ("da", "Manuskriptet og stemmerne er lavet af kunstig intelligens.", True),
        ("nb", "Manuset og stemmene er laget av kunstig intelligens.", True),
        ("fi", "Käsikirjoitus ja äänet ovat tekoälyn tekemiä.", True),
        ("cs", "Scénář i hlasy vytvořila umělá inteligence.", True),
        ("uk", "Сценарій і голоси створив штучний інтелект.", True),
        ("sw", "Hati na sauti zimetengenezwa na akili bandia.", True),
        ("en", "The script and the voices are said again.", False),
        ("it", "Il copione e le voci parlano di AIDA.", False),
        ("zh", "他们的脚本和声音很好。", False),
        ("nl", "De stemmen in het script zijn mooi.", False),
        ("ru", "Сценарий и голоса хороши.", False),
        ("ar", "النص والأصوات جميلة.", False),
    ],
)
def test_that_ai_made_it_is_heard_in_every_language(code: str, said: str, told: bool) -> None:
    """By the word for it alone, beside signs without spaces too, and not as a part of another word; of a language of
    which we have no words it is not wanted."""
    passage = rules.Passage(words=1, slack=10_000, chapters=("c",), hosts=("A",), language=code)
    found = rules.broken([Line(host="A", text=said, chapter="c")], passage)
    assert any("made by AI" in one for one in found) != told


@pytest.mark.parametrize("code", ["no", "nb", "nn", "nb-NO"])
def test_norwegian_is_one_language_by_whatever_code(code: str) -> None:
    """A show in it is held to the notice that AI made it, and to its language."""
    assert not discloses("Ingenting her.", code)
    assert discloses("Manuset og stemmene er laget av kunstig intelligens.", code)
    assert discloses("Kunstig intelligens har skrive teksten, og røystene er syntetiske.", code)
    assert discloses("Ein kunstig intelligens skreiv manuset, og det blir lese opp.", code)
    assert tongues.foreign(ENGLISH, code)
    assert not tongues.foreign(NORWEGIAN, code)


def test_every_language_that_prompts_name_has_words_for_it() -> None:
    """A show in one of them is held to it, as one in English is."""
    assert not [code for code in prompting._LANGUAGES if discloses("…", code)]


ENGLISH = (
    "The second pass over the document costs eight percent more time, and that is all it costs.",
    "Wait, compared to what? I would like to know what stands on the other side of that.",
)
DE = (
    "Das ist Reinforcement Learning from Human Feedback, kurz RLHF.",
    "Sie nennen es Direct Preference Optimization: Your Language Model Is Secretly a Reward Model.",
    "Die Baselines sind Mamba, RWKV, Hyena und FlashAttention 2, alle auf LongBench und HumanEval.",
)
GERMAN = (
    "Wer jeden Tag Verträge liest, will vor allem wissen, was am Ende steht, und gerade das überliest das Modell.",
    "Und was kostet es, wenn man es zweimal lesen lässt? Das müsste sich doch auf der Rechnung wiederfinden.",
    "Erstaunlich wenig, denn beim zweiten Mal sucht es nur noch nach dem, was ihm beim ersten Mal entgangen ist.",
)
ZH = (
    "实验比较了Direct Preference Optimization、Retrieval Augmented Generation、Chain of Thought Prompting"
    "和Reinforcement Learning from Human Feedback，都更慢。",
)
NORWEGIAN = (
    "Den som leser kontrakter hver dag, vil først og fremst vite hva som står til slutt, og det hopper den over.",
    "Og hva koster det når man lar modellen lese teksten to ganger? Det burde jo synes på regningen.",
)
FR = (
    "Ils comparent Direct Preference Optimization et Proximal Policy Optimization sur AlpacaEval.",
    "Le modèle s'appelle Attention Is All You Need, et il bat Llama 3.1 sur HumanEval et GSM8K.",
)


@pytest.mark.parametrize(
    ("code", "said", "wrong"),
    [
        ("de", (DE, DE), ""),
        ("fr", (FR, FR), ""),
        ("de", (ENGLISH, ENGLISH), "the lines are not written in German"),
        ("de-AT", (GERMAN, ENGLISH), "the lines of chapter 'Two' are not written in German"),
        ("zh", (ENGLISH,), "the lines are not written in Chinese"),
        ("zh", (ZH,), ""),
        ("en", (ENGLISH,), ""),
        ("xx", (ENGLISH,), ""),
        ("de", (DE[:1],), ""),
    ],
)
def test_lines_are_in_the_shows_language(code: str, said: tuple[tuple[str, ...], ...], wrong: str) -> None:
    """Many together: by its English names and titles no line is English, and of a few words nobody can tell."""
    titles = ("One", "Two")
    passage = rules.Passage(words=1, slack=10_000, chapters=titles, hosts=("A",), opens=False, language=code)
    lines = [Line(host="A", text=text, chapter=title) for title, texts in zip(titles, said, strict=False)
             for text in texts]  # fmt: skip
    assert [one for one in rules.broken(lines, passage) if "not written in" in one] == ([wrong] if wrong else [])


@pytest.mark.parametrize(
    ("first", "second", "again"),
    [
        ("他们让模型把整篇文章再读一遍，结果末尾的事实就不容易漏掉了。",) * 2 + (True,),
        ("模型先读一遍，再把整篇文章从头读过，末尾的事实就不容易漏掉了。",
         "模型先读一遍，再把整篇文章从头读过，末尾的事实就不会漏掉了。", True),
        ("第二遍只多花百分之八的时间，而召回率明显提高了很多。",
         "第二遍只多花百分之九的时间，而召回率明显提高了很多。", False),
        ("他们让模型把整篇文章再读一遍，结果末尾的事实就不容易漏掉了。",
         "想象有位厨师，只尝上次之后变过味道的那几道菜，其余的都端出去。", False),
        ("文章の終わりにある事実は、一度読むだけではよく見落とされます。",) * 2 + (True,),
        ("好的。",) * 2 + (False,),
    ],
)  # fmt: skip
def test_a_line_is_not_said_twice_where_no_spaces_part_words(first: str, second: str, again: bool) -> None:
    """In Chinese and Japanese as in others: word for word or nearly; other figures are no repetition."""
    passage = rules.Passage(words=1, slack=10_000, chapters=("c",), hosts=("A",), opens=False, language="zh")
    found = rules.broken([Line(host="A", text=text, chapter="c") for text in (first, second)], passage)
    assert any("line 2 says again what line 1 says" in one for one in found) == again
    claims = [SaidClaim(field="idea", text=text, evidence=[1]) for text in (first, second)]
    assert len(different(claims)[0]) == (2 if not again and first != second else 1)


@pytest.mark.parametrize(
    ("code", "said", "stands"),
    [
        ("de", "Es hat 12.500 Bilder und 0,5 Prozent Fehler.", True),
        ("de", "Es hat 12,500 Bilder und 0.5 Prozent Fehler.", True),
        ("fr", "Il y a 12 500 images et 0,5 pour cent d'erreur.", True),
        ("de", "Es hat 125.00 Bilder und 0,5 Prozent Fehler.", False),
        ("de", "Es hat 12.500 Bilder und 5 Prozent Fehler.", False),
    ],
)
def test_a_retelling_writes_numbers_as_its_language_does(tmp_path: Path, code: str, said: str, stands: bool) -> None:
    """12,500 is 12.500 in German; copied as it stands it is no less right; another number is refused."""
    with running(lambda _: Reply({"tldr": said})) as server:
        settings = WriterSettings(base_url=server.base_url, model="tiny", retries=0)
        source = {"tldr": "It has 12,500 images and 0.5 percent of errors."}
        with (
            closing(Chat(settings, tmp_path / "models.json")) as chat,
            nullcontext() if stands else pytest.raises(WriterError),
        ):
            texts, _ = retelling.retell(chat, source, code, settings, tmp_path / "drafts")
            assert texts == {"tldr": said}


@pytest.mark.parametrize(
    ("of", "source"),
    [("de", "Es hat 1.234.567 Bilder und 61,8 %."), ("fr", "Il y a 1 234 567 images et 61,8 %."),
     ("en", "It has 1,234,567 images and 61.8%.")],
)  # fmt: skip
def test_a_retelling_reads_the_notes_in_their_language(tmp_path: Path, of: str, source: str) -> None:
    """The figures of a show that is not English are its language's."""
    said = "模型用了1,234,567张图像，达到61.8%。"
    with running(lambda _: Reply({"tldr": said})) as server:
        settings = WriterSettings(base_url=server.base_url, model="tiny", retries=0)
        with closing(Chat(settings, tmp_path / "models.json")) as chat:
            texts, _ = retelling.retell(chat, {"tldr": source}, "zh", settings, tmp_path / "drafts", of)
            assert texts == {"tldr": said}


@pytest.mark.parametrize(
    "tail", ["which is so only when the test set leaks into the training data", "which is no better than a guess"]
)
def test_a_long_sentence_keeps_what_takes_it_back(tail: str) -> None:
    """A last clause that may be left out holds no condition and no denial."""
    head = "The sorter keeps every one of the heavier pebbles of a beach in the right order from the first of all the "
    head += "weighings of the day to the very last of them all in all of the tests"
    assert quoting.said(f"{head}, {tail}.") == f"{head}, {tail}."
    assert quoting.said(f"{head}, which makes it quite a useful tool for all who like to sort.") == f"{head}."


@pytest.mark.parametrize(
    ("said", "names"),
    [
        ("Method (about 100 words; notes method.pipeline.0)", True),
        ("It has idea.0.", True),
        ("GPT-4.5 beats llama3.1 by 0.5 points.", False),
        ("It ends. 5 remain.", False),
    ],
)
def test_the_name_of_a_note_is_no_word(said: str, names: bool) -> None:
    """A plan said as a line goes back."""
    passage = rules.Passage(words=1, slack=10_000, chapters=("c",), hosts=("A",), opens=False)
    found = rules.broken([Line(host="A", text=said, chapter="c")], passage)
    assert any("the name of a note" in one for one in found) == names


@pytest.mark.parametrize("text", ["Buenos días", "Bonsoir", "Ciao a tutti", "Olá a todos", "Welkom terug", "Witajcie",
                                  "こんにちは", "各位好", "مرحبا بكم", "नमस्ते", "Bem-vindos"])  # fmt: skip
def test_a_greeting_is_known_in_each_language_of_the_prompts(text: str) -> None:
    """However a language says hello."""
    assert rules.greets(text)
