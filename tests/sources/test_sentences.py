"""Where sentences end, and where only what looks like an end stands: names, places, units, other languages."""

import pytest

from podcast.show import stops
from podcast.sources.sentences import split_sentences

NAMES = """A work by K.M. He and colleagues shows it.
Both X.Z. You and Y.H. An showed it, and so did J.K. So et al. in a talk.
By K. He and others it was shown.
In 2015 K. He and others trained it, and in 2016 L. To did.
The U.S. First Amendment is old.|The U.S. Second Circuit is not.
The U.K. First Division and the N.B.A. All-Star Game are on.
It moved to the U.S.|So it stayed there.|Most live in the U.S.|All of them do.
He lives in Washington D.C.|He works at the U.N.|They know.
It was trained in 2015.|He and others left.
It was funded by the N.S.F.|The grant ended.
The lamp draws 40 W.|So, it is dim.|The other draws 5 W.|It is off.""".splitlines()
SHORT_ELSEWHERE = """The arm is made by ABB.|It has six joints.
The reads are in the SRA.|They took 5G NR.|The film is on BD.|The rest is old.
He is a good chap.|The man spoke of Martin Luther King Sr.|It was long.
Vgl. Abb. 3 und Nr. 4 dort.|Das ist so.
La Sra. A. Gómez y el Sr. Pérez lo vieron.
Das kostet 3 Mio. Euro, 5 Mrd. Parameter rechnen.|Es kostet 5 Mio.|Die Kosten steigen.
Il dit, c.-à-d. Paris, et MM. Dupont et Durand, p. ex. ici.|Il est grand.
En EE. UU. Trump ganó.|Los modelos de EE. UU. son grandes.
Il dott. Rossi e la dott.ssa Bianchi, il sig. Verdi.|Essi sono qui.
A Dr.ª Silva disse.|A Prof.ª Costa também.
Det är t.ex. BERT, bl.a. Google.|Bra.
Αυτό είναι π.χ. BERT.|Λειτουργεί.""".splitlines()
SCRIPTS = """यह एक वाक्य है।|क्या डॉ. शर्मा सही हैं?|हमने 3.5 अंक पाए॥|हाँ।
هذه جملة.|هل هذا صحيح؟|نعم.
یہ ایک جملہ ہے۔|نمبر ۳۔۵ ہے۔|ہاں۔
Սա նախադասություն է։|Սա երկրորդն է։
这是句子。|这是第二句！|第三？
ይህ ነው።|ይህ ሁለተኛ ነው።""".splitlines()
ORDINALS = """Die Werte reichen von 1 bis 10.|Das ist viel.
Der Rang stieg auf die 2.|Danach fiel er.
Siehe Kapitel 1 bis 3.|Die anderen sind alt.
Er reicht von 1 bis 10.|Mittlere Werte sind selten.
Am 3. Mai begann es, bis 5. Juni lief es.|Dann endete es.
Es war der 3. Versuch im 19. Jahrhundert.|Er gelang.
It began at 10 am 5.|Others left.""".splitlines()


@pytest.mark.parametrize("text", [*NAMES, *SHORT_ELSEWHERE, *ORDINALS, *SCRIPTS])
def test_a_sentence_ends_at_its_bar_and_nowhere_else(text: str) -> None:
    """A person, a place or a court is one name; what another language shortens or counts is a word of its own here."""
    assert list(split_sentences(text.replace("|", " "))) == text.split("|")


@pytest.mark.parametrize("text", [*SHORT_ELSEWHERE[3:], *ORDINALS[4:6], *SCRIPTS])
def test_a_text_that_is_shortened_ends_there_too(text: str) -> None:
    """Notes, lines and trailers are cut by the same signs and words as a paper is."""
    assert [one.strip() for one in stops.sentences(text.replace("|", " "))] == text.split("|")
