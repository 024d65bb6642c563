"""A form that another website sends in a visitor's name is refused."""

import pytest

from help_site.same_site import is_sent_from_own_page

HOSTS = frozenset({"infopunt.example", "127.0.0.1:8000"})


@pytest.mark.parametrize(
    "headers",
    [
        {"sec-fetch-site": "same-origin"},
        {"sec-fetch-site": "none"},
        {"sec-fetch-site": "same-origin", "origin": "null"},
        {"origin": "https://infopunt.example"},
        {"origin": "http://127.0.0.1:8000"},
        {"origin": "null"},
        {},
    ],
)
def test_our_own_pages_may_post(headers: dict[str, str]) -> None:
    assert is_sent_from_own_page(headers, HOSTS)


@pytest.mark.parametrize(
    "headers",
    [
        {"sec-fetch-site": "cross-site"},
        {"sec-fetch-site": "same-site"},
        {"sec-fetch-site": "cross-site", "origin": "https://infopunt.example"},
        {"sec-fetch-site": ""},
        {"origin": "https://evil.example"},
        {"origin": "https://infopunt.example.evil.example"},
        {"origin": "https://["},
    ],
)
def test_other_sites_may_not(headers: dict[str, str]) -> None:
    assert not is_sent_from_own_page(headers, HOSTS)
