"""Coming back with a code: the answer, a message back, and taking the request back."""

import pytest

from help_site.languages import LANGUAGES
from help_site.referral_client import InMemoryReferralClient
from tests.site.conftest import Visitor
from tests.site.page_checks import attributes
from tests.site.pages.conftest import CODE
from tests.site.pages.form_filling import Walker

TAGS = [language.tag for language in LANGUAGES]
GROUPED = "1111 2222 3333 4444"


def open_with(walker: Walker, typed: str = GROUPED, tag: str = "nl", status: int = 200) -> None:
    walker.opens(f"/{tag}/code")
    walker.fills(code=typed).presses("open", status=status)


def messages(walker: Walker) -> list[str]:
    return [turn.to_text() for turn in walker.page.tree.query(".talk .own")]


@pytest.mark.parametrize("tag", TAGS)
@pytest.mark.parametrize(
    "typed", [GROUPED, "1111222233334444", "1111-2222-3333-4444", "١١١١ ٢٢٢٢ ٣٣٣٣ ٤٤٤٤"]
)
def test_a_code_in_any_script_opens_the_answer(walker: Walker, tag: str, typed: str) -> None:
    open_with(walker, typed, tag)

    assert messages(walker) == ["Hallo.\nHoe is het?", "<b>goed</b>"]
    assert walker.page.tree.query(".talk b") == []


def test_nul_and_direction_signs_in_a_code_are_ignored(visitor: Visitor) -> None:
    page = visitor.sends("/nl/code", {"go": "open", "code": "\u202e1111\x002222 33334444"})

    assert page.tree.query(".talk")


@pytest.mark.parametrize("typed", ["", "123", "11112222333344445", "abc"])
def test_a_code_of_another_length_is_told_and_kept(walker: Walker, typed: str) -> None:
    open_with(walker, typed)

    assert walker.page.tree.query('#problems a[href="#q-code"]')
    assert walker.value("code") == typed


def test_an_unknown_code_asks_to_check_the_numbers_and_keeps_them(walker: Walker) -> None:
    open_with(walker, "9999 9999 9999 9999")

    assert walker.page.tree.query("#q-code-problem")
    assert walker.value("code") == "9999 9999 9999 9999"


def test_a_message_is_sent_once_however_often_it_is_pressed(
    walker: Walker, referrals: InMemoryReferralClient
) -> None:
    open_with(walker)
    walker.fills(text="Ik ben er nog.")
    before = walker.page
    walker.presses("reply")
    walker.page = before
    walker.fills(text="Ik ben er nog.").presses("reply")

    assert [m.text for m in referrals.conversations[CODE].messages][2:] == ["Ik ben er nog."]
    assert walker.value("text") == ""


def test_the_next_message_may_have_the_same_words(
    walker: Walker, referrals: InMemoryReferralClient
) -> None:
    open_with(walker)
    walker.fills(text="Hallo?").presses("reply")
    walker.fills(text="Hallo?").presses("reply")

    assert [m.text for m in referrals.conversations[CODE].messages][2:] == ["Hallo?", "Hallo?"]


@pytest.mark.parametrize("text", ["", "x" * 2001])
def test_a_message_that_cannot_be_sent_stays_in_the_field(walker: Walker, text: str) -> None:
    open_with(walker)
    walker.fills(text=text).presses("reply")

    assert walker.page.tree.query("#q-text-problem")
    assert walker.value("text") == text


def test_another_language_keeps_the_code_and_what_was_written(walker: Walker) -> None:
    open_with(walker)
    walker.fills(text="half").switches_to("ar")

    assert walker.value("code") == CODE
    assert walker.value("text") == "half"
    assert len(messages(walker)) == 2


@pytest.mark.parametrize("typed", [GROUPED, "12"])
def test_another_language_keeps_a_code_that_is_only_half_typed(
    visitor: Visitor, typed: str
) -> None:
    page = visitor.sends("/ar/code", {"go": "stay", "at": "entry", "code": typed})

    assert attributes(page.tree.query("#q-code")[0])["value"] == typed
    assert page.tree.query("#problems") == []


def test_taking_back_is_asked_once_more_and_then_done(
    walker: Walker, referrals: InMemoryReferralClient
) -> None:
    open_with(walker)
    walker.presses("withdraw")
    assert referrals.conversations[CODE].status == "offered"

    walker.switches_to("ar")
    walker.presses("withdraw-now")

    assert referrals.conversations[CODE].status == "withdrawn"


def test_after_taking_back_nothing_is_promised_any_more(
    walker: Walker, referrals: InMemoryReferralClient
) -> None:
    kept = referrals.conversations[CODE]
    gone = {"status": "withdrawn", "messages": (), "may_withdraw": False}
    referrals.conversations[CODE] = kept.model_copy(update=gone)
    open_with(walker)

    assert walker.page.tree.query("#messages, textarea, button[value=withdraw]") == []


def test_who_thinks_again_goes_back_to_the_answer(
    walker: Walker, referrals: InMemoryReferralClient
) -> None:
    open_with(walker)
    walker.presses("withdraw")
    walker.presses("open")

    assert referrals.conversations[CODE].status == "offered"
    assert len(messages(walker)) == 2


def test_with_the_api_down_the_code_stays_and_numbers_are_shown(
    walker: Walker, referrals: InMemoryReferralClient
) -> None:
    referrals.available = False
    open_with(walker, status=503)

    assert walker.value("code") == GROUPED
    assert walker.page.tree.query('#problems a[href="tel:112"]')


def test_with_the_api_down_a_message_stays_and_can_be_sent_later(
    walker: Walker, referrals: InMemoryReferralClient
) -> None:
    open_with(walker)
    referrals.available = False
    walker.fills(text="belangrijk").presses("reply", status=503)
    assert walker.value("text") == "belangrijk"

    referrals.available = True
    walker.presses("reply")

    assert referrals.conversations[CODE].messages[-1].text == "belangrijk"


def test_a_message_to_a_request_that_was_taken_back_is_told_and_not_lost(
    walker: Walker, referrals: InMemoryReferralClient
) -> None:
    open_with(walker)
    kept = referrals.conversations[CODE]
    referrals.conversations[CODE] = kept.model_copy(update={"status": "withdrawn", "messages": ()})

    walker.fills(text="ben ik te laat").presses("reply")

    assert messages(walker) == []
    assert "ben ik te laat" in walker.page.tree.query("[role=alert]")[0].to_text()
    assert walker.page.tree.query("[role=alert] a[href='/nl/ask']")


def test_another_site_cannot_take_a_request_back(
    visitor: Visitor, referrals: InMemoryReferralClient
) -> None:
    visitor.client.headers["Sec-Fetch-Site"] = "cross-site"

    page = visitor.sends("/nl/code", {"go": "withdraw-now", "code": CODE}, status=403)

    assert "Wij hebben niets ontvangen" in page.tree.query("#problems")[0].to_text()
    assert referrals.conversations[CODE].status == "offered"


def test_every_status_has_kind_words(walker: Walker, referrals: InMemoryReferralClient) -> None:
    seen: set[str] = set()
    for status in ("received", "offered", "accepted", "helped", "closed", "declined", "new-one"):
        kept = referrals.conversations[CODE]
        referrals.conversations[CODE] = kept.model_copy(update={"status": status})
        open_with(walker)
        seen.add(walker.page.tree.query('section[aria-labelledby="status"] p')[0].to_text())

    assert len(seen) == 7
    assert not any("declined" in words or "afgewezen" in words for words in seen)
