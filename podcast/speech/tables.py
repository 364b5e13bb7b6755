"""What a sign, a TeX command, a unit or an abbreviation is called: data only, read by podcast.speech.

>>> UNITS["fps"]
('frame per second', 'frames per second')
>>> TEX["alpha"], GREEK["α"]
('alpha', 'alpha')
"""

import re

_w = str.split  # tables of words read better as one string

SUPERSCRIPTS = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻ⁿⁱ", "0123456789+-ni")
SUBSCRIPTS = str.maketrans("₀₁₂₃₄₅₆₇₈₉₊", "0123456789.")

ALPHABET = _w(
    "alpha beta gamma delta epsilon zeta eta theta iota kappa lambda mu nu xi omicron pi rho sigma tau "
    "upsilon phi chi psi omega"
)
GREEK = {
    **dict(zip("αβγδεζηθικλμνξοπρστυφχψω", ALPHABET, strict=True)),
    **dict(zip("ΑΒΓΔΕΖΗΘΙΚΛΜΝΞΟΠΡΣΤΥΦΧΨΩ", map(str.title, ALPHABET), strict=True)),
    "ς": "sigma",
}

KEPT = "×±≈∼≤≥→↑↓°§€£¥₹₩¢‰–"  # signs that later passes read by context
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
    "∓": "±", "⇌": " to and from ", "↗": "↑", "↘": "↓", "♯": " sharp", "♭": " flat ", "¶": " paragraph ",
    "∛": " cube root of ", "✓": " yes", "✔": " yes", "✗": " no", "✘": " no", "★": " star ", "☆": " star ", "∣": "|",
    "∥": "\\|",
    "‖": "\\|", "⇔": " if and only if ", "⟺": " if and only if ", "⟹": "→", "⌈": " ceiling of ", "⌉": "",
    "⌊": " floor of ", "⌋": "", "⟨": "(", "⟩": ")", "∅": " empty set ", "⊥": " perpendicular to ",
    "∖": " without ", "÷": " divided by ",
    "≡": " equivalent to ", "≜": "=", "△": "\\Delta{}", "∆": "\\Delta{}", "ø": "o", "Ø": "O", "ł": "l", "Ł": "L",
    "ß": "ss", "⁄": "/", "æ": "ae", "Æ": "Ae",
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
    "uparrow": "↑", "downarrow": "↓", "iff": "if and only if", "choose": "choose", "circ": "°", "degree": "°",
    "infty": "infinity",
    "cdot": "×",
    "ast": "*", "star": "star", "div": "divided by", "neq": "not equal to", "ne": "not equal to",
    "equiv": "equivalent to", "propto": "proportional to", "in": "in", "notin": "not in", "ni": "contains",
    "subset": "subset of", "subseteq": "subset of", "cup": "union", "cap": "intersection",
    "setminus": "without", "emptyset": "empty set", "forall": "for all", "exists": "there exists",
    "land": "and", "wedge": "and", "lor": "or", "vee": "or", "neg": "not", "sum": "sum", "prod": "product",
    "int": "integral", "partial": "partial", "nabla": "nabla", "sqrt": "square root of", "log": "log",
    "ln": "natural log", "exp": "exp", "sin": "sine", "cos": "cosine", "tan": "tangent",
    "tanh": "hyperbolic tangent", "max": "max", "min": "min", "arg": "arg", "argmax": "arg max", "argmin": "arg min",
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
    "eg": "e.g.",
    "ie": "i.e.", "etc": "etc.", "etal": "et al.", "wrt": "w.r.t.", "vs": "vs.", "cf": "cf.",
    "aka": "a.k.a.", "iid": "i.i.d.", "dof": "DoF", "resp": "resp.",
    "checkmark": "yes", "ddots": ",", "lfloor": "floor of", "rfloor": "", "lceil": "ceiling of", "rceil": "",
    "hat": "", "tilde": "", "bar": "",
    **dict.fromkeys(_w(
        "smallskip medskip bigskip newpage clearpage pagebreak linebreak footnotesize scriptsize normalsize large "
        "Large LARGE huge Huge tiny itshape bfseries mdseries ttfamily rmfamily sffamily scshape upshape slshape "
        "raggedright hfill vfill hline toprule midrule bottomrule displaystyle textstyle scriptstyle nonumber notag "
        "protect indent thinspace enspace negthinspace dag ddag ensuremath null relax strut unskip maketitle"
    ), ""),
}  # fmt: skip
MARKS = {"\u0302": "hat", "\u0303": "tilde", "\u0304": "bar"}
"""Accents that stand over a variable."""
EXPONENTS = {
    "star": "star", "ast": "star",
    "2": "squared", "3": "cubed", "circ": "degrees", "*": "star", "+": "plus", "-": "minus", "": "",
    "top": "transpose", "T": "transpose", "'": "prime", "prime": "prime", "dagger": "dagger", "TM": "",
}  # fmt: skip
SIUNITX = {  # its names of prefixes and units
    "nano": "n", "micro": "u", "milli": "m", "centi": "c", "deci": "d", "hecto": "h", "kilo": "k", "mega": "M",
    "giga": "G",
    "tera": "T", "peta": "P", "kibi": "Ki", "mebi": "Mi", "gibi": "Gi", "tebi": "Ti", "second": "s", "minute": "min",
    "hour": "h", "day": "d", "metre": "m", "meter": "m", "gram": "g", "kilogram": "kg", "ampere": "A", "kelvin": "K",
    "mole": "mol", "hertz": "Hz", "newton": "N", "pascal": "Pa", "joule": "J", "watt": "W", "volt": "V", "farad": "F",
    "ohm": "Ohm", "tesla": "T", "lumen": "lm", "lux": "lx", "degree": "°", "degreeCelsius": "°C", "celsius": "°C",
    "litre": "L", "liter": "L", "electronvolt": "eV", "decibel": "dB", "bit": "bit", "byte": "B", "percent": "%",
    "radian": "rad", "bar": "bar", "per": "/", "squared": "^{2}", "cubed": "^{3}", "ms": "ms", "us": "us", "ns": "ns",
    "km": "km", "cm": "cm", "mm": "mm", "um": "um", "nm": "nm", "kg": "kg", "mg": "mg", "kHz": "kHz", "MHz": "MHz",
    "GHz": "GHz", "kW": "kW", "mW": "mW", "MW": "MW", "kWh": "kWh", "GB": "GB", "MB": "MB", "s": "s", "m": "m",
    "g": "g",
    "W": "W", "Hz": "Hz", "V": "V", "h": "h", "dB": "dB", "eV": "eV", "mV": "mV", "kV": "kV", "J": "J", "kJ": "kJ",
}  # fmt: skip
PROPOSED = "the proposed method"  # what a paper's own macro, such as \method, stands for
UNKNOWN = "\a"  # what a command in a formula leaves that no table knows: the last pass drops it
TOO_LONG = "a formula given in the paper"
TAG = r"<[/|]?([A-Za-z][\w|-]{0,40}?)\|? ?/?>"  # <think>, </s>, <|im_end|>, and markup's own
MARKUP = frozenset(_w("b i u em strong br p sub sup a span div code li ul"))  # tags that nobody says
STYLES = (  # commands that only dress their argument; Hugging Face drops their backslash
    "mathcal|mathbb|mathbf|mathrm|mathit|mathsf|mathscr|mathfrak|mathtt|boldsymbol|operatorname|textbf|textit|texttt|"
    "textsc|textrm|textsf|textsl|textsuperscript|emph|underline|overline|widehat|widetilde"
)

PREFIXES = {
    "Z": "zetta", "E": "exa", "P": "peta", "T": "tera", "G": "giga", "M": "mega", "k": "kilo", "K": "kilo",
    "h": "hecto", "d": "deci", "c": "centi", "m": "milli", "u": "micro", "n": "nano", "p": "pico", "f": "femto",
    "Ki": "kibi", "Mi": "mebi", "Gi": "gibi", "Ti": "tebi", "Pi": "pebi",
}  # fmt: skip
# (symbol, one, many, prefixes that it is used with); a small b is a bit, a capital one a byte.
SCALED_UNITS = {
    "Hz": ("hertz", "hertz", "m k M G T"), "B": ("byte", "bytes", "k K M G T P E Z Ki Mi Gi Ti Pi"),
    "b": ("bit", "bits", "k K M G T P Ki Mi Gi"), "bit": ("bit", "bits", "k K M G T P Ki Mi Gi"),
    "bits": ("bit", "bits", "k K M G T P"), "Bit": ("bit", "bits", "k K M G T"), "Byte": ("byte", "bytes",
    "k K M G T"), "bps": ("bit per second", "bits per second", "k K M G T"),
    "Bps": ("byte per second", "bytes per second", "k K M G T"),
    "s": ("second", "seconds", "m u n p f"), "m": ("meter", "meters", "k c d m u n"),
    "g": ("gram", "grams", "k m u n"), "W": ("watt", "watts", "u m k M G T"),
    "Wh": ("watt hour", "watt hours", "m k M G T"), "V": ("volt", "volts", "u m k M"),
    "A": ("amp", "amps", "n u m k"), "Ah": ("amp hour", "amp hours", "m k"), "J": ("joule", "joules", "u m k M G"),
    "Pa": (" pascal", " pascals", "h k M G"), "Ohm": (" ohm", " ohms", "m k M G"),
    "N": ("newton", "newtons", "m k"), "Nm": ("newton meter", "newton meters", "m k"),
    "eV": (" electron volt", " electron volts", "m k M G T"), "cal": ("calorie", "calories", "k"),
    "L": ("liter", "liters", "d m u n"), "l": ("liter", "liters", "d m u"), "F": ("farad", "farads", "p n u m"),
    "mol": ("mole", "moles", "n u m k"), "M": ("molar", "molar", "n u m"), "T": ("tesla", "teslas", "u m"),
    "K": ("kelvin", "kelvins", "m u"), "FLOPs": ("flops", "flops", "K M G T P E Z"),
    "FLOP": ("flop", "flops", "K M G T P E Z"), "VA": ("volt amp", "volt amps", "k M"),
    "lm": ("lumen", "lumens", ""), "lx": ("lux", "lux", "k"), "dB": ("decibel", "decibels", ""),
    "Gy": ("gray", "grays", "m c"), "Sv": ("sievert", "sieverts", "m u"), "rad": ("radian", "radians", "m u"),
    "bar": ("bar", "bars", "m"), "pc": ("parsec", "parsecs", "k M G"), "yr": ("year", "years", "k M G"),
}  # fmt: skip
UNITS = {  # those without prefixes
    "fps": ("frame per second", "frames per second"), "sec": ("second", "seconds"),
    "secs": ("second", "seconds"), "min": ("minute", "minutes"), "mins": ("minute", "minutes"),
    "hr": ("hour", "hours"), "hrs": ("hour", "hours"), "h": ("hour", "hours"), "d": ("day", "days"),
    "wk": ("week", "weeks"), "mo": ("month", "months"), "mos": ("month", "months"), "yo": ("year old", "years old"),
    "wks": ("week", "weeks"), "yrs": ("year", "years"), "px": ("pixel", "pixels"),
    "FLOPS": ("flops", "flops"), "TOPS": ("tera operations per second",) * 2,
    "GOPS": ("giga operations per second",) * 2, "km/h": ("kilometer per hour", "kilometers per hour"),
    "kmh": ("kilometer per hour", "kilometers per hour"), "mph": ("mile per hour", "miles per hour"),
    "mi": ("mile", "miles"), "ft": ("foot", "feet"), "lb": ("pound", "pounds"), "lbs": ("pound", "pounds"),
    "Angstrom": ("angstrom", "angstroms"), "oz": ("ounce", "ounces"), "ha": ("hectare", "hectares"),
    "psi": ("pound per square inch", "pounds per square inch"),
    "rpm": ("revolution per minute", "revolutions per minute"), "RPM": ("revolution per minute",
    "revolutions per minute"),
    "mmHg": ("millimeter of mercury", "millimeters of mercury"),
    "bpm": ("beat per minute", "beats per minute"), "BPM": ("beat per minute", "beats per minute"),
    "ppm": ("part per million", "parts per million"), "ppb": ("part per billion", "parts per billion"),
    "GbE": ("gigabit Ethernet",) * 2, "dpi": ("dot per inch", "dots per inch"), "dBm": ("decibel milliwatt",
    "decibel milliwatts"),
    "pp": ("percentage point", "percentage points"), "pps": ("percentage point", "percentage points"),
    "p.p.": ("percentage point", "percentage points"), "pts": ("point", "points"),
    **dict.fromkeys(("%p", "% pt", "% pts", "%pt", "%pts", "% points", "%-points"), ("percentage point",
    "percentage points")),
    "°C": ("degree Celsius", "degrees Celsius"),
    "°F": ("degree Fahrenheit", "degrees Fahrenheit"), "°": ("degree", "degrees"),
    "%": ("percent", "percent"), "QPS": ("query per second", "queries per second"),
    "qps": ("query per second", "queries per second"), "RPS": ("request per second", "requests per second"),
    "tps": ("token per second", "tokens per second"), "TPS": ("token per second", "tokens per second"),
    "tCO2e": ("ton of C O 2 equivalent", "tons of C O 2 equivalent"),
    "tCO2eq": ("ton of C O 2 equivalent", "tons of C O 2 equivalent"),
    "kgCO2eq": ("kilogram of C O 2 equivalent", "kilograms of C O 2 equivalent"),
    "kgCO2e": ("kilogram of C O 2 equivalent", "kilograms of C O 2 equivalent"),
}  # fmt: skip
LETTERS = "smhgdWVJALlNK"
"""Units of one letter; b, B, k, M and T are sizes."""
SPACED = frozenset("KNAd")
"""Those that are a unit only behind a space: 5K is a size, 2d has dimensions."""
BEFORE_FREE = SPACED | frozenset("gLl")
"""Those that are none behind a space where a noun follows: it is what is counted."""
LEVELS = frozenset(_w("at to of below above around about near from and under over"))
LENGTHS = frozenset(
    _w(
        "deep long wide tall high thick away above below apart ahead altitude range distance race sprint dash relay "
        "radius height depth spacing grid cable wall pole track pool walk jump underwater"
    )
)
"""What shows that 45m are meters."""
POWERS = {"1": "", "2": " squared", "3": " cubed"}
DIMENSIONS = {"squared": "square", "cubed": "cubic"}
TIMES = frozenset(_w("second minute hour day"))
EITHER = (
    *(("he", "she"), ("she", "he"), ("his", "her"), ("her", "his"), ("him", "her"), ("yes", "no"), ("true", "false")),
    *(("pass", "fail"), ("accept", "reject"), ("win", "lose"), ("on", "off")),
)
"""Words between which a stroke is "or"."""
PER = {  # what a rate counts: tokens/s, images/sec/GPU
    "s": "second", "sec": "second", "min": "minute", "h": "hour", "hr": "hour", "d": "day", "mo": "month",
    "yr": "year", "y": "year", "wk": "week", "tok": "token", "img": "image", "req": "request", "it": "iteration",
    "iter": "iteration", "px": "pixel", "param": "parameter", "ex": "example",
    **{word: word for word in _w(
        "second minute hour day week month year token image sample step query byte GPU TPU CPU"
    )},
}  # fmt: skip
COUNTS = {  # what is counted in a rate: 45 tok/s
    **dict.fromkeys(_w("tok toks tk"), ("token", "tokens")), **dict.fromkeys(_w("img imgs im"), ("image", "images")),
    **dict.fromkeys(_w("req reqs"), ("request", "requests")), **dict.fromkeys(_w("op ops"), ("operation",
    "operations")),
    **dict.fromkeys(_w("it its iter iters"), ("iteration",
    "iterations")), **dict.fromkeys(_w("ex exs"), ("example",) * 2),
    **dict.fromkeys(_w("seq seqs"), ("sequence", "sequences")), **dict.fromkeys(_w("msg msgs"), ("message",
    "messages")),
    **dict.fromkeys(_w("samp samps"), ("sample", "samples")), **dict.fromkeys(_w("rev revs"), ("revolution",
    "revolutions")),
    "f": ("frame", "frames"), "q": ("query", "queries"), "GT": ("gigatransfer", "gigatransfers"),
    "MT": ("megatransfer", "megatransfers"), "cycles": ("cycle", "cycles"),
}  # fmt: skip
MAGNITUDES = {
    "k": "thousand", "m": "million", "b": "billion", "t": "trillion", "bn": "billion", "mn": "million",
    "mm": "million", "tn": "trillion",
}  # fmt: skip
CURRENCIES = {  # (one, many, its hundredth)
    "$": ("dollar", "dollars", "cent"), "€": ("euro", "euros", "cent"), "£": ("pound", "pounds", "penny"),
    "¥": ("yen", "yen", ""), "₹": ("rupee", "rupees", ""), "₩": ("won", "won", ""), "CNY": ("yuan", "yuan", ""),
    "CHF": ("Swiss franc", "Swiss francs", ""), "CAD": ("Canadian dollar", "Canadian dollars", ""),
    "BRL": ("Brazilian real", "Brazilian reais", ""), "HKD": ("Hong Kong dollar", "Hong Kong dollars", ""),
    "TWD": ("Taiwan dollar", "Taiwan dollars", ""), "SGD": ("Singapore dollar", "Singapore dollars", ""),
    "AUD": ("Australian dollar", "Australian dollars", ""), "SEK": ("Swedish krona", "Swedish kronor", ""),
}  # fmt: skip
CURRENCY_CODES = {
    "USD": "$", "US$": "$", "EUR": "€", "GBP": "£", "JPY": "¥", "INR": "₹", "KRW": "₩", "RMB": "CNY", "CN¥": "CNY",
    **{code: code for code in CURRENCIES if code.isalpha()}, "CA$": "CAD", "AU$": "AUD", "A$": "AUD", "R$": "BRL",
    "HK$": "HKD", "NT$": "TWD", "S$": "SGD", "C$": "CAD",
}  # fmt: skip

# After a quantity these words show that it stands alone ("3 GB of memory"), so its unit is plural.
FREE = frozenset(
    _w(
        "vs equals of and or in with on to for per at than from by as when while is are was were be more less "
        "fewer faster slower longer shorter higher lower better worse larger smaller above below ahead "
        "apart after before during each total without within under over using that which but if so we "
        "it they the a an across versus against via through into until since only respectively end "
        "wide long deep tall high thick away later ago left remaining earlier old not then where who whose "
        "every about around without plus minus up down "
        "along alongside among amid behind beneath beside besides between beyond despite except inside outside onto "
        "off instead including excluding like past throughout till toward towards unlike upon "
        "although because though unless whereas whether whenever wherever nor yet "
        "he she you i my your his her its their our us them him me this these those there here what whom how why "
        "all both either any some most such another no "
        "am been being has have had do does did can could will would shall should may might must "
        "again almost already also altogether always anymore anyway apiece away even ever forward further here hence "
        "indeed just maybe meanwhile never nonstop now often once otherwise overnight perhaps quite rather soon still "
        "straight therefore thus today together tomorrow tonight too twice very yesterday "
        "north south east west used needed required spent saved goes went fits passed elapsed"
    )
)
ENDING_AN_AMOUNT = re.compile(
    r" (?:(?:(?=[a-z]{0,12}[aeiouy][a-z]{1,12}ed\b)[a-z]{2,12}(?<!e)ed"
    r"|[a-z]{0,6}(?:giv|tak|writt|driv|hidd|brok|chos|spok|prov|froz|stol|wov|eat|fall|gott|ris)en"
    r"|available|usable|free|daily|hourly|weekly|monthly|yearly|big|heavy"
    r"|(?:light|heavi|tall|short|long|wid|broad|narrow|deep|thick|thin|thinn|clos|near|cheap|hott|cold|warm|cool"
    r"|old|young|earli|lat|farth|furth|quick|slow|fast|strong|weak|loud|bright|dark|high|low|great|bigg|larg|small)er)"
    rf"(?=[.,;:)]|$| (?:{'|'.join(sorted(FREE))})\b)"
    r"|[a-z]{2,12}er than\b|(?:according|due|relative|prior|next|equal) to\b)"
)
"""What no noun follows behind an amount: 3 kg lighter, 6 GB allocated to it, unlike a 2 m taller robot."""
NO_ADVERBS = frozenset(
    _w("anomaly assembly butterfly daily family fly hourly monthly monopoly reply supply weekly yearly")
)
"""Nouns and adjectives that end as adverbs do."""
SPENDING = frozenset(_w("spend spends spent spending waste wastes wasted wasting"))
"""Behind these, time is spent doing something: 3 h debugging."""
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
        "scenes clips people iterations percent params parameter annotators participants entries rows records "
        "patches views downloads posts tweets molecules cells genes reads customers subscribers messages lines files "
        "edges nodes vertices triples facts captions utterances comments reviews articles pages characters turns "
        "dialogues conversations reports labs authors volunteers patients companies books songs tables games runs"
    )
)
TAGGED = tuple(_w("Mistral Codestral Devstral Magistral Ministral Pixtral Voxtral"))
"""Families whose releases are told apart by year and month: Mistral Large 2411."""
MODELS = frozenset(_w("model models params parameter parameters LLM LLMs MoE variant variants checkpoint checkpoints"))
"""What shows that 7b is billions, and 110m millions, of parameters."""
MINUTES = frozenset(
    _w("interval intervals window windows timeout timeouts limit session sessions break bars candles talk talks")
)
TAKING = frozenset(
    _w(
        "took take takes taking taken lasts lasted lasting ran runs running wait waits waited spent every trained "
        "finishes"
    )
)
"""Before 45m they show that time is meant."""
DAYS_OF = (
    r"(?: (?:and|or|to) \d{1,3}d)? (?:horizon|window|average|moving|rolling|period|lag|forecast|return|interval)s?\b"
)
"""Behind 14d they show that days are meant."""
LASTING_OF = (
    " (?:training|video|audio|speech|compute|music|footage|recording|wall|inference|search|walltime|silence|waiting"
    r"|thinking|reasoning|latency|delay|sound|context)\b"
)
LASTING = re.compile(
    r"per "
    "(?:epoch|run|step|iteration|task|query|sample|game|trial|fold|seed|experiment|episode|job|example|image|video)"
    rf"|of{LASTING_OF}"
)
"""Behind 45m they show the same."""
BEFORE_COUNTS = FREE | LEVELS | frozenset(_w("nearly almost some all exactly roughly only between up these those our"))
"""Words that begin a sentence before a count; another capital before figures is a name: Xeon 6 128."""
_MEASURED = frozenset(_w("tokens hours points percent pages words parameters params pixels turns"))
OUT_OF = (COUNTED - _MEASURED) | frozenset(
    _w(
        "benchmarks seeds datasets cases trials tests folds stars metrics baselines methods subjects settings domains "
        "categories experiments attempts layers heads experts agents raters judges reviewers studies systems sites"
    )
)
"""What 4/5 counts, unlike a measure, of which it is a part: 3/4 hours."""
RATED = frozenset(_w("rated rating scored scores graded ranked marked"))
"""Words before a mark, such as 4/5."""
NO_MARK = frozenset(_w("less more fewer lower higher below above off share shares credit credits"))
"""Behind a fraction they show that it is no mark: 2/3 lower."""
STEPS = frozenset(_w("Step Part Page Slide Round Run Lesson Day Attempt Try Chunk Shard Worker Epoch Fold Job"))
"""What is one of several behind a stroke: Step 1/3."""
SHARED = frozenset(
    _w("bit bits shot way layer layers head heads GB MB TB KB ms fps Hz kHz MHz GHz px nm W kW GPUs epochs steps cores")
)
"""What two figures with a slash between them have in common: 16/32 GB."""
SOFTWARE = _w(
    "Python PyTorch CUDA CPython Java Node Ubuntu macOS iOS Android Linux Windows Debian GCC LLVM cuDNN transformers"
)
"""Names behind which 3.11 is a version, eleven and not one one."""
MACHINES = frozenset(_w("GPU node nodes machine machines server servers cluster clusters setup instance box system"))
BYTES = frozenset(_w("cache message packet packets line lines payload header block blocks object objects"))
SCREEN_SIZES = frozenset(_w("2 4 5 6 8 12 16"))
"""Thousands of pixels across."""
SCREENS = frozenset(
    _w("resolution video videos image display screen monitor camera footage UHD HDR TV content texture")
)
# Things that have a number, or a Roman numeral, behind them.
NUMBERED = frozenset(
    _w(
        "Figure Fig Figs Table Tab Section Sec Chapter Ch Part Phase Stage Type Act Volume Vol Book Class Level "
        "Grade Tier "
        "Theorem Lemma Appendix App Algorithm Alg Case Category Step Task Track Round Scenario Mark Group Experiment "
        "Exp "
        "Study War Version Generation Gen Trial Season Episode Article Title Question Setting Variant Option Condition "
        "Schedule Division Region Zone Factor Equation Eq Definition Def Proposition Prop Corollary Panel Model Test "
        "Scene Supplement Annex Note Block Layer Site Unit Schema Goal Aim Claim Property Axiom Remark Example Bowl "
        "Thm Lem Cor Pt Mk Sect"
    )
)
NUMBERED |= {name.lower() for name in NUMBERED if len(name) > 3} | {f"{name}s" for name in NUMBERED if len(name) > 3}

ROWS = frozenset(_w("Row Column Line Head"))
"""What has numbers only in the plural: rows 4/5."""
ONE_OF_MANY = frozenset(
    _w(
        "batch machine robot player head token worker agent expert node user client server device rank channel patient "
        "participant speaker host seed epoch turn slot team"
    )
)
"""Behind these a number is a name, and the capital behind it no unit: machine 2 V."""
BINARY = frozenset(_w("loss losses knapsack integer program programs programming matrix matrices valued law laws"))
"""Before these 0-1 is no range."""
PASSING = frozenset(_w("passes passed solves solved fails failed"))
"""Behind these 0/1 counts."""
BINARY_STROKES = frozenset(_w("attack attacks terrorist vision hindsight"))
"""Before these 9/11 and 20/20 are no ratios."""
OF_A_DECADE = _w(
    "synth hip-hop hip pop rock disco music sitcom movie film cartoon nostalgia aesthetic fashion anime jazz funk "
    "techno grunge punk metal television TV kid retro"
)
"""What is named by its decade: 80s synth-pop."""
ENDING_IN_V = re.compile(r"(?i:\w*conv|inv|adv|div|nav|wav|env|dev|prev|rev|recv|deriv|univ|equiv)")
"""Words whose v is no version's: conv2d, wav2vec."""

LETTERED = NUMBERED | frozenset(_w("Plan Team Choice Vitamin Player Agent Host Speaker Answer System Method"))
"""Nouns that have a letter for a name behind them."""
BEFORE_SIGN = frozenset(_w("is was are be of by to from at and or between equals than about"))
"""Words behind which a dash before a number is its sign."""
PREPOSITIONS = frozenset(_w("with and on in for at by from as to while but or when which that versus"))

SITES = {
    "github.com": "GitHub", "huggingface.co": "Hugging Face", "hf.co": "Hugging Face",
    "youtube.com": "YouTube", "youtu.be": "YouTube", "kaggle.com": "Kaggle", "gitlab.com": "GitLab",
    "zenodo.org": "Zenodo", "modelscope.cn": "ModelScope", "colab.research.google.com": "Colab",
    "openreview.net": "OpenReview",
}  # fmt: skip
LINK = "link in the show notes"
"""What a listener is told in place of an address."""

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
    "e.g": "for example", "i.e": "that is", "c.f.": "compare", "excl.": "excluding", "Univ.": "University",
    "Dept.": "Department", "Jr.": "Junior", "std. dev.": "standard deviation", "s.d.": "standard deviation",
    "std. err.": "standard error", "Avg.": "Average",
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
    "ver.": "version", "Ver.": "version", "min.": "minimum", "max.": "maximum", "Chap.": "Chapter", "Cor.": "Corollary",
    "Ex.": "Example", "Rem.": "Remark",
}  # fmt: skip
BEFORE_NUMBER |= {
    f"{short[:-1]}s.": f"{name}s"
    for short, name in BEFORE_NUMBER.items()
    if short[0].isupper() and len(short) > 3 and name[0].isupper() and name[-1] not in "yx"
} | {"Apps.": "Appendices"}

TENS = _w("twenty thirty forty fifty sixty seventy eighty ninety")
ONES = _w(
    "one two three four five six seven eight nine first second third fourth fifth sixth seventh eighth ninth "
    "seconds thirds fourths fifths sixths sevenths eighths ninths"
)
TEENS = _w("ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen")
DIGITS = _w("zero one two three four five six seven eight nine")
ROMAN = dict(zip(_w("i ii iii iv v vi vii viii ix x"), _w("1 2 3 4 5 6 7 8 9 10"), strict=True))

MONTH_NAMES = _w("January February March April May June July August September October November December")
MONTHS = {name: name for name in MONTH_NAMES} | {name[:3]: name for name in MONTH_NAMES} | {"Sept": "September"}
WEEKDAYS = _w("Monday Tuesday Wednesday Thursday Friday Saturday Sunday Mon Tue Wed Thu Fri Sat Sun")
DATED = frozenset(
    _w("on by dated date since until from before after as of released published accessed updated version")
)
"""Words before a date."""
RATIOS = frozenset(
    _w("ratio ratios split splits mix aspect odds compression dilution display majority imbalance balance screen blend")
)
ZONE = r" ?(?:UTC|GMT|[CEPMBIJ]?[SED]?T\b|CES?T\b|o'clock|h\b|hours\b)"
PLAYED = frozenset(_w("video videos clip clips song songs trailer track tracks recording recordings talk movie film"))
"""Behind a time they show how long it is: a 1:30 video."""
CLOCKED = frozenset(_w("at by until till before after since around from ca. about between noon"))
"""Words before a time of day."""
SPANS = {
    "d": "d", "days": "d", "day": "d", "h": "h", "hr": "h", "hrs": "h", "hour": "h", "hours": "h", "m": "m", "min": "m",
    "mins": "m", "minute": "m", "minutes": "m", "s": "s", "sec": "s", "secs": "s", "seconds": "s", "ms": "ms",
}  # fmt: skip
SPAN_NAMES = {"d": "day", "h": "hour", "m": "minute", "s": "second", "ms": "millisecond"}
"""By symbol the parts of a duration, the longest first."""
SHORT_WORDS = frozenset(_w("AN AS AT BE BY DO GO IF IN IS IT MY NO OF ON OR SO TO UP WE"))
"""Words of two letters, said as words beside another word in capitals: IT IS NOT."""
ROMAN_ONES = frozenset(
    _w("Table Section Part Chapter Phase Act Volume Stage Figure Type Class Level Grade Category Fig. Sec. Tab. Book")
)
"""Behind these a lone V or X is a number."""
BEHIND_ROMAN = re.compile(r" (?:error|trial|stud|clinical|diabet|superno|evidence)")
"""What shows that the I of "a type I error" is no pronoun."""
SPELLED = frozenset(
    _w(
        "ADS AMP ANI CHI COL COT DIN DOE FAD IFS ITS LED LIT MAR MAS MES ODE OPT OVA PER PUS QUA REV SAC SIR UPS URN "
        "SOP ACCT WHO"
    )
)
"""Capitals that are spelled, although they make a word."""
