"""Ed25519 signatures and the keys they need: the one door to cryptography."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, NoReturn

from engine.errors import N_, Problems, QuestionError
from engine.source import Place

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric import ed25519  # noqa: TID251  (the door)

LARGEST_KEY: Final = 2**16
"""Bytes of a file that are read for a key."""


@dataclass(frozen=True, slots=True)
class Signer:
    """Signs with a private key; `public` is the key that verifies it, in hexadecimal."""

    public: str
    sign: Callable[[bytes], bytes]


def signer_from_pem(data: bytes, file: str) -> Signer:
    """Read an Ed25519 private key, as `openssl genpkey -algorithm ed25519` makes it.

    Raises:
        QuestionError: it is no such key, or it is locked with a password.
    """
    _refuse_missing_package()
    from cryptography.hazmat.primitives.asymmetric import ed25519  # noqa: TID251  (the door)
    from cryptography.hazmat.primitives.serialization import (  # noqa: TID251  (the door)
        load_pem_private_key,
    )

    try:
        key = load_pem_private_key(data, None)
    except TypeError:
        _refuse(
            file,
            N_("this private key is locked with a password"),
            N_("unlock a copy of it where nobody else can read it, and name that"),
        )
    except Exception:  # noqa: BLE001  (it names many, and shows parts of the key)
        key = None
    if not isinstance(key, ed25519.Ed25519PrivateKey):
        _refuse(
            file,
            N_("this is no Ed25519 private key in PEM form"),
            N_("make one: openssl genpkey -algorithm ed25519 -out key.pem"),
        )
    return Signer(_in_digits(key.public_key()), key.sign)


def public_key_from_pem(data: bytes, file: str) -> str:
    """Read an Ed25519 public key; return it in hexadecimal digits.

    Raises:
        QuestionError: it is no such key.
    """
    _refuse_missing_package()
    from cryptography.hazmat.primitives.asymmetric import ed25519  # noqa: TID251  (the door)
    from cryptography.hazmat.primitives.serialization import (  # noqa: TID251  (the door)
        load_pem_public_key,
    )

    try:
        key = load_pem_public_key(data)
    except Exception:  # noqa: BLE001  (it names many)
        key = None
    if not isinstance(key, ed25519.Ed25519PublicKey):
        _refuse(
            file,
            N_("this is no Ed25519 public key in PEM form"),
            N_("take it from the private key: openssl pkey -in key.pem -pubout"),
        )
    return _in_digits(key)


def is_signed(message: bytes, signature: bytes, public: str) -> bool:
    """Tell whether the owner of a public key has signed the message."""
    _refuse_missing_package()
    from cryptography.exceptions import InvalidSignature  # noqa: TID251  (the door)
    from cryptography.hazmat.primitives.asymmetric import ed25519  # noqa: TID251  (the door)

    try:
        key = ed25519.Ed25519PublicKey.from_public_bytes(bytes.fromhex(public))
        key.verify(signature, message)
    except (InvalidSignature, ValueError):
        return False
    return True


def _in_digits(key: "ed25519.Ed25519PublicKey") -> str:
    return key.public_bytes_raw().hex()


def _refuse(file: str, what: str, cure: str) -> NoReturn:
    problems = Problems()
    problems.error("not-a-key", Place(file), what, cure)
    raise problems.as_error(QuestionError)


def _refuse_missing_package() -> None:
    try:
        import cryptography  # noqa: F401, TID251  (the door)
    except ImportError as error:
        problems = Problems()
        problems.error(
            "extra-missing",
            Place("cryptography"),
            N_("signatures need a package that is not installed"),
            N_("install it: pip install 'diaban[documents]'"),
        )
        raise problems.as_error(QuestionError) from error
