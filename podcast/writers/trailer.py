"""The show's trailer, without a model: what it is, who is heard, that AI makes it; about a minute, by its settings."""

from collections.abc import Iterator, Mapping, Sequence
from types import MappingProxyType

from podcast.show import stops
from podcast.show.errors import ConfigError
from podcast.show.iso639 import primary
from podcast.show.schema import Line, Script
from podcast.show.settings import Host, ShowSettings
from podcast.writers import rules

_MOST_WORDS = 70
"""Of the show's own description, as speech counts them: the rest of a minute says how it is made, and when it comes."""

_WORDS: Mapping[str, tuple[str, ...]] = MappingProxyType({
    "en": (
        "Trailer",
        "This is {title}. {tagline}",
        "I am {second}, and that was {first}. Our script and our voices are made by AI, and what we say of a paper "
        "stands in it.",
        "In an episode you hear what was wrong before, what they did about it, how it works, what came out, and what "
        "speaks against it.",
        "Where we get something wrong, it is put right, and the correction stands first in the notes. There you find "
        "the links and the chapters, too, and on our page every line with the place in the paper that it rests on.",
        "{frequency} Follow the show in the app that you listen with, and the next one comes to you.",
        "This was {first} and {second}. Until then.",
        "New episodes come {frequency}.",
    ),
    "de": (
        "Trailer",
        "Das ist {title}. {tagline}",
        "Ich bin {second}, und das war {first}. Unser Skript und unsere Stimmen sind von einer KI gemacht, und was wir "
        "von einer Arbeit sagen, steht darin.",
        "In einer Folge hören Sie, was bisher nicht ging, was die Autoren dagegen tun, wie es funktioniert, was "
        "herauskam, und was dagegen spricht.",
        "Wo wir etwas falsch sagen, wird es berichtigt, und die Berichtigung steht in den Notizen ganz oben. Dort "
        "finden Sie auch die Links und die Kapitel, und auf unserer Seite zu jeder Zeile die Stelle, auf der sie ruht.",
        "{frequency} Abonnieren Sie die Sendung in Ihrer App, dann kommt die nächste Folge von selbst.",
        "Das waren {first} und {second}. Bis dann.",
        "Neue Folgen kommen {frequency}.",
    ),
    "fr": (
        "Bande-annonce",
        "Voici {title}. {tagline}",
        "Je suis {second}, et c'était {first}. Notre texte et nos voix sont produits par une intelligence "
        "artificielle, et ce que nous disons d'un article s'y trouve.",
        "Dans un épisode, vous entendez ce qui n'allait pas, ce que les auteurs proposent, comment cela marche, ce "
        "qu'ils ont trouvé, et ce qui s'y oppose.",
        "Quand nous nous trompons, c'est corrigé, et la correction figure en tête des notes. Vous y trouvez aussi les "
        "liens et les chapitres, et sur notre page, pour chaque phrase, l'endroit de l'article qui la porte.",
        "{frequency} Abonnez-vous dans votre application, et le prochain épisode viendra à vous.",
        "C'étaient {first} et {second}. À bientôt.",
        "De nouveaux épisodes paraissent {frequency}.",
    ),
    "es": (
        "Tráiler",
        "Esto es {title}. {tagline}",
        "Soy {second}, y antes habló {first}. Nuestro guion y nuestras voces están hechos por una inteligencia "
        "artificial, y lo que decimos de un artículo está en él.",
        "En un episodio se oye qué fallaba antes, qué hicieron los autores, cómo funciona, qué salió y qué habla en "
        "contra.",
        "Cuando nos equivocamos, se corrige, y la corrección está al principio de las notas. Allí están también los "
        "enlaces y los capítulos, y en nuestra página, con cada frase, el lugar del artículo que la sostiene.",
        "{frequency} Siga el programa en su aplicación, y el próximo episodio llegará solo.",
        "Fueron {first} y {second}. Hasta pronto.",
        "Hay episodios nuevos {frequency}.",
    ),
    "zh": (
        "预告",
        "这里是{title}。{tagline}",
        "我是{second}，刚才说话的是{first}。我们的脚本和声音都由人工智能制作，我们讲到的论文内容都出自论文本身。",
        "每一期你会听到：以前哪里不行，作者做了什么，它怎样工作，结果如何，还有哪些不足。",
        "如果我们说错了，会更正，更正写在节目说明的最前面。说明里还有链接和章节，网页上每一句话都标明它在论文里的出处。",
        "{frequency}请在你的播客应用里关注本节目，下一期会自动送到。",
        "我们是{first}和{second}。下期见。",
        "新的一期：{frequency}。",
    ),
})  # fmt: skip
"""By language: the title; what opens, discloses, says what is heard and corrected, when it comes, and closes; when
that is."""

_CHAPTER = 0


def script(show: ShowSettings, hosts: Sequence[Host]) -> Script:
    """Return the trailer's script: the same settings give the same one.

    The first two hosts tell it. Raises ConfigError for a language that we have no words of, or a single host.
    """
    language = primary(show.language)
    if language not in _WORDS:
        raise ConfigError(
            f"a trailer by rule is to be had in {', '.join(_WORDS)}, and the show's language is {show.language}",
            "write its script.json yourself (docs/listeners.md), then podcast trailer",
        )
    if len(hosts) < 2:
        raise ConfigError(
            "a trailer by rule is told by two hosts, and the show has one",
            "write its script.json yourself (docs/listeners.md), then podcast trailer",
        )
    words = _WORDS[language]
    return Script(
        title=f"{words[0]}: {show.title}",
        description=_own(show, "tagline", language) or show.title,
        lines=tuple(_lines(words, show, hosts, language)),
        made_with={"writer": "rule"},
    )


def _lines(words: Sequence[str], show: ShowSettings, hosts: Sequence[Host], language: str) -> Iterator[Line]:
    first, second = hosts[:2]
    often = _own(show, "frequency", language)
    said = {
        "title": show.title, "tagline": _own(show, "tagline", language), "first": first.name, "second": second.name,
        "frequency": words[7].format(frequency=often) if often else "",
    }  # fmt: skip
    chapter, (opens, discloses, hears, corrects, comes, closes) = words[_CHAPTER], words[1:7]
    parts = [opens, discloses, *_told(_own(show, "description", language)), hears, corrects, comes, closes]
    for number, part in enumerate(parts):
        text = part.format(**said) if part in words else part
        yield Line(host=(first, second)[number % 2].key, text=" ".join(text.split()), chapter=chapter)


def _told(description: str) -> Sequence[str]:
    """Return the first sentences of what the show says of itself, as many as there is time for; one at least."""
    sentences = [one for one in stops.sentences(description) if any(map(str.isalnum, one))]
    kept: list[str] = []
    for one in sentences:
        if kept and sum(rules.words(each) for each in (*kept, one)) > _MOST_WORDS:
            break
        kept.append(one)
    return kept


def _own(show: ShowSettings, field: str, language: str) -> str:
    """Return what the show says there; "" where that is our English, and the show speaks another language."""
    said: str = getattr(show, field)
    return "" if language != "en" and said == ShowSettings.model_fields[field].default else said.strip()
