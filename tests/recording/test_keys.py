"""What is in a key, by table: each input alone changes it, and nothing that is not heard does."""

import dataclasses
import datetime as dt
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from conftest import folder_of, load, make, podcast

from podcast import speech
from podcast.recording import casting, ordering
from podcast.recording.ordering import Actor
from podcast.show.schema import Line, Script, Take, Voice
from podcast.show.settings import MixSettings
from podcast.sound import mix
from podcast.sound.tags import Tags
from podcast.synthesizers.coqui import Coqui
from podcast.synthesizers.openai import OpenAI
from podcast.synthesizers.tone import Tone

VOICE = Voice(name="v", synthesizer="openai", model="tts-1", speaker="nova", licence="x", settings={"format": "wav"})
LINE = Line(host="A", text="Hello there.", chapter="c")


def take_key(engine: Any = None, voice: Voice = VOICE, line: Line = LINE, lexicon: Any = None, **actor: Any) -> str:
    who = Actor(voice, engine or OpenAI(), **{"model": voice.model, **actor})
    script = Script(title="t", description="d", lines=(line,))
    return ordering.orders(script, {line.host: who}, lexicon or speech.Lexicon())[0].key


def other(**fields: object) -> Voice:
    return VOICE.model_copy(update=fields)


def with_setting(**more: object) -> Voice:
    return other(settings={**VOICE.settings, **more})


class Newer(OpenAI):
    version = "2"


@pytest.mark.parametrize("change", [
    {"engine": Newer()}, {"voice": other(synthesizer="tone")}, {"model": "tts-2"}, {"voice": other(speaker="onyx")},
    {"voice": other(language="de")}, {"voice": with_setting(format="pcm")}, {"voice": with_setting(instructions="x")},
    {"reference": Path(__file__)}, {"line": LINE.model_copy(update={"text": "Hello here."})},
    {"line": LINE.model_copy(update={"take": 2})}, {"lexicon": speech.Lexicon({"Hello": "Hallo"})},
])  # fmt: skip
def test_what_is_heard_of_a_take_is_in_its_key(change: dict[str, Any]) -> None:
    """Each input alone makes another take."""
    assert take_key(**change) != take_key()


@pytest.mark.parametrize("change", [
    {"voice": with_setting(price=15.0)}, {"voice": with_setting(concurrency=9.0)},
    {"voice": with_setting(base_url="http://127.0.0.1:1/v1")}, {"voice": other(name="w")},
    {"voice": other(description="kind")}, {"voice": other(licence="MIT")}, {"voice": other(fallback="w")},
    {"line": LINE.model_copy(update={"chapter": "d"})}, {"line": LINE.model_copy(update={"claims": ("idea.0",)})},
    {"line": LINE.model_copy(update={"allowed": ("9",)})}, {"line": LINE.model_copy(update={"host": "B"})},
    {"line": LINE.model_copy(update={"text": "Hello  there."})}, {"lexicon": speech.Lexicon({"LoRA": "Lora"})},
])  # fmt: skip
def test_what_nobody_hears_of_a_take_is_not(change: dict[str, Any]) -> None:
    """What a server costs, where it answers, how a voice is described, where the line stands: the same take."""
    assert take_key(**change) == take_key()


def test_a_licence_accepted_is_not_heard() -> None:
    """Coqui's takes are the same whether a licence had to be accepted for them."""
    coqui = other(synthesizer="coqui", settings={"pace": 1.1})
    accepted = coqui.model_copy(update={"settings": {"pace": 1.1, "accept_licence": "CPML"}})
    assert take_key(Coqui(), coqui) == take_key(Coqui(), accepted)
    assert take_key(Coqui(), coqui) != take_key(Coqui(), coqui.model_copy(update={"settings": {"pace": 1.2}}))


def test_keys_of_takes_stay_what_they_are() -> None:
    """Golden: another key would record every take of every show again."""
    tone = Voice(name="t", synthesizer="tone", licence="x", settings={"pitch": 220.0})
    assert take_key(Tone(), tone) == GOLDEN["tone"]
    assert take_key() == GOLDEN["openai"]


GOLDEN = {
    "tone": "b85fa780284b3abb62111672c78a8942907cf7c9", "openai": "0d77e4b829fd088bb66e6a676db39fa41f15c140",
    "mix": "d16302fd26225c8397f61c9fc8ee6539949646bf",
}  # fmt: skip
"""As 5d357d6 had them."""


def files(folder: Path, **named: bytes) -> Path:
    folder.mkdir()
    for name, data in named.items():
        (folder / name.replace("_", ".", 1)).write_bytes(data)
    return folder


def test_every_file_of_a_model_is_told_apart(tmp_path: Path) -> None:
    """In a folder each file counts, also a name; its README does not; a model in .pth is called as it always was."""
    plain = files(tmp_path / "plain", model_pth=b"1", config_json=b"{}")
    same = files(tmp_path / "same", model_pth=b"1", config_json=b"{}", README_md=b"hello")
    assert casting.identity(plain) == casting.identity(same) == casting._identity_before(plain)
    kinds = [plain]
    for number, more in enumerate(({"vocab_json": b"1"}, {"vocab_json": b"2"}, {"tokens_json": b"1"})):
        kinds.append(files(tmp_path / f"x{number}", model_pth=b"1", config_json=b"{}", **more))
    kinds.append(files(tmp_path / "onnx1", model_onnx=b"1", config_json=b"{}"))
    kinds.append(files(tmp_path / "onnx2", model_onnx=b"2", config_json=b"{}"))
    assert len({casting.identity(kind) for kind in kinds}) == len(kinds)


@pytest.mark.long
def test_takes_of_an_older_version_are_found_and_stay_when_a_price_changes(show: Path) -> None:
    """A take lies under a key that had all settings: it is used, no mix is made again, and another price costs none."""
    voices = show / "voices"
    voices.mkdir()
    text = 'synthesizer = "priced:Priced"\nlicence = "CC0-1.0"\nsettings = { pitch = %s, price = %s }\n'
    (show.parent / "priced.py").write_text(PRICED)
    import sys

    sys.path.insert(0, str(show.parent))
    try:
        for name, pitch in (("one", 330.0), ("two", 165.0)):
            (voices / f"{name}.toml").write_text(text % (pitch, 15.0))
        (show / "podcast.toml").write_text((show / "podcast.toml").read_text() + HOSTS)
        import priced

        priced.Priced.silent = frozenset()
        assert make(show, "--no-publish") == 0  # as an older version did
        place = folder_of(show, "2403.00002")
        before = load(place / "episode.json")
        priced.Priced.silent = frozenset({"price"})
        priced.said.clear()
        assert make(show, "--no-publish") == 0
        assert not {cue["text"] for cue in before["cues"]} & set(priced.said)
        assert load(place / "episode.json") == before
        for name, pitch in (("one", 330.0), ("two", 165.0)):
            (voices / f"{name}.toml").write_text(text % (pitch, 12.0))
        for key in [cue["take"] for cue in before["cues"]]:
            (place / "takes" / f"{key}.flac").unlink(missing_ok=True)  # what the old price called them
        priced.said.clear()
        assert podcast(show, "-q", "record", "2403.00002") == 0
        assert not {cue["text"] for cue in before["cues"]} & set(priced.said)
    finally:
        sys.path.remove(str(show.parent))


HOSTS = '[[hosts]]\nkey = "A"\nname = "Ada"\nvoice = "one"\n[[hosts]]\nkey = "B"\nname = "Ben"\nvoice = "two"\n'
PRICED = """
from podcast.synthesizers.tone import Tone

said = []


class Priced(Tone):
    def synthesize(self, texts, voice, seeds):
        said.extend(texts)
        yield from super().synthesize(texts, voice, seeds)
"""

# --- mixes ------------------------------------------------------------------------------------------

TAGS = Tags("t", "show", "by", 1, dt.datetime(2024, 3, 5, tzinfo=dt.UTC), "en", "c", "https://a.example/", b"art")
TAKES = (Take("k1", Path("one"), "x"), Take("k2", Path("two"), "y"))
PLAIN = MixSettings(turns="plain", chapter=0.0)
LINES = (LINE, LINE.model_copy(update={"host": "B", "chapter": "d"}))


TALK = PLAIN.model_copy(update={"turns": "talk"})
SAID = {"text": "Is it so?", "claims": ("idea.1",)}


def mix_key(
    lines: Any = LINES, takes: Any = TAKES, settings: MixSettings = PLAIN, music: Any = (None, None),
    tags: Tags = TAGS,
) -> str:  # fmt: skip
    return mix.key(lines, takes, settings, music, tags.fingerprint())


def talk_key(**said: object) -> str:
    lines = (LINES[0], LINE.model_copy(update={"host": "B", "claims": ("idea.0",)}))
    first = lines[0].model_copy(update={"claims": ("idea.0",), **said})
    return mix.key((first, lines[1]), TAKES, TALK, (None, None), TAGS.fingerprint(), mix.PIECES)


SETTINGS = {
    "loudness": -18.0, "bitrate": 128, "opus": 32, "pause": 0.4, "pause_host": 0.6, "pause_chapter": 1.1,
    "turns": "talk", "chapter": 30.0,
}  # fmt: skip
TAGGED = {
    "title": "u", "show": "other", "author": "me", "number": 2, "language": "de", "comment": "d", "cover": b"other",
    "url": "https://b.example/", "seal": "mine", "published": dt.datetime(2024, 3, 6, tzinfo=dt.UTC),
    "watermark": "perth 1",
}  # fmt: skip
MIXED: dict[str, Callable[[], str]] = {
    "host": lambda: mix_key((LINES[0].model_copy(update={"host": "B"}), LINES[1])),
    "chapter": lambda: mix_key((LINES[0].model_copy(update={"chapter": "e"}), LINES[1])),
    "take": lambda: mix_key(takes=(TAKES[0], Take("k3", Path("two"), "y"))),
    "order": lambda: mix_key(takes=TAKES[::-1]),
    "intro": lambda: mix_key(music=(Path(__file__), None)),
    "outro": lambda: mix_key(music=(None, Path(__file__))),
    **{
        name: (lambda n=name, v=value: mix_key(settings=PLAIN.model_copy(update={n: v})))
        for name, value in SETTINGS.items()
    },
    **{
        f"tag {name}": (lambda n=name, v=value: mix_key(tags=dataclasses.replace(TAGS, **{n: v})))
        for name, value in TAGGED.items()
    },
}


@pytest.mark.parametrize("name", MIXED)
def test_what_is_heard_of_a_mix_is_in_its_key(name: str) -> None:
    """Each input alone makes another mix."""
    assert MIXED[name]() != mix_key()


@pytest.mark.parametrize("name", SAID)
def test_what_gaps_are_drawn_from_is_in_a_mixs_key(name: str) -> None:
    """In talk another gap by what a line says, or by which claims, is another mix; other words of one kind are not."""
    assert talk_key(**{name: SAID[name]}) != talk_key() == talk_key(text="Hello here.")


def test_the_table_names_every_input_of_a_mix() -> None:
    """A setting or a tag that comes later is in the table, or known not to be heard."""
    assert {*SETTINGS, "intro", "outro"} == set(MixSettings.model_fields)
    assert set(TAGGED) == {field.name for field in dataclasses.fields(Tags)}


def test_what_nobody_hears_of_a_mix_is_not_in_its_key(tmp_path: Path) -> None:
    """The name of a sound, the words of a line, where a take lies."""
    for name in ("one", "two"):
        (tmp_path / name).write_bytes(b"sound")
    assert mix_key(music=(tmp_path / "one", None)) == mix_key(music=(tmp_path / "two", None))
    assert mix_key(settings=PLAIN.model_copy(update={"intro": "x.flac", "outro": ""})) == mix_key()
    assert mix_key(tuple(line.model_copy(update={"text": "Other."}) for line in LINES)) == mix_key()
    assert mix_key(takes=tuple(Take(take.key, Path("else"), "z") for take in TAKES)) == mix_key()
    assert mix_key() == GOLDEN["mix"]
