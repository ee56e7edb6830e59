"""Keys to sign with, as OpenSSL writes them."""

from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import (  # noqa: TID251  (keys to try)
    Ed25519PrivateKey,
)
from cryptography.hazmat.primitives.serialization import (  # noqa: TID251  (keys to try)
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
)


def private_pem(seed: int) -> bytes:
    """Return a private key that follows from a number."""
    key = Ed25519PrivateKey.from_private_bytes(bytes([seed]) * 32)
    return key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())


def public_pem(seed: int) -> bytes:
    """Return the public key that belongs to `private_pem`."""
    key = Ed25519PrivateKey.from_private_bytes(bytes([seed]) * 32).public_key()
    return key.public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)


def key_files(folder: Path, seed: int) -> tuple[Path, Path]:
    """Write a private key and its public one into a folder."""
    private, public = folder / f"key-{seed}.pem", folder / f"public-{seed}.pem"
    private.write_bytes(private_pem(seed))
    public.write_bytes(public_pem(seed))
    return private, public
