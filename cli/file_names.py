"""Names of files from ids of localities, which may hold anything."""

import re
import unicodedata
from collections.abc import Iterable
from hashlib import sha256
from typing import Final

_LONGEST: Final = 60
_UNSAFE: Final = re.compile(r"[^A-Za-z0-9_]+")


def file_stems(ids: Iterable[str]) -> dict[str, str]:
    """Return for each id the stem of a file's name: safe, and no other's.

    An id that is safe as it stands is its own name; another is reduced to plain letters
    and has a digest added, so the name does not depend on which others are asked for.
    """
    stems: dict[str, str] = {}
    taken: set[str] = set()
    for each in ids:
        stem = _stem(each, 12)
        if stem in taken:  # somebody made an id look like the name of another
            stem = _stem(f"{each}\0", 64)
        taken.add(stem)
        stems[each] = stem
    return stems


def _stem(locality: str, digits: int) -> str:
    slug = _slug(locality)
    if slug == locality:
        return slug
    digest = sha256(locality.encode("utf-8", "surrogatepass")).hexdigest()
    return "-".join(filter(None, (slug, digest[:digits])))


def _slug(locality: str) -> str:
    parts = unicodedata.normalize("NFD", locality[: 4 * _LONGEST])
    letters = "".join(each for each in parts if not unicodedata.combining(each))
    ascii_ = letters.replace("đ", "d").replace("Đ", "D")
    return _UNSAFE.sub("-", ascii_)[:_LONGEST].strip("-")
