"""What the parts of a summary are called, by language; English where we have no words."""

from collections.abc import Mapping
from types import MappingProxyType

FIELDS = ("tldr", "motivation", "method", "result", "conclusion")

_LABELS = MappingProxyType({
    "en": ("TL;DR", "Motivation", "Method", "Result", "Conclusion", "Abstract"),
    "zh": ("一句话总结", "动机", "方法", "结果", "结论", "摘要（英文）"),
    "ja": ("要約", "動機", "手法", "結果", "結論", "アブストラクト（英語）"),
    "de": ("Kurz gesagt", "Warum", "Methode", "Ergebnis", "Schluss", "Abstract (englisch)"),
    "fr": ("En bref", "Motivation", "Méthode", "Résultat", "Conclusion", "Résumé (en anglais)"),
    "es": ("En breve", "Motivación", "Método", "Resultado", "Conclusión", "Resumen (en inglés)"),
})  # fmt: skip


def labels(language: str) -> Mapping[str, str]:
    """Return the parts' names by field, and that of the abstract."""
    return dict(zip((*FIELDS, "abstract"), _LABELS.get(language, _LABELS["en"]), strict=True))
