"""Asking for help: nothing is sent that was not shown, and nothing typed is lost."""

import re
from urllib.parse import urlencode

import pytest

from help_site.languages import LANGUAGES
from help_site.referral_client import ApiError, InMemoryReferralClient, Receipt, ReferralRefused
from tests.site.conftest import Visitor
from tests.site.page_checks import attributes
from tests.site.pages.form_filling import Walker

TAGS = [language.tag for language in LANGUAGES]


def walk_to_check(walker: Walker, tag: str = "nl", **last: str) -> None:
    walker.opens(f"/{tag}/ask")
    walker.presses("begin")
    walker.fills(safeNow="yes", needs=("shelter", "talk")).presses("next")
    walker.fills(exploitation=("ForcedLabour",), ageBand="21-23").presses("next")
    walker.fills(story="Een regel.\n<script>twee</script>").presses("next")
    walker.fills(**last).presses("next")


def screen_of(walker: Walker) -> str:
    return walker.value("screen")


def code_on(walker: Walker) -> str:
    return walker.page.tree.query(".code bdi")[0].to_text()


@pytest.mark.parametrize("tag", TAGS)
def test_four_screens_lead_to_a_code(
    walker: Walker, referrals: InMemoryReferralClient, tag: str
) -> None:
    walk_to_check(walker, tag, police="no")
    assert screen_of(walker) == "check"
    assert referrals.submitted == {}

    walker.presses("send")

    assert re.fullmatch(r"\d{4} \d{4} \d{4} \d{4}", code_on(walker))
    (payload,) = referrals.submitted.values()
    assert payload == {
        "kind": "own",
        "mode": "anonymous",
        "safeNow": "yes",
        "needs": ["shelter", "talk"],
        "exploitation": ["ForcedLabour"],
        "ageBand": "21-23",
        "language": tag,
        "story": "Een regel.\n<script>twee</script>",
        "police": "no",
    }


def test_one_need_is_enough(walker: Walker, referrals: InMemoryReferralClient) -> None:
    walker.opens("/nl/ask")
    walker.presses("begin")
    walker.fills(needs=("other",)).presses("next")
    for _ in range(3):
        walker.presses("next")
    walker.presses("send")

    assert list(referrals.submitted.values()) == [
        {"kind": "own", "mode": "anonymous", "needs": ["other"], "language": "nl"}
    ]


def test_a_screen_with_a_mistake_comes_back_with_every_answer(walker: Walker) -> None:
    walker.opens("/nl/ask")
    walker.presses("begin")
    walker.fills(safeNow="unsure").presses("next")

    assert screen_of(walker) == "safety"
    assert walker.value("safeNow") == "unsure"
    summary = walker.page.tree.query("#problems")[0]
    assert "autofocus" in attributes(summary)
    assert summary.query('a[href="#q-needs"]')
    assert walker.page.tree.query('fieldset[aria-describedby~="q-needs-problem"]')


def test_who_is_in_danger_sees_112_first_and_can_go_on(walker: Walker) -> None:
    walker.opens("/nl/ask")
    walker.presses("begin")
    walker.fills(safeNow="no", needs=("safety",)).presses("next")

    assert walker.page.tree.query('main a.button[href="tel:112"]')
    walker.presses("next")
    assert screen_of(walker) == "situation"
    assert walker.value("safeNow") == "no"


@pytest.mark.parametrize("tag", ["ar", "en"])
def test_another_language_in_the_middle_keeps_what_was_typed(walker: Walker, tag: str) -> None:
    walker.opens("/nl/ask")
    walker.presses("begin")
    walker.fills(safeNow="yes", needs=("shelter", "money")).presses("next")
    walker.fills(exploitation=("Servitude",)).presses("next")
    walker.fills(story="  regel één\n\nregel drie")

    found = walker.page.tree.query(f'.languages button[formaction="/{tag}/ask"]')
    assert found
    assert "aria-current" not in attributes(found[0])
    walker.switches_to(tag)

    assert screen_of(walker) == "place"
    assert walker.value("story") == "regel één\n\nregel drie"
    assert walker.values("needs") == ["shelter", "money"]
    assert walker.values("exploitation") == ["Servitude"]
    assert walker.page.tree.query("#problems") == []


def test_back_through_all_screens_and_forward_again_loses_nothing(walker: Walker) -> None:
    walk_to_check(walker, police="ask_me_first")
    before = sorted(walker.values("needs") + walker.values("story") + walker.values("police"))
    for _ in range(5):
        walker.presses("back")
    assert screen_of(walker) == "start"

    walker.presses("begin")
    for _ in range(4):
        walker.presses("next")

    assert screen_of(walker) == "check"
    after = sorted(walker.values("needs") + walker.values("story") + walker.values("police"))
    assert after == before


def test_every_answer_on_the_check_page_can_be_changed(walker: Walker) -> None:
    walk_to_check(walker)
    walker.presses("change:safety:needs")
    assert walker.page.tree.query("#q-needs[autofocus]")

    walker.fills(needs=("work",)).presses("next")

    assert screen_of(walker) == "check"
    assert walker.values("needs") == ["work"]


def test_the_check_page_shows_everything_that_will_be_sent(walker: Walker) -> None:
    walk_to_check(walker, mode="anonymous")

    rows = walker.page.tree.query("dl")[0].to_text()
    for words in ("Een veilige plek om te slapen", "Met iemand praten", "<script>twee</script>"):
        assert words in rows
    assert "21 tot en met 23 jaar" in rows
    assert walker.page.tree.query("script:not([src])") == []


def test_a_number_in_the_story_gives_a_remark_and_does_not_block(
    walker: Walker, referrals: InMemoryReferralClient
) -> None:
    walk_to_check(walker)
    walker.presses("change:place:story")
    walker.fills(story="mijn bsn is 111222333 en bel 0612345678").presses("next")

    assert "burgerservicenummer" in walker.page.text
    walker.presses("send")
    assert len(referrals.submitted) == 1


def test_to_be_called_a_person_must_tick_the_consent(
    walker: Walker, referrals: InMemoryReferralClient
) -> None:
    walk_to_check(
        walker,
        mode="consented",
        contactChannel="phone",
        contactValue="٠٦ ١٢٣٤٥٦٧٨",
        contactSafe="yes",
        givenBy="self",
    )
    consent = walker.page.tree.query("#q-consent")[0]
    assert "checked" not in attributes(consent)
    assert "06 12345678" in walker.page.text

    walker.presses("send")
    assert referrals.submitted == {}
    assert walker.page.tree.query('#problems a[href="#q-consent"]')

    walker.fills(consent="yes").presses("send")
    (payload,) = referrals.submitted.values()
    assert payload["mode"] == "consented"
    assert "contact" in payload
    assert "consent" in payload


def test_who_changes_to_no_name_sends_no_contact(
    walker: Walker, referrals: InMemoryReferralClient
) -> None:
    walk_to_check(
        walker,
        mode="consented",
        contactChannel="email",
        contactValue="a@b.nl",
        contactSafe="yes",
        givenBy="self",
    )
    walker.presses("change:contact:mode")
    walker.fills(mode="anonymous").presses("next")
    assert "a@b.nl" not in walker.page.text

    walker.presses("send")

    (payload,) = referrals.submitted.values()
    assert not {"contact", "consent"} & set(payload)


def test_with_the_api_down_everything_stays_and_numbers_are_shown(
    walker: Walker, referrals: InMemoryReferralClient
) -> None:
    walk_to_check(walker)
    referrals.available = False
    walker.presses("send", status=503)

    assert screen_of(walker) == "check"
    assert walker.page.tree.query('#problems a[href="tel:112"]')
    assert walker.values("needs") == ["shelter", "talk"]

    referrals.available = True
    walker.presses("send")
    assert code_on(walker)


def test_the_same_form_sent_twice_shows_the_same_code(
    walker: Walker, referrals: InMemoryReferralClient
) -> None:
    walk_to_check(walker)
    check_page = walker.page

    walker.presses("send")
    first = code_on(walker)
    walker.page = check_page
    walker.presses("send")

    assert code_on(walker) == first
    assert len(referrals.submitted) == 1


def test_a_form_sent_again_from_another_language_shows_the_same_code(
    walker: Walker, referrals: InMemoryReferralClient
) -> None:
    walk_to_check(walker)
    check_page = walker.page
    walker.presses("send")
    first = code_on(walker)
    walker.page = check_page

    walker.switches_to("ar")
    walker.presses("send")

    assert code_on(walker) == first
    assert len(referrals.submitted) == 1


def test_a_form_sent_again_after_it_was_taken_back_says_so_and_can_become_a_new_request(
    walker: Walker, referrals: InMemoryReferralClient
) -> None:
    walk_to_check(walker)
    check_page = walker.page
    walker.presses("send")
    first = code_on(walker)
    digits = list(referrals.conversations)[-1]
    referrals.conversations[digits] = referrals.conversations[digits].model_copy(
        update={"status": "withdrawn"}
    )
    walker.page = check_page

    walker.presses("send")
    assert screen_of(walker) == "check"
    walker.presses("send")

    assert code_on(walker) != first
    assert len(referrals.submitted) == 2


def test_an_answer_the_api_refuses_is_shown_at_its_question(
    walker: Walker, referrals: InMemoryReferralClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def refuse(*_: object) -> Receipt:
        raise ReferralRefused((ApiError(pointer="/story", code="invalid"),))

    monkeypatch.setattr(InMemoryReferralClient, "submit", refuse)
    walk_to_check(walker)
    walker.presses("send")

    assert screen_of(walker) == "place"
    assert walker.page.tree.query('#problems a[href="#q-story"]')


def test_the_last_four_digits_can_be_checked_once(walker: Walker) -> None:
    walk_to_check(walker)
    walker.presses("send")
    code = code_on(walker)

    walker.fills(lastFour="0000").presses("confirm")
    assert walker.page.tree.query("#last-four-result.wrong")
    walker.fills(lastFour="٣٤٥٦").presses("confirm")

    assert walker.page.tree.query("#last-four-result.right")
    assert code_on(walker) == code


def test_the_code_is_in_no_address_and_no_header(walker: Walker) -> None:
    walk_to_check(walker)
    walker.presses("send")
    digits = code_on(walker).replace(" ", "")

    assert digits not in str(walker.page.response.url)
    assert digits not in str(walker.page.response.headers)
    assert walker.page.response.history == []
    assert not [link for link in walker.page.links() if digits in link]


def test_a_megabyte_in_a_field_comes_back_whole_with_a_kind_word(visitor: Visitor) -> None:
    story = "a" * 1_000_000
    page = visitor.sends("/nl/ask", {"screen": "place", "go": "next", "story": story})

    assert "1000000" in page.text
    assert page.tree.query("textarea")[0].to_text() == story


def test_far_more_than_that_is_refused_kindly(visitor: Visitor) -> None:
    page = visitor.sends("/nl/ask", {"story": "a" * 2_100_000}, status=413)

    assert page.tree.query("h1")


@pytest.mark.parametrize(
    "body",
    [b"", b"%00=%00", b"story=%FF%FE&go=next&screen=place", b"go=change:%00", b"\xff\xfe=1", b"&&"],
)
def test_no_bytes_make_an_error_page(visitor: Visitor, body: bytes) -> None:
    headers = {"Content-Type": "application/x-www-form-urlencoded"}

    visitor.checked(visitor.client.post("/nl/ask", content=body, headers=headers), "/nl/ask", 200)


def test_a_form_of_another_type_is_an_empty_form(visitor: Visitor) -> None:
    answer = visitor.client.post("/nl/ask", files={"story": b"x"}, data={"go": "next"})

    visitor.checked(answer, "/nl/ask", 200)


def test_nul_and_direction_signs_never_reach_the_page_or_the_api(
    visitor: Visitor, referrals: InMemoryReferralClient
) -> None:
    fields = {"screen": "check", "go": "send", "needs": "talk", "story": "a\x00\u202eb"}

    visitor.sends("/nl/ask", fields)

    assert next(iter(referrals.submitted.values()))["story"] == "ab"


def test_another_site_cannot_send_in_a_visitors_name(
    visitor: Visitor, referrals: InMemoryReferralClient
) -> None:
    body = urlencode({"screen": "check", "go": "send", "needs": "talk"}).encode()
    headers = {
        "Content-Type": "application/x-www-form-urlencoded",
        "Sec-Fetch-Site": "cross-site",
    }

    answer = visitor.client.post("/nl/ask", content=body, headers=headers)

    visitor.checked(answer, "/nl/ask", 403)
    assert referrals.submitted == {}
