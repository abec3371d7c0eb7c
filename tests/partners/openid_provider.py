"""A real OpenID Connect provider on this machine: oauthlib's server, behind HTTP on loopback.

It signs in whoever ``claims`` describes, without asking. What it does wrong on purpose is in ``faults``.
"""

import json
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any

import jwt
from cryptography.hazmat.primitives.asymmetric import rsa
from oauthlib.oauth2 import OAuth2Error
from oauthlib.openid import RequestValidator
from oauthlib.openid.connect.core.endpoints import Server

CLIENT_ID, SECRET, KEY_ID = "portal", "only-for-tests", "key-1"
WELL_KNOWN = "/.well-known/openid-configuration"


def new_key() -> rsa.RSAPrivateKey:
    return rsa.generate_private_key(public_exponent=65537, key_size=2048)


class Provider(RequestValidator):
    """What the server of oauthlib asks of its surroundings; codes and tokens are kept here."""

    def __init__(self) -> None:
        self.issuer = ""
        self.claims: dict[str, Any] = {"sub": "s-1"}
        self.userinfo: dict[str, Any] | None = None
        self.faults: dict[str, Any] = {}
        self.key, self.other_key = new_key(), new_key()
        self.codes: dict[str, dict[str, Any]] = {}
        self.tokens: set[str] = set()
        self.asked: list[str] = []
        self.server = Server(self)

    @property
    def description(self) -> dict[str, Any]:
        found = {
            "issuer": self.issuer,
            "authorization_endpoint": f"{self.issuer}/authorize",
            "token_endpoint": f"{self.issuer}/token",
            "userinfo_endpoint": f"{self.issuer}/userinfo",
            "jwks_uri": f"{self.issuer}/jwks",
            "token_endpoint_auth_methods_supported": ["client_secret_post"],
            "id_token_signing_alg_values_supported": ["RS256"],
        }
        return found | self.faults.get("description", {})

    @property
    def keys(self) -> dict[str, Any]:
        key = jwt.algorithms.RSAAlgorithm.to_jwk(self.key.public_key(), as_dict=True)
        return {"keys": [key | {"kid": KEY_ID, "use": "sig", "alg": "RS256"}]}

    # The request for a code
    def validate_client_id(self, client_id, request, *args, **kwargs):
        return client_id == CLIENT_ID

    def validate_redirect_uri(self, client_id, redirect_uri, request, *args, **kwargs):
        return redirect_uri.partition("//")[2].partition("/")[2].endswith("/antwort/")

    def validate_response_type(self, client_id, response_type, client, request, *args, **kwargs):
        return response_type == "code"

    def validate_scopes(self, client_id, scopes, client, request, *args, **kwargs):
        return set(scopes) == {"openid", "profile", "email"}

    def is_pkce_required(self, client_id, request):
        return True

    def validate_user_match(self, id_token_hint, scopes, claims, request):
        return True

    def save_authorization_code(self, client_id, code, request, *args, **kwargs):
        self.codes[code["code"]] = {
            "redirect_uri": request.redirect_uri,
            "scopes": request.scopes,
            "nonce": request.nonce,
            "challenge": request.code_challenge,
            "method": request.code_challenge_method,
        }

    # The code for tokens
    def client_authentication_required(self, request, *args, **kwargs):
        return True

    def authenticate_client(self, request, *args, **kwargs):
        request.client = type("Client", (), {"client_id": CLIENT_ID})
        return (request.client_id, request.client_secret) == (CLIENT_ID, SECRET)

    def validate_grant_type(self, client_id, grant_type, client, request, *args, **kwargs):
        return grant_type == "authorization_code"

    def validate_code(self, client_id, code, client, request, *args, **kwargs):
        request.scopes = self.codes.get(code, {}).get("scopes")
        return code in self.codes

    def confirm_redirect_uri(self, client_id, code, redirect_uri, client, request, *args, **kwargs):
        return self.codes[code]["redirect_uri"] == redirect_uri

    def get_code_challenge(self, code, request):
        return self.codes[code]["challenge"]

    def get_code_challenge_method(self, code, request):
        return self.codes[code]["method"]

    def get_authorization_code_scopes(self, client_id, code, redirect_uri, request):
        return self.codes.get(code, {}).get("scopes", [])

    def get_authorization_code_nonce(self, client_id, code, redirect_uri, request):
        return self.codes[code]["nonce"]

    def invalidate_authorization_code(self, client_id, code, request, *args, **kwargs):
        del self.codes[code]

    def save_bearer_token(self, token, request, *args, **kwargs):
        self.tokens.add(token["access_token"])

    def get_id_token(self, token, token_handler, request):
        return None

    def finalize_id_token(self, id_token, token, token_handler, request):
        now = int(time.time())
        claims = {**id_token, "iss": self.issuer, "exp": now + 60, **self.claims}
        claims |= self.faults.get("id_token", {})
        claims = {name: value for name, value in claims.items() if value is not None}
        if "forged" in self.faults:
            return self.faults["forged"](claims)
        key = self.other_key if self.faults.get("other_key") else self.key
        return jwt.encode(
            claims,
            self.faults.get("key", key),
            algorithm=self.faults.get("algorithm", "RS256"),
            headers={"kid": self.faults.get("kid", KEY_ID)},
        )

    # The token for claims
    def validate_bearer_token(self, token, scopes, request):
        return token in self.tokens

    def get_userinfo_claims(self, request):
        return self.userinfo if self.userinfo is not None else self.claims


class Handler(BaseHTTPRequestHandler):
    provider: Provider

    def do_GET(self) -> None:
        self._answer("")

    def do_POST(self) -> None:
        self._answer(self.rfile.read(int(self.headers.get("Content-Length", 0))).decode())

    def log_message(self, *args: Any) -> None:
        """Nothing: the tests' own output is enough."""

    def _answer(self, body: str) -> None:
        provider, path = self.provider, self.path.partition("?")[0]
        provider.asked.append(path)
        uri = f"{provider.issuer}{self.path}"
        headers = {name.title(): value for name, value in self.headers.items()}
        if path in provider.faults.get("broken", ()):
            self._send(500, {}, "broken")
        elif path in provider.faults.get("slow", ()):
            self._send_slowly()
        elif path in provider.faults.get("answers", {}):
            self._send(*provider.faults["answers"][path])
        elif path == WELL_KNOWN:
            self._send(200, {}, json.dumps(provider.description))
        elif path == "/jwks":
            self._send(200, {}, json.dumps(provider.keys))
        elif path == "/authorize":
            self._send(*_authorized(provider, uri))
        elif path == "/token":
            found, text, status = provider.server.create_token_response(uri, "POST", body, headers)
            text = json.dumps(json.loads(text) | provider.faults.get("token", {}))
            self._send(status, found | provider.faults.get("headers", {}), text)
        elif path == "/userinfo":
            found, text, status = provider.server.create_userinfo_response(uri, headers=headers)
            self._send(status, found, text if isinstance(text, str) else json.dumps(text))
        else:
            self._send(404, {}, "")

    def _send_slowly(self) -> None:
        """A byte of the headers now and then, for as long as somebody waits for them."""
        with suppress(OSError):
            for byte in b"HTTP/1.0 200 OK\r\nX-Long: " + b"x" * 40:
                self.wfile.write(bytes([byte]))
                time.sleep(0.05)

    def _send(self, status: int, headers: dict[str, str | None], text: str | None) -> None:
        content = (text or "").encode()
        self.send_response(status)
        for name, value in ({"Content-Type": "application/json"} | headers).items():
            if value is not None:
                self.send_header(name, value)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)


def _authorized(provider: Provider, uri: str) -> tuple[int, dict[str, str], str | None]:
    try:
        scopes, credentials = provider.server.validate_authorization_request(uri, "GET")
        if provider.faults.get("cancelled"):
            state = credentials["state"]
            back = f"{credentials['redirect_uri']}?error=access_denied&state={state}"
            return 302, {"Location": back}, None
        headers, body, status = provider.server.create_authorization_response(
            uri, "GET", scopes=scopes, credentials=credentials
        )
    except OAuth2Error as error:
        return 400, {}, error.json
    return status, headers, body


@contextmanager
def running() -> Iterator[Provider]:
    provider = Provider()
    server = ThreadingHTTPServer(("127.0.0.1", 0), type("Handling", (Handler,), {"provider": provider}))
    provider.issuer = f"http://127.0.0.1:{server.server_port}"
    before = os.environ.get("OAUTHLIB_INSECURE_TRANSPORT")
    os.environ["OAUTHLIB_INSECURE_TRANSPORT"] = "1"  # HTTP, on loopback
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    try:
        yield provider
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
        if before is None:
            del os.environ["OAUTHLIB_INSECURE_TRANSPORT"]
