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
We call it MM.|Others do not.
Vgl. Abb. 3 und Nr. 4 dort.|Das ist so.
La Sra. A. Gómez y el Sr. Pérez lo vieron.
Das kostet 3 Mio. Euro, 5 Mrd. Parameter rechnen.|Es kostet 5 Mio.|Die Kosten steigen.
Il dit, c.-à-d. Paris, et MM. Dupont et Durand, p. ex. ici.|Il est grand.
En EE. UU. Trump ganó.|Los modelos de EE. UU. son grandes.
Il dott. Rossi e la dott.ssa Bianchi, il sig. Verdi.|Essi sono qui.
A Dr.ª Silva disse.|A Prof.ª Costa também.
Det är t.ex. BERT, bl.a. Google.|Bra.
Αυτό είναι π.χ. BERT.|Λειτουργεί.
Some are hot, i.e. red.|Blue ones are not, e.g. ice.|GPT-4 wins.|It came at 3 p.m.|Red ones left.
Das ist z. B. rot.|Blaue, d. h. neu.|Modelle sind m. a. W. Dinge.
C'est p. ex. ici.|Paris est loin.|Esto es, p. ej. así.|Madrid es grande.
The set has 3 mill.|Models follow.|It costs 3 mia.|Most cost more.
Det koster 3 mill. kroner, 3 mln. EUR og 5 mia. USD.|Ja.
MM. A. Petit et B. Grand sont là, et MM. Dupont et Durand.|Bien.
Er sagte „nein.“|Dann ging er.|«Хорошо.»|Мы ушли.""".splitlines()
UNPARTED = """Das ist gut.|Äpfel sind rot.
Era bueno.|Él fue.
C'est bien.|École est là.
Это слово.|Другое слово.
好！|“是。”|他说。""".splitlines()
"""Without a space between."""
WITH_A_POINT = """bzw bspw ggf vgl evtl Abb Kap Nr inkl exkl zzgl Bd z.B d.h u.a u.U v.a z.T o.ä s.o s.u i.d.R i.A sog
Mme Mlles Mgr p.ex p.ej chap éd Sra Srta Dra pág núm sig dott prof.ssa pagg bijv d.w.z o.a m.b.v dhr mevr blz tj tzn
m.in rys bkz örn см рис табл гл стр напр проф акад им ср т.е т.н т.к"""
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


def test_a_sentence_ends_before_a_large_letter_with_no_space_too() -> None:
    """A point within a word has a small letter behind it, in whichever script."""
    assert [split_sentences(row.replace("|", "")) for row in UNPARTED] == [tuple(row.split("|")) for row in UNPARTED]


def test_no_sentence_ends_behind_a_word_that_another_language_shortens() -> None:
    """Behind each goes a name or a number on, which has a large letter in all of them."""
    texts = [f"Что там {word}. Иванова {word}. 3 так." for word in WITH_A_POINT.split()]
    assert [text for text in texts if split_sentences(text) != (text,)] == []


NAMES_IN_NOTES = """We present X.|It gains.|It beats Y.|However, it costs.|Wir zeigen Z.|Es gewinnt.
By K. He and others, with L. You, it was shown.
Il a 3 modèles.|vLLM is fast.|wav2vec wins etc. vLLM loses, says Li et al. vLLM.
И т. д. и т. п. как тут.|Да.
ეს არის.|ის არის.""".splitlines()


@pytest.mark.parametrize("text", [*SHORT_ELSEWHERE[3:], *ORDINALS[4:6], *SCRIPTS, *NAMES_IN_NOTES, UNPARTED[-1]])
def test_a_text_that_is_shortened_ends_there_too(text: str) -> None:
    """Notes, lines and trailers are cut by the same signs and words as a paper is."""
    assert [one.strip() for one in stops.sentences(text.replace("|", " "))] == text.split("|")
