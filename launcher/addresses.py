"""What the launcher prints when everything runs: where to look and what to try."""

import secrets as randomness
from dataclasses import dataclass

from launcher.settings import HOST, LocalSecrets, Ports


@dataclass(frozen=True, slots=True)
class Login:
    """A demo sign-in for the desk that is good for this run only."""

    username: str
    password: str


def describe_addresses(ports: Ports, secrets: LocalSecrets, login: Login, seconds: float) -> str:
    """The addresses and a curl line that submits a referral."""
    site = f"http://{HOST}:{ports.site}"
    api = f"http://{HOST}:{ports.referral_api}"
    return f"""
Ready in {seconds:.0f} seconds.

  Site, Dutch      {site}/nl/
  Site, Arabic     {site}/ar/
  Chat             {site}/nl/chat
  Desk             http://{HOST}:{ports.desk}/   user {login.username}   password {login.password}
  API reference    {api}/v1/reference

  Submit a referral:
  curl -s {api}/v1/referrals -H 'Content-Type: application/json' \\
    -H 'Authorization: Bearer {secrets.site_token}' \\
    -H 'Idempotency-Key: {randomness.token_urlsafe(24)}' \\
    -d '{{"kind":"own","mode":"anonymous","needs":["shelter"],"language":"nl"}}'

Ctrl-C stops everything. Logs, store and keys of this local run are in ./var.
"""
