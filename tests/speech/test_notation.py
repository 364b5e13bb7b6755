"""Notation whose figures, letters and signs are easily taken for another's: as papers in several languages write it."""

import pytest
from conftest import ROOT

from podcast.speech import Lexicon, say, unsaid

LEXICON = Lexicon.load(ROOT / "voices" / "lexicon.tsv")

KINDS = {
    "behind a subscript stands no unit and no size": [
        ("y = x_2 V + b, x_1 W_1 + b", "y equals x two V plus b, x one W one plus b"),
        ("h_2 W_O and w_1 x + w_2 y", "h two W O and w one x plus w two y"),
        ("$h_1 W + b$, $L_2 N$, $t_2 s$", "h one W plus b, L two N, t two s"),
        ("x₂ V, H₂O, x_1 T, a 2 V supply", "x two V, H two O, x one T, a two volt supply"),
        ("pi_0.5 V, $x_{1}$ and x_2 to x_9", "pi zero point five V, x one and x two to x nine"),
    ],
    "a variable follows its distribution": [
        ("x_0 ~ N(0, I), z_1 ∼ N(0, I)", "x zero follows N of zero, I, z one follows N of zero, I"),
        ("x ~ p(x), x~p(x), k ~ Poisson(3)", "x follows p of x, x follows p of x, k follows Poisson, three"),
        ("ε ~ N(0, 1), noise ~ N(0, 1)", "epsilon follows N of zero, one, noise follows N of zero, one"),
        ("Figure~3 takes ~5 ms, 5~10 runs", "Figure three takes about five milliseconds, five to ten runs"),
    ],
    "TeX's letters, accents and signs of text": [
        (r"Stra{\ss}e, \AE gir, S\o ren, {\O}rsted, {\L}ukasz", "Strasse, Aegir, Soren, Orsted, Lukasz"),
        (r"M\"uller, Erd\H{o}s, na\"{\i}ve", "Muller, Erdos, naive"),
        (r"\pounds 5, \euro{} 5, 3 \textdegree C, 5~\AA",
         "five pounds, five euros, three degrees Celsius, five angstroms"),
        (r"Smith\dag{} says \smallskip that \method wins", "Smith says that the proposed method wins"),
        (r"CO\textsubscript{2}, 10\textsuperscript{-6}", "C O two, ten to the minus six"),
        (r"\textnormal{fast}, \textcolor{red}{hot}, Lee\textsuperscript{1} et al.", "fast, hot, Lee and colleagues."),
    ],
    "an error with two sides is no power": [
        ("$12.3^{+0.4}_{-0.3}$", "twelve point three plus zero point four, minus zero point three"),
        ("5.1_{-0.2}^{+0.1}", "five point one plus zero point one, minus zero point two"),
    ],
    "the v of a word is no version's": [
        ("wav2vec 2.0, conv2d, Conv3D, deconv3", "wav two vec two point zero, conv two d, Conv three D, deconv three"),
        ("wav2lip, inv1, DINOv2, YOLOv8, ResNetv2", "wav two lip, inv one, dino v two, yolo v eight, res net v two"),
        ("mobilenetv2, llamav2", "mobilenet v two, llama v two"),
    ],
    "a letter behind what has a number is no unit": [
        ("For n = 2 A and B agree, Player 1 A and B", "For n equals two A and B agree, Player one A and B"),
        ("batch 4 A, machine 2 V, robot 3 W", "batch four A, machine two V, robot three W"),
        ("Phase 1 T cells, Group 3 B cells", "Phase one T cells, Group three B cells"),
        ("We test 5 M tokens, Model 3 B parameters", "We test five million tokens, Model three billion parameters"),
        ("at 300 K and P of 2, a server 300 W", "at three hundred kelvins and P of two, a server three hundred watts"),
        ("I = 2 A, each machine 2 V, 5 V and 3 A",
         "I equals two amps, each machine two volts, five volts and three amps"),
    ],
    "figures that are words": [
        ("a binary 0/1 reward, the 0-1 loss", "a binary zero one reward, the zero one loss"),
        ("a 0-1 integer program, the 0-1 range", "a zero one integer program, the zero to one range"),
        ("9/11 attacks, 20/20 vision, 9/11 of them",
         "nine eleven attacks, twenty twenty vision, nine out of eleven of them"),
        ("80s synth-pop, 90s hip-hop, 90s clips", "eighties synth pop, nineties hip hop, ninety second clips"),
        ("a 1:30 video, a 1:30 ratio", "a one thirty video, a one to thirty ratio"),
    ],
    "norms": [
        ("||Wx - y||_2^2, ||x||, ||∇f||", "two norm of W x minus y squared, norm of x, norm of nabla f"),
        (r"\|w\|_2, $\|x\|_{\infty}$, $||w||_1$", "two norm of w, infinity norm of x, one norm of w"),
        (r"\lVert x \rVert_2, $\lVert W \rVert_F^2$, $\|\cdot\|_2$", "two norm of x, F norm of W squared, two norm"),
        ("KL(p || q), KL(p||q) + KL(q||p)", "K L of p and q, K L of p and q plus K L of q and p"),
    ],
    "isotopes": [
        ("⁶⁸Ga, $^{13}$C, $^{238}$U, ^{15}N", "sixty-eight Ga, thirteen C, two hundred thirty-eight U, fifteen N"),
    ],
    "arrows with two heads, and what is better": [
        ("A <-> B, x <--> y, a <= b", "A to and from B, x to and from y, a at most b"),
        ("Lower WER (↓) is better. WER (↓)", "Lower W E R is better. W E R, lower is better, "),
    ],
    "small Roman numerals in brackets": [
        ("stages (i) and (ii). As in (ii), not (i).", "stages one and two. As in two, not one."),
        ("Theorem 2(ii), (i)--(iii)", "Theorem two, two, one to three"),
        ("(i)-(iv), We (i) do this and (ii) that", "one to four, We, one, do this and, two, that"),
    ],
    "cards": [
        ("GTX 1080Ti, RTX 3060Ti, 4070Ti", "G T X ten eighty T I, R T X thirty sixty T I, forty seventy T I"),
        ("4xRTX 4090, 8xTPU, 4x GPU speedup", "four R T X forty ninety, eight T P U, four times G P U speedup"),
    ],
    "what a volume holds": [
        ("10^9 CFU/mL, 10^4 cells/mL", "ten to the ninth C F U per milliliter, ten to the fourth cells per milliliter"),
        (r"10 U/mL, cells/µL, 5\,\textmu s", "ten U per milliliter, cells per microliter, five microseconds"),
        ("3 IU/L, 10^3x faster", "three I U per liter, ten cubed times faster"),
        ("552 tCO2eq", "five hundred fifty-two tons of C O two equivalent"),
    ],
}  # fmt: skip
ELSEWHERE = {
    "de": [
        ("mit $p < 0{,}05$, $k = 7$ und $5 bis $10",
         "mit p kleiner als null Komma null fünf, k gleich sieben und fünf Dollar bis zehn Dollar"),
        ("Das 70B schlägt das 8B, 70B Parameter", "Das siebzig B schlägt das acht B, siebzig Milliarden Parameter"),
        ("In Tabelle 1 Zeile 3, Phase 1 Schritt 2, mit 1 Schicht",
         "In Tabelle eins Zeile drei, Phase eins Schritt zwei, mit einer Schicht"),
        ("Das zeigen [3, 7–9] und [2]–[5], [0, 1]", "Das zeigen und, [null, eins]"),
        ("Siehe https://a.b/c. Auf github.com/a/b, www.x.org/y",
         "Siehe Link in den Shownotes. Auf GitHub, Link in den Shownotes, Link in den Shownotes"),
        ("Mixtral 8x22B, 8x schneller 🚀 und H₂O, x₁",
         "Mixtral acht mal zweiundzwanzig Milliarden, acht mal schneller und H zwei O, x eins"),
        (r"\ell_2, $\pi_\theta$, 5 °C ✓", "ell zwei, pi theta, fünf Grad Celsius ✓"),
        (r"M\"uller in $12{,}5\,\%$, 0{,}1", "Müller in zwölf Komma fünf Prozent, null Komma eins"),
        (r"x_0 ~ N(0, I), CO\textsubscript{2}", "x null verteilt wie N von null, I, CO zwei"),
        ("um 1:30 Uhr, im Verhältnis 1:30", "um ein Uhr dreißig, im Verhältnis eins zu dreißig"),
        ("½ Stunde, 1½ Stunden, 2½ Jahre", "eine halbe Stunde, eineinhalb Stunden, zweieinhalb Jahre"),
        ("die ½ Stunde, nach ½ Stunde, um 1 Uhr", "die halbe Stunde, nach einer halben Stunde, um ein Uhr"),
        ("ein 4k-Video, ein 8k-Kontext", "ein vier k-Video, ein achttausend-Kontext"),
        (r"$x \sim \mathcal{N}(0, 1)$", "x verteilt wie N von null, eins"),
        ("5 €/1000 Bilder, 12 €/Stunde", "fünf Euro pro eintausend Bilder, zwölf Euro pro Stunde"),
        ("32k-Fenster, Llama-7B-Modell", "zweiunddreißigtausend-Fenster, Llama sieben B Modell"),
        ("Abschn. 3.1, lt. Bericht, s. o.", "Abschnitt drei Punkt eins, laut Bericht, siehe oben"),
    ],
    "fr": [
        ("Un 13B suffit, le 70B bat le 8B. Mistral 7B fait mieux",
         "Un treize B suffit, le soixante-dix B bat le huit B. Mistral sept B fait mieux"),
        ("70B paramètres, 7B de paramètres, 100M images",
         "soixante-dix milliards de paramètres, sept milliards de paramètres, cent millions d'images"),
        ("La phase 1 commence, chaque étape 1 image", "La phase un commence, chaque étape une image"),
        ("le Dr Martin, no 3, art. 5", "le docteur Martin, numéro trois, article cinq"),
        ("½ heure, 2½ heures, une 1/2 heure", "une demi-heure, deux heures et demie, une demi-heure"),
        ("p. 3, pp. 3-5, sect. 4, § 3", "page trois, pages trois à cinq, section quatre, paragraphe trois"),
        ("0{,}1", "zéro virgule un"),
    ],
    "es": [
        ("La figura 1 muestra, el grupo 21 gana, 21 modelos",
         "La figura uno muestra, el grupo veintiuno gana, veintiún modelos"),
        ("un modelo de 70B cuantizado, pass@1 sube, 1 tarea",
         "un modelo de setenta B cuantizado, pass en uno sube, una tarea"),
        ("le da al modelo 1 punto, un 1B de parámetros", "le da al modelo un punto, un mil millones de parámetros"),
        ("las 500 peores pruebas, los 500 mejores", "las quinientas peores pruebas, los quinientos mejores"),
        ("x ~ p(x), k ~ Poisson(3), ~5 ms",
         "x sigue p de x, k sigue Poisson(tres), aproximadamente cinco milisegundos"),
        ("a la 1:30, una escala 1:30", "a la una y treinta, una escala uno a treinta"),
        ("½ hora, 2½ horas, 1/2 de ellos", "media hora, dos horas y media, un medio de ellos"),
        ("1½ horas, 2½ veces, la 1:30", "una hora y media, dos veces y media, la una y treinta"),
        ("3 $/1M tokens, 10x-20x", "tres dólares por un millón de tokens, diez a veinte veces"),
        ("Tab. 2, Sec. 3.1, págs. 3-5", "Tabla dos, Sección tres punto uno, páginas tres a cinco"),
    ],
    "it": [
        ("Il 70B batte, da 70B quantizzato, 7B parametri",
         "Il settanta B batte, da settanta B quantizzato, sette miliardi di parametri"),
        ("pass@1, α = 0,1, O(n), √n, l(a)",
         "pass a uno, alfa uguale a zero virgola uno, O di n, radice quadrata di n, l(a)"),
        ("prof. Rossi, art. 5, il livello 1 vince", "professor Rossi, articolo cinque, il livello uno vince"),
        ("all'1:30, ½ ora, 2½ ore", "all'una e trenta, mezz'ora, due ore e mezza"),
        ("nel XXI secolo, nel XIX sec. Poi", "nel ventunesimo secolo, nel diciannovesimo secolo. Poi"),
        ("Fig. 3, Sez. 3.1, pag. 5, pp. 3-5", "Figura tre, Sezione tre punto uno, pagina cinque, pagine tre a cinque"),
        ("n. 4, ecc., Dott. Rossi", "numero quattro, eccetera, dottor Rossi"),
    ],
    "pt": [
        ("O 70B supera, a etapa 2 basta, 2 redes", "O setenta B supera, a etapa dois basta, duas redes"),
        ("P(A|B), β-VAE, as 500 piores provas", "P de A dado B, beta-VAE, as quinhentas piores provas"),
        ("à 1:30, ½ hora, 2½ horas", "à uma e trinta, meia hora, duas horas e meia"),
        ("Fig. 3, pág. 4, Dra. Costa", "Figura três, página quatro, doutora Costa"),
    ],
    "zh": [
        ("图2展示，表2说明方法2更好，附录2给出", "图二展示，表二说明方法二更好，附录二给出"),
        ("2张图，2个模型，2层网络，2小时", "两张图，两个模型，两层网络，两小时"),
        ("水平$p < 0.05$，误差<5%，参数α < 5", "水平p 小于零点零五，误差不到百分之五，参数阿尔法 小于五"),
        ("Wang等人（2023），大小（2048）", "Wang等人（二零二三），大小（两千零四十八）"),
        ("复杂度O(n)，代码在https://github.com/a/b。", "复杂度O n，代码在GitHub，链接见节目说明。"),
    ],
    "ja": [
        ("α=0.5、√n、pass@1", "アルファイコール零点五、ルートn、pass アット 一"),
    ],
    "pl": [
        ("O(n), λ", "O od n, lambda"),
    ],
    "nl": [
        ("pass@5, O(n^2)", "pass bij vijf, O van n kwadraat"),
    ],
}  # fmt: skip


@pytest.mark.parametrize(
    ("written", "spoken"), [case for cases in KINDS.values() for case in cases], ids=lambda text: text[:20]
)
def test_it_is_said_as_it_is_meant(written: str, spoken: str) -> None:
    """Each is said so, once is enough, and nothing of it is left unsaid."""
    assert say(written, LEXICON) == spoken.rstrip()
    assert say(spoken, LEXICON) == spoken.rstrip()
    assert not unsaid(written, LEXICON)


@pytest.mark.parametrize(
    ("language", "written", "spoken"),
    [(language, *case) for language, cases in ELSEWHERE.items() for case in cases],
    ids=lambda text: text[:20],
)
def test_and_in_other_languages(language: str, written: str, spoken: str) -> None:
    """Each is said so in its language, and once is enough."""
    assert say(written, Lexicon(), language) == spoken
    assert say(spoken, Lexicon(), language) == spoken
