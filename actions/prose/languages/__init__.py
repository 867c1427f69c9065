"""The grammar of figures in each language of the prose, in this one place.

A language is one module with one `Grammar`. Nothing here knows of states, figures or the web.
"""

from .arabic import ARABIC
from .english import ENGLISH
from .french import FRENCH
from .grammar import Amount, Grammar, Noun
from .spanish import SPANISH

GRAMMARS: dict[str, Grammar] = {
    grammar.code: grammar for grammar in (ENGLISH, FRENCH, SPANISH, ARABIC)
}


def grammar(language: str) -> Grammar:
    """The grammar of a language; English for one that is not known."""
    return GRAMMARS.get(language, ENGLISH)


__all__ = ["GRAMMARS", "Amount", "Grammar", "Noun", "grammar"]
