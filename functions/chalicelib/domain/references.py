"""References and codes as people read, speak and type them.

Crockford's alphabet: no I, L, O or U, so that nothing is misheard for a digit. A
reference is 10 symbols (50 bits), a resident's code 16 (80 bits).
"""

import re
import unicodedata

_ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_MISREAD = str.maketrans({"O": "0", "I": "1", "L": "1", "U": "V"})
_BITS = 5

REFERENCE_SYMBOLS = 10
CODE_SYMBOLS = 16
MOST_CODES = 20
"""So often a code can be renewed: a code is tried against each version there may be."""


def reference_from(entropy: bytes) -> str:
    """A reference such as ``7K3MQ-9TX4B`` from at least 7 bytes."""
    return _spelled(entropy, REFERENCE_SYMBOLS, group=5)


def code_from(entropy: bytes) -> str:
    """A resident's code such as ``4F7K-Q2M9-X0TB-8WNE`` from at least 10 bytes."""
    return _spelled(entropy, CODE_SYMBOLS, group=4)


def tidied_reference(typed: str) -> str:
    """What somebody typed or was told, as a reference; anything at all comes back."""
    return _grouped(_symbols(typed), 5)


def tidied_code(typed: str) -> str:
    """What somebody typed or was told, as a code; anything at all comes back."""
    return _grouped(_symbols(typed), 4)


def _spelled(entropy: bytes, count: int, group: int) -> str:
    number = int.from_bytes(entropy) >> (len(entropy) * 8 - count * _BITS)
    symbols = [_ALPHABET[number >> (_BITS * place) & 31] for place in range(count)]
    return _grouped("".join(reversed(symbols)), group)


def _symbols(typed: str) -> str:
    plain = unicodedata.normalize("NFKC", typed).upper()
    return re.sub(r"[\W_]", "", plain).translate(_MISREAD)[: CODE_SYMBOLS * 2]


def _grouped(symbols: str, group: int) -> str:
    return "-".join(symbols[at : at + group] for at in range(0, len(symbols), group))
