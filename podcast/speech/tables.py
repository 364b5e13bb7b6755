"""What a sign, a TeX command, a unit or an abbreviation is called: data only, read by podcast.speech.

>>> UNITS["fps"]
('frame per second', 'frames per second')
>>> TEX["alpha"], GREEK["α"]
('alpha', 'alpha')
"""

_w = str.split  # tables of words read better as one string

SUPERSCRIPTS = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻ⁿⁱ", "0123456789+-ni")
SUBSCRIPTS = str.maketrans("₀₁₂₃₄₅₆₇₈₉", "0123456789")

_ALPHABET = _w(
    "alpha beta gamma delta epsilon zeta eta theta iota kappa lambda mu nu xi omicron pi rho sigma tau "
    "upsilon phi chi psi omega"
)
GREEK = {
    **dict(zip("αβγδεζηθικλμνξοπρστυφχψω", _ALPHABET, strict=True)),
    **dict(zip("ΑΒΓΔΕΖΗΘΙΚΛΜΝΞΟΠΡΣΤΥΦΧΨΩ", map(str.title, _ALPHABET), strict=True)),
    "ς": "sigma",
}

KEPT = "×±≈∼≤≥→°§€£¥–"  # signs that later passes read by context
CHARACTERS = {
    **dict.fromkeys("‘’ʼ′", "'"), **dict.fromkeys("“”„«»", '"'),
    **dict.fromkeys("‐‒−", "-"), **dict.fromkeys("•·‣▪●", ", "), "—": ", ",
    "―": ", ", "≃": "≈", "≅": "≈", "≲": "≤", "≳": "≥", "⩽": "≤", "⩾": "≥", "⟶": "→", "⇒": "→", "➜": "→",
    "➔": "→", "↦": "→", "←": " from ", "↔": " to and from ", "≠": " not equal to ", "∞": "\\infty{}",
    "√": " square root of ", "∑": " sum ", "∏": " product ", "∫": " integral ", "∂": " partial ",
    "∇": "\\nabla{}", "∈": " in ", "∉": " not in ", "∪": " union ", "∩": " intersection ",
    "⊂": " subset of ", "⊆": " subset of ", "∀": " for all ", "∃": " there exists ",
    "∝": " proportional to ", "∧": " and ", "∨": " or ", "¬": " not ", "⊕": " plus ", "⊗": " times ",
    "⋅": "×", "∗": "*", "∘": " of ", "≪": " much less than ", "≫": " much greater than ",
    "↑": "", "↓": "", "ø": "o", "Ø": "O", "ł": "l", "Ł": "L", "ß": "ss", "⁄": "/", "æ": "ae", "Æ": "Ae",
    "œ": "oe", "Œ": "Oe", "đ": "d", "Đ": "D", "ð": "d", "þ": "th", "ı": "i", "。": ". ",
    "、": ", ",
}  # fmt: skip

# A TeX command in words, or as the sign that later passes read by context.
TEX = {
    **{name: name for name in dict.fromkeys(GREEK.values()) if name != "omicron"}, "varepsilon": "epsilon",
    "vartheta": "theta", "varphi": "phi", "varrho": "rho", "varsigma": "sigma", "times": "×", "pm": "±",
    "mp": "±", "sim": "∼", "approx": "≈", "simeq": "≈", "cong": "≈", "leq": "≤", "le": "≤", "leqslant": "≤",
    "lesssim": "≤", "geq": "≥", "ge": "≥", "geqslant": "≥", "gtrsim": "≥", "lt": "<", "gt": ">",
    "ll": "much less than", "gg": "much greater than", "rightarrow": "→", "to": "→", "longrightarrow": "→",
    "Rightarrow": "→", "mapsto": "→", "implies": "→", "leftarrow": "from", "leftrightarrow": "to and from",
    "uparrow": "", "downarrow": "", "circ": "°", "degree": "°", "infty": "infinity", "cdot": "×",
    "ast": "*", "star": "star", "div": "divided by", "neq": "not equal to", "ne": "not equal to",
    "equiv": "equivalent to", "propto": "proportional to", "in": "in", "notin": "not in", "ni": "contains",
    "subset": "subset of", "subseteq": "subset of", "cup": "union", "cap": "intersection",
    "setminus": "without", "emptyset": "empty set", "forall": "for all", "exists": "there exists",
    "land": "and", "wedge": "and", "lor": "or", "vee": "or", "neg": "not", "sum": "sum", "prod": "product",
    "int": "integral", "partial": "partial", "nabla": "nabla", "sqrt": "square root of", "log": "log",
    "ln": "natural log", "exp": "exp", "sin": "sine", "cos": "cosine", "tan": "tangent",
    "tanh": "hyperbolic tangent", "max": "max", "min": "min", "argmax": "arg max", "argmin": "arg min",
    "lim": "limit", "sup": "supremum", "inf": "infimum", "det": "determinant", "Pr": "probability",
    "deg": "degree", "dim": "dimension", "gcd": "greatest common divisor", "ell": "ell", "hbar": "h bar",
    "Re": "real part", "Im": "imaginary part", "aleph": "aleph", "prime": "prime", "dagger": "",
    "ddagger": "", "top": "top", "perp": "perpendicular to", "parallel": "parallel to", "mid": "given",
    "oplus": "plus", "otimes": "times", "odot": "times", "bullet": ",", "ldots": ",", "dots": ",",
    "cdots": ",", "vdots": ",", "colon": ":", "langle": "(", "rangle": ")", "lvert": "", "rvert": "",
    "vert": "", "lVert": "", "rVert": "", "Vert": "", "left": "", "right": "", "big": "", "Big": "",
    "quad": " ", "qquad": " ", "limits": "", "xspace": "", "allowbreak": "", "noindent": "", "newline": " ",
    "par": " ", "it": "", "bf": "", "em": "", "tt": "", "sc": "", "rm": "", "sf": "", "small": "",
    "centering": "", "item": ",", "begin": "", "end": "", "LaTeX": "LaTeX", "TeX": "TeX",
    "textasciitilde": "∼", "textendash": "–", "textemdash": ",", "textquotesingle": "'", "eg": "e.g.",
    "ie": "i.e.", "etc": "etc.", "etal": "et al.", "wrt": "w.r.t.", "vs": "vs.", "cf": "cf.",
    "aka": "a.k.a.", "iid": "i.i.d.", "dof": "DoF", "resp": "resp.", "textless": "<", "textgreater": ">",
    "checkmark": "", "ddots": ",", "hat": "", "tilde": "", "bar": "",
}  # fmt: skip
EXPONENTS = {
    "2": "squared", "3": "cubed", "circ": "degrees", "*": "star", "+": "plus", "-": "minus", "": "",
    "top": "transpose", "T": "transpose", "'": "prime", "prime": "prime", "dagger": "dagger", "TM": "",
}  # fmt: skip
PROPOSED = "the proposed method"  # what a paper's own macro, such as \method, stands for
TOO_LONG = "a formula given in the paper"
STYLES = (  # commands that only dress their argument; Hugging Face drops their backslash
    "mathcal|mathbb|mathbf|mathrm|mathit|mathsf|mathscr|mathfrak|mathtt|boldsymbol|operatorname|textbf|textit|texttt|"
    "textsc|textrm|textsf|textsl|textsuperscript|emph|underline|overline|widehat|widetilde"
)

# (suffix, singular, plural); a suffix stands directly after its number, or after one space or hyphen.
UNITS = {
    "fps": ("frame per second", "frames per second"), "Hz": ("hertz", "hertz"),
    "kHz": ("kilohertz", "kilohertz"), "MHz": ("megahertz", "megahertz"), "GHz": ("gigahertz", "gigahertz"),
    "dB": ("decibel", "decibels"), "ns": ("nanosecond", "nanoseconds"),
    "us": ("microsecond", "microseconds"), "ms": ("millisecond", "milliseconds"),
    "sec": ("second", "seconds"), "secs": ("second", "seconds"), "min": ("minute", "minutes"),
    "mins": ("minute", "minutes"), "hr": ("hour", "hours"), "hrs": ("hour", "hours"),
    "px": ("pixel", "pixels"), "KB": ("kilobyte", "kilobytes"), "kB": ("kilobyte", "kilobytes"),
    "MB": ("megabyte", "megabytes"), "GB": ("gigabyte", "gigabytes"), "TB": ("terabyte", "terabytes"),
    "PB": ("petabyte", "petabytes"), "KiB": ("kibibyte", "kibibytes"), "MiB": ("mebibyte", "mebibytes"),
    "GiB": ("gibibyte", "gibibytes"), "TiB": ("tebibyte", "tebibytes"),
    "kbps": ("kilobit per second", "kilobits per second"),
    "Kbps": ("kilobit per second", "kilobits per second"),
    "Mbps": ("megabit per second", "megabits per second"),
    "Gbps": ("gigabit per second", "gigabits per second"), "FLOPS": ("flops", "flops"),
    "MFLOPs": ("megaflops", "megaflops"), "GFLOPs": ("gigaflops", "gigaflops"),
    "TFLOPs": ("teraflops", "teraflops"), "PFLOPs": ("petaflops", "petaflops"),
    "EFLOPs": ("exaflops", "exaflops"), "ZFLOPs": ("zettaflops", "zettaflops"),
    "TOPS": ("tera operations per second", "tera operations per second"), "kW": ("kilowatt", "kilowatts"),
    "MW": ("megawatt", "megawatts"), "GW": ("gigawatt", "gigawatts"), "mW": ("milliwatt", "milliwatts"),
    "kWh": ("kilowatt hour", "kilowatt hours"), "MWh": ("megawatt hour", "megawatt hours"),
    "Wh": ("watt hour", "watt hours"), "mAh": ("milliamp hour", "milliamp hours"),
    "mV": ("millivolt", "millivolts"), "kV": ("kilovolt", "kilovolts"),
    "eV": ("electron volt", "electron volts"), "meV": ("milli electron volt",) * 2,
    "keV": ("kilo electron volt",) * 2, "MeV": ("mega electron volt",) * 2,
    "GeV": ("giga electron volt",) * 2, "TeV": ("tera electron volt",) * 2,
    "kJ": ("kilojoule", "kilojoules"), "MJ": ("megajoule", "megajoules"),
    "kcal": ("kilocalorie", "kilocalories"), "mol": ("mole", "moles"), "mm": ("millimeter", "millimeters"),
    "cm": ("centimeter", "centimeters"), "km": ("kilometer", "kilometers"),
    "nm": ("nanometer", "nanometers"), "um": ("micrometer", "micrometers"),
    "mg": ("milligram", "milligrams"), "kg": ("kilogram", "kilograms"), "ug": ("microgram", "micrograms"),
    "mL": ("milliliter", "milliliters"), "ml": ("milliliter", "milliliters"),
    "km/h": ("kilometer per hour", "kilometers per hour"), "mph": ("mile per hour", "miles per hour"),
    "m/s": ("meter per second", "meters per second"),
    "cm/s": ("centimeter per second", "centimeters per second"),
    "rpm": ("revolution per minute", "revolutions per minute"),
    "ppm": ("part per million", "parts per million"), "bps": ("bit per second", "bits per second"),
    "pp": ("percentage point", "percentage points"), "pps": ("percentage point", "percentage points"),
    "p.p.": ("percentage point", "percentage points"), "pts": ("point", "points"),
    "%p": ("percentage point", "percentage points"), "°C": ("degree Celsius", "degrees Celsius"),
    "°F": ("degree Fahrenheit", "degrees Fahrenheit"), "°": ("degree", "degrees"),
    "%": ("percent", "percent"), "QPS": ("query per second", "queries per second"),
    "Gbit": ("gigabit", "gigabits"), "Mbit": ("megabit", "megabits"),
}  # fmt: skip
# Single letters mean a unit only where they touch their number: `5s`, but not "5 s".
TIGHT_UNITS = {
    "s": ("second", "seconds"), "h": ("hour", "hours"), "g": ("gram", "grams"), "m": ("meter", "meters"),
    "W": ("watt", "watts"), "V": ("volt", "volts"), "J": ("joule", "joules"),
    "l": ("liter", "liters"), "L": ("liter", "liters"),
}  # fmt: skip
PER = {  # what a rate counts: tokens/s, images/sec/GPU
    "s": "second", "sec": "second", "min": "minute", "h": "hour", "hr": "hour",
    **{word: word for word in _w("second minute hour day week month year token image sample step query GPU")},
}  # fmt: skip
MAGNITUDES = {
    "k": "thousand", "m": "million", "b": "billion", "t": "trillion", "bn": "billion", "mn": "million",
}  # fmt: skip
CURRENCIES = {"$": "dollar", "€": "euro", "£": "pound", "¥": "yen"}

# After a quantity these words show that it stands alone ("3 GB of memory"), so its unit is plural.
FREE = frozenset(
    _w(
        "of and or in with on to for per at than from by as when while is are was were be more less "
        "fewer faster slower longer shorter higher lower better worse larger smaller above below ahead "
        "apart after before during each total without within under over using that which but if so we "
        "it they the a an across versus against via through into until since only respectively end"
    )
)
# Model families whose sizes are read as letters: "Llama 7B" is "Llama seven B".
FAMILIES = frozenset(
    _w(
        "Llama LLaMA Qwen Mistral Mixtral Gemma Gemini Phi Falcon Pythia OPT GPT BLOOM Yi Baichuan "
        "ChatGLM GLM InternLM InternVL DeepSeek Vicuna Alpaca OLMo StarCoder CodeLlama LLaVA Claude "
        "Nemotron SmolLM MiniCPM Granite Aya Kimi Instruct Chat Base Coder Vision Flash Turbo"
    )
)
# Nouns that are counted: a four-digit number before them is no year.
COUNTED = frozenset(
    _w(
        "tokens samples images videos examples steps frames questions problems tasks prompts hours "
        "papers documents sentences words parameters models images dimensions interactions pixels "
        "points users items queries pairs instances episodes trajectories GPUs classes languages "
        "scenes clips people iterations percent"
    )
)
PREPOSITIONS = frozenset(_w("with and on in for at by from as to while but or when which that versus"))

SITES = {
    "github.com": "GitHub", "huggingface.co": "Hugging Face", "hf.co": "Hugging Face",
    "youtube.com": "YouTube", "youtu.be": "YouTube", "kaggle.com": "Kaggle", "gitlab.com": "GitLab",
    "zenodo.org": "Zenodo", "modelscope.cn": "ModelScope", "colab.research.google.com": "Colab",
    "openreview.net": "OpenReview",
}  # fmt: skip
PERCENT = {
    "de": "Prozent",
    "fr": "pour cent",
    "es": "por ciento",
    "it": "per cento",
    "pt": "por cento",
    "nl": "procent",
}
LINK = {  # what a listener is told in place of an address
    "en": "link in the show notes", "de": "Link in den Shownotes", "fr": "lien dans les notes de l'épisode",
    "es": "enlace en las notas del programa", "zh": "链接见节目说明",
}  # fmt: skip

# Before a full stop that belongs to them; a value never ends a sentence by itself.
ABBREVIATIONS = {
    "e.g.": "for example", "eg.": "for example", "i.e.": "that is", "ie.": "that is",
    "w.r.t.": "with respect to", "vs.": "versus", "vs": "versus", "v.s.": "versus", "cf.": "compare",
    "i.i.d.": "I I D", "a.k.a.": "also known as", "s.t.": "such that", "resp.": "respectively",
    "approx.": "approximately", "avg.": "average", "ca.": "about", "viz.": "namely", "incl.": "including",
    "w.l.o.g.": "without loss of generality", "wrt": "with respect to", "aka": "also known as",
    "Dr.": "Doctor", "Prof.": "Professor", "Mr.": "Mister", "Mrs.": "Missus", "Fig.": "Figure",
    "Figs.": "Figures", "fig.": "figure", "Eq.": "Equation", "Eqs.": "Equations", "Eqn.": "Equation",
    "eq.": "equation", "U.S.": "U S", "U.S.A.": "U S A", "U.K.": "U K", "E.U.": "E U", "Ph.D.": "P H D",
    "a.m.": "A M", "p.m.": "P M", "std.": "standard", "et al.": "and colleagues", "et al": "and colleagues",
    "w/o": "without", "w/": "with", "and/or": "and or", "I/O": "I O", "w.r.t": "with respect to",
    "e.g": "for example", "i.e": "that is",
}  # fmt: skip
# arXiv's categories, as a host would say them.
CATEGORIES = {
    "cs.AI": "artificial intelligence", "cs.CL": "computation and language",
    "cs.CR": "cryptography and security", "cs.CV": "computer vision", "cs.CY": "computers and society",
    "cs.DB": "databases", "cs.DC": "distributed computing", "cs.DL": "digital libraries",
    "cs.GR": "graphics", "cs.HC": "human computer interaction", "cs.IR": "information retrieval",
    "cs.LG": "machine learning", "cs.LO": "logic in computer science", "cs.MA": "multi agent systems",
    "cs.MM": "multimedia", "cs.NE": "neural and evolutionary computing", "cs.PL": "programming languages",
    "cs.RO": "robotics", "cs.SD": "sound", "cs.SE": "software engineering",
    "eess.AS": "audio and speech processing", "eess.IV": "image and video processing",
    "math.OC": "optimization and control", "stat.ML": "machine learning",
}  # fmt: skip
# Only before a number or a capital letter: elsewhere "no." and "sec." are words that end a sentence.
BEFORE_NUMBER = {
    "Sec.": "Section", "Secs.": "Sections", "sec.": "section", "Sect.": "Section", "Tab.": "Table",
    "tab.": "table", "App.": "Appendix", "Alg.": "Algorithm", "Thm.": "Theorem", "Def.": "Definition",
    "Prop.": "Proposition", "Lem.": "Lemma", "Ch.": "Chapter", "Ref.": "Reference", "No.": "number",
    "no.": "number", "Nos.": "numbers", "Vol.": "volume", "vol.": "volume", "p.": "page", "pp.": "pages",
    "ver.": "version", "Ver.": "version",
}  # fmt: skip

TENS = _w("twenty thirty forty fifty sixty seventy eighty ninety")
ONES = _w(
    "one two three four five six seven eight nine first second third fourth fifth sixth seventh eighth ninth "
    "seconds thirds fourths fifths sixths sevenths eighths ninths"
)
DIGITS = _w("zero one two three four five six seven eight nine")
ROMAN = dict(zip(_w("i ii iii iv v vi vii viii ix x"), _w("1 2 3 4 5 6 7 8 9 10"), strict=True))
