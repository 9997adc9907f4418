"""Invalid ID tokens: forged, altered, expired, or issued for another purpose."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
from collections.abc import Mapping
from typing import Any

import jwt
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from jwt.algorithms import RSAAlgorithm

from tests.helpers.fakes import identity

Claims = Mapping[str, Any]


def claims_of(sub: str, now: int) -> dict[str, Any]:
    """The claims of a valid token that expires an hour after `now` (seconds)."""
    standard = {"iss": identity.ISSUER, "aud": identity.AUDIENCE, "token_use": "id"}
    return {"sub": sub, **standard, "iat": now, "exp": now + 3600}


def signed(claims: Claims, kid: str = identity.KEY_ID, key: rsa.RSAPrivateKey | None = None, **changes: Any) -> str:
    """A token signed with the pool's key or `key`. A claim of None is left out."""
    body = {name: value for name, value in {**claims, **changes}.items() if value is not None}
    return jwt.encode(body, key or identity.signing_key(), algorithm="RS256", headers={"kid": kid})


def _text(value: Any) -> str:
    raw = value if isinstance(value, bytes) else json.dumps(value).encode()
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()


def _signed_with_the_public_key(claims: Claims) -> str:
    """Algorithm confusion: HS256 with the public RSA key as the secret."""
    public = identity.signing_key().public_key()
    pem = public.public_bytes(serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo)
    head = f"{_text({'alg': 'HS256', 'kid': identity.KEY_ID})}.{_text(claims)}"
    return f"{head}.{_text(hmac.new(pem, head.encode(), hashlib.sha256).digest())}"


def _with_its_own_key(claims: Claims, key: rsa.RSAPrivateKey) -> str:
    """Correctly signed by a key in the token's own header (RFC 7515, `jwk`)."""
    public = json.loads(RSAAlgorithm.to_jwk(key.public_key()))
    return jwt.encode(dict(claims), key, "RS256", headers={"kid": identity.KEY_ID, "jwk": public})


def _unsigned(algorithm: str, claims: Claims) -> str:
    return f"{_text({'alg': algorithm, 'kid': identity.KEY_ID})}.{_text(claims)}."


def forged(claims: Claims) -> dict[str, str]:
    """The invalid tokens by their defect."""
    now, sub = claims["iat"], claims["sub"]
    stranger = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    good = signed(claims)
    head, body, tag = good.split(".")
    return {
        "alg none": _unsigned("none", claims),
        "unsigned": _unsigned("RS256", claims),
        "another alg": jwt.encode(dict(claims), identity.signing_key(), "RS512", headers={"kid": identity.KEY_ID}),
        "HS256 with the public key": _signed_with_the_public_key(claims),
        "a stranger's key": signed(claims, key=stranger),
        "a stranger's key in its own header": _with_its_own_key(claims, stranger),
        "another pool's": signed(claims, kid="other", key=stranger, iss=identity.ISSUER + "x"),
        "unknown key id": signed(claims, kid="other"),
        "no key id": jwt.encode(dict(claims), identity.signing_key(), "RS256"),
        "changed claims": f"{head}.{_text({**claims, 'sub': sub + 'x'})}.{tag}",
        "changed signature": good[:-8] + "AAAAAAAA",
        "expired": signed(claims, exp=now),
        "issued later": signed(claims, iat=now + 61),
        "not yet valid": signed(claims, nbf=now + 61),
        "another issuer": signed(claims, iss=identity.ISSUER + "x"),
        "another audience": signed(claims, aud="another"),
        "several audiences": signed(claims, aud=[identity.AUDIENCE, "another"]),
        "access token": signed(claims, token_use="access", aud=None, client_id=identity.AUDIENCE),
        "access token with audience": signed(claims, token_use="access"),
        "no expiry": signed(claims, exp=None),
        "no subject": signed(claims, sub=None),
        "empty subject": signed(claims, sub=""),
        "no use": signed(claims, token_use=None),
        "empty": "",
        "dots": "..",
        "garbage": "garbage",
        "not ASCII": "投诉.投诉.投诉",
        "no JSON": f"{_text(b'{')}.{_text(b'{')}.{_text(b'x')}",
        "header is a list": f"{_text([])}.{body}.{tag}",
        "endless": "a" * 9_000,
    }
