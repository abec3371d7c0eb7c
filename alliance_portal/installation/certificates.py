"""How the parts of an installation know each other: ``python -m ….certificates FOLDER``.

An authority of the installation's own signs a short-lived certificate for each part. Run it again, and what
ends soon is renewed (docs/operations.md); the authority stays. Each part has a folder, so that it gets its
own and nothing else; all of them hold the authority's certificate, none but ``authority`` its key.
"""

import argparse
import datetime as dt
import os
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

AUTHORITY_DAYS = 3650
DAYS = 30
RENEWED_DAYS_BEFORE = 20
"""Renewed every day after ten, so that twenty failures in a row go by before anything stops."""

KEY, CERTIFICATE = "key.pem", "certificate.pem"
IDENTITY = "identity.pem"
"""A part's certificate and key in one file, so that they are replaced together."""
AUTHORITY = "authority.pem"

Now = dt.datetime


@dataclass(frozen=True)
class Holder:
    """One end of connections: a server by its names, a client by its account, or both."""

    folder: str
    name: str
    uid: int
    """Who alone may read the key: the user in that part's image."""
    names: tuple[str, ...] = ()
    """What a server is called by; who is only a client has none."""
    is_client: bool = False

    @property
    def purposes(self) -> list[x509.ObjectIdentifier]:
        purposes = {
            ExtendedKeyUsageOID.SERVER_AUTH: self.names,
            ExtendedKeyUsageOID.CLIENT_AUTH: self.is_client,
        }
        return [purpose for purpose, holds in purposes.items() if holds]


PORTAL_UID, SERVERS_UID, PROXY_UID = 10001, 999, 0  # nginx reads keys as root before it gives that up
HOLDERS = (
    Holder("postgres", "postgres", SERVERS_UID, names=("postgres",)),
    Holder("valkey", "valkey", SERVERS_UID, names=("valkey", "localhost"), is_client=True),  # asks itself
    Holder("web", "web", PORTAL_UID, names=("web", "localhost"), is_client=True),  # whether it lives
    Holder("portal", "portal", PORTAL_UID, is_client=True),  # the account at database and Valkey
    Holder("owner", "portal_owner", PORTAL_UID, is_client=True),  # the account that migrates
    Holder("proxy", "proxy", PROXY_UID, is_client=True),
)


def issue(folder: Path, parts: Iterable[Holder] = HOLDERS, *, now: Now | None = None) -> list[str]:
    """Make what is missing and renew what ends soon. Returns the names of the parts that got another one."""
    now = now or dt.datetime.now(dt.UTC)
    authority, authority_key = _authority(folder / "authority", now)
    renewed = []
    for part in parts:
        place = folder / part.folder
        if not _is_due(place, authority, now):
            continue
        key = ec.generate_private_key(ec.SECP256R1())
        certificate = _certificate_of(part, key.public_key(), authority, now).sign(
            authority_key, hashes.SHA256()
        )
        place.mkdir(mode=0o755, parents=True, exist_ok=True)
        _write(place / AUTHORITY, _pem(authority), mode=0o444)
        _write(place / IDENTITY, _pem(certificate) + _pem_of_key(key), mode=0o400, uid=part.uid)
        renewed.append(part.name)
    return renewed


def _authority(folder: Path, now: Now) -> tuple[x509.Certificate, ec.EllipticCurvePrivateKey]:
    if not (folder / CERTIFICATE).exists():
        key = ec.generate_private_key(ec.SECP384R1())
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        _write(folder / KEY, _pem_of_key(key), mode=0o400)
        certificate = (
            _builder("Alliance portal, internal", key.public_key(), now, AUTHORITY_DAYS)
            .issuer_name(_named("Alliance portal, internal"))
            .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
            .add_extension(_key_usage(signs_certificates=True), critical=True)
            .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
            .sign(key, hashes.SHA384())
        )
        _write(folder / CERTIFICATE, _pem(certificate), mode=0o444)
    loaded = serialization.load_pem_private_key((folder / KEY).read_bytes(), password=None)
    if not isinstance(loaded, ec.EllipticCurvePrivateKey):
        raise TypeError(f"{folder / KEY} is not the key that was written there.")
    return x509.load_pem_x509_certificate((folder / CERTIFICATE).read_bytes()), loaded


def _is_due(place: Path, authority: x509.Certificate, now: Now) -> bool:
    try:
        certificate = x509.load_pem_x509_certificate((place / IDENTITY).read_bytes())
        known = (place / AUTHORITY).read_bytes()
    except (FileNotFoundError, ValueError):
        return True
    ends_soon = certificate.not_valid_after_utc - now < dt.timedelta(days=RENEWED_DAYS_BEFORE)
    return ends_soon or known != _pem(authority)


def _certificate_of(
    part: Holder, key: ec.EllipticCurvePublicKey, authority: x509.Certificate, now: Now
) -> x509.CertificateBuilder:
    names = x509.SubjectAlternativeName([x509.DNSName(name) for name in part.names or (part.name,)])
    signer = authority.extensions.get_extension_for_class(x509.SubjectKeyIdentifier).value
    return (
        _builder(part.name, key, now, DAYS)
        .issuer_name(authority.subject)
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(_key_usage(signs_certificates=False), critical=True)
        .add_extension(x509.ExtendedKeyUsage(part.purposes), critical=False)
        .add_extension(names, critical=False)
        .add_extension(x509.AuthorityKeyIdentifier.from_issuer_subject_key_identifier(signer), critical=False)
    )


def _builder(name: str, key: ec.EllipticCurvePublicKey, now: Now, days: int) -> x509.CertificateBuilder:
    return (
        x509.CertificateBuilder()
        .subject_name(_named(name))
        .public_key(key)
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - dt.timedelta(minutes=5))  # clocks differ
        .not_valid_after(now + dt.timedelta(days=days))
    )


def _named(name: str) -> x509.Name:
    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])


def _key_usage(*, signs_certificates: bool) -> x509.KeyUsage:
    return x509.KeyUsage(
        digital_signature=not signs_certificates,
        content_commitment=False,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        key_cert_sign=signs_certificates,
        crl_sign=signs_certificates,
        encipher_only=False,
        decipher_only=False,
    )


def _pem(certificate: x509.Certificate) -> bytes:
    return certificate.public_bytes(serialization.Encoding.PEM)


def _pem_of_key(key: ec.EllipticCurvePrivateKey) -> bytes:
    return key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )


def _write(path: Path, content: bytes, *, mode: int, uid: int | None = None) -> None:
    """Put it in place at once: whoever reads meanwhile gets the old file or the new one, whole."""
    fresh = path.with_suffix(".new")
    fresh.unlink(missing_ok=True)
    descriptor = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        file.write(content)
    fresh.chmod(mode)
    if uid is not None and os.geteuid() == 0:
        os.chown(fresh, uid, uid)
    fresh.replace(path)


def main() -> None:
    parser = argparse.ArgumentParser(
        prog="python -m alliance_portal.installation.certificates", description=__doc__
    )
    parser.add_argument("folder", type=Path)
    for name in issue(parser.parse_args().folder):
        print(f"{name}: renewed")  # noqa: T201  # a command speaks on the terminal


if __name__ == "__main__":
    main()
