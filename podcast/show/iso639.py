"""Languages by the codes of ISO 639: two letters (639-1), and the three that ID3 wants (639-2, terminological).

The table is the standard's (loc.gov/standards/iso639-2), which has been closed for two letters since 2002. pycountry
has the same rows in 23 MB, langcodes two others (sh, tl) in 1 MB.
"""

from types import MappingProxyType

_ROWS = """
    aa:aar ab:abk ae:ave af:afr ak:aka am:amh an:arg ar:ara as:asm av:ava ay:aym az:aze ba:bak be:bel bg:bul bi:bis
    bm:bam bn:ben bo:bod br:bre bs:bos ca:cat ce:che ch:cha co:cos cr:cre cs:ces cu:chu cv:chv cy:cym da:dan de:deu
    dv:div dz:dzo ee:ewe el:ell en:eng eo:epo es:spa et:est eu:eus fa:fas ff:ful fi:fin fj:fij fo:fao fr:fra fy:fry
    ga:gle gd:gla gl:glg gn:grn gu:guj gv:glv ha:hau he:heb hi:hin ho:hmo hr:hrv ht:hat hu:hun hy:hye hz:her ia:ina
    id:ind ie:ile ig:ibo ii:iii ik:ipk io:ido is:isl it:ita iu:iku ja:jpn jv:jav ka:kat
    kg:kon ki:kik kj:kua kk:kaz kl:kal km:khm kn:kan ko:kor kr:kau ks:kas ku:kur kv:kom kw:cor ky:kir la:lat lb:ltz
    lg:lug li:lim ln:lin lo:lao lt:lit lu:lub lv:lav mg:mlg mh:mah mi:mri mk:mkd ml:mal mn:mon mr:mar ms:msa
    mt:mlt my:mya na:nau nb:nob nd:nde ne:nep ng:ndo nl:nld nn:nno no:nor nr:nbl nv:nav ny:nya oc:oci oj:oji om:orm
    or:ori os:oss pa:pan pi:pli pl:pol ps:pus pt:por qu:que rm:roh rn:run ro:ron ru:rus rw:kin sa:san sc:srd sd:snd
    se:sme sg:sag sh:hbs si:sin sk:slk sl:slv sm:smo sn:sna so:som sq:sqi sr:srp ss:ssw st:sot su:sun sv:swe sw:swa
    ta:tam te:tel tg:tgk th:tha ti:tir tk:tuk tl:tgl tn:tsn to:ton tr:tur ts:tso tt:tat tw:twi ty:tah ug:uig uk:ukr
    ur:urd uz:uzb ve:ven vi:vie vo:vol wa:wln wo:wol xh:xho yi:yid yo:yor za:zha zh:zho zu:zul
"""
THREE_LETTERS = MappingProxyType(dict(row.split(":") for row in _ROWS.split()))
"""The code of three letters by that of two."""
_OLD = {"iw": "heb", "in": "ind", "ji": "yid", "jw": "jav", "mo": "ron"}
"""What some programs still write."""


UNSPACED = frozenset({"zh", "ja", "ko"})
"""Languages in which what is said of a word may stand beside it without a space."""


def primary(tag: str) -> str:
    """Return the language of a BCP 47 tag, without script and region.

    >>> primary("pt-BR"), primary("zh_Hant"), primary("EN")
    ('pt', 'zh', 'en')
    """
    return tag.replace("_", "-").partition("-")[0].lower()


_OF_THREE = MappingProxyType({three: two for two, three in THREE_LETTERS.items()})
_TWO_LETTERS = MappingProxyType({**_OF_THREE, **{old: _OF_THREE[three] for old, three in _OLD.items()}, **{
    member: macro
    for macro, members in {
        "ar": "arb", "az": "azj", "et": "ekk", "fa": "pes prs", "ku": "kmr", "lv": "lvs", "mg": "plt", "mn": "khk",
        "ms": "zlm zsm", "ne": "npi", "no": "nb nob nn nno", "or": "ory", "ps": "pbt pbu", "sq": "als", "sw": "swh",
        "uz": "uzn", "yi": "ydd", "zh": "cmn yue",
    }.items()
    for member in members.split()
}})  # fmt: skip
"""By codes of three letters and old ones those of two, by members of ISO 639-3's macrolanguages, as far as voices and
texts name them, those that mostly stand for them."""


def base(tag: str) -> str:
    """Return the code by which a language is looked up, which is the same for all codes that it is called by.

    >>> base("nb-NO"), base("cmn-TW"), base("deu"), base("pt-BR"), base("gsw")
    ('no', 'zh', 'de', 'pt', 'gsw')
    """
    short = primary(tag)
    return _TWO_LETTERS.get(short, short)


_FROM_THE_RIGHT = frozenset(
    {"ar", "arc", "ckb", "dv", "fa", "he", "iw", "ji", "khw", "ks", "ps", "sd", "syr", "ug", "ur", "yi"}
)
_SCRIPTS = frozenset({"arab", "hebr", "thaa", "syrc", "nkoo", "adlm", "rohg"})


def is_from_the_right(tag: str) -> bool:
    """Tell whether a language is written from right to left: by the script that its tag names, else by its own.

    >>> [is_from_the_right(tag) for tag in ("ar-EG", "pa-Arab-PK", "ks-Deva", "de")]
    [True, True, False, False]
    """
    parts = tag.replace("_", "-").lower().split("-")[1:]
    script = next((part for part in parts if len(part) == 4 and part.isalpha()), "")
    return script in _SCRIPTS if script else primary(tag) in _FROM_THE_RIGHT


def three_letters(language: str) -> str | None:
    """Return the code of three letters of a BCP 47 tag such as de-AT; None where it has none.

    >>> three_letters("sv"), three_letters("pt-BR"), three_letters("gsw"), three_letters("qq")
    ('swe', 'por', 'gsw', None)
    """
    short = primary(language)
    return short if len(short) == 3 else THREE_LETTERS.get(short, _OLD.get(short))
