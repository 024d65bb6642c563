"""One referral: read on record, answered, taken, closed; and the mark that never leaves."""

from uuid import UUID

import pytest
from sqlalchemy import select

from referral_api.domain.lifecycle import Status
from referral_api.persistence.tables import StaffLogRow
from referral_api.services.move_referral import move_referral, offer_referral
from referral_api.services.read_referrals import list_referrals
from tests.factories.api import Api
from tests.factories.referrals import make_consented_referral, make_key, make_referral
from tests.referral_api.desk.conftest import CSRF, FORM_KEY, Coordinator, text_of


def only_referral(api: Api) -> UUID:
    """The one referral in the store."""
    (line,) = list_referrals(api.workplace, api.desk)
    return line.id


def actions(api: Api) -> list[str]:
    """What the log says staff did."""
    with api.workplace.database.reading() as session:
        rows = session.scalars(select(StaffLogRow.action).order_by(StaffLogRow.sequence))
        return list(rows)


def messages(api: Api, code: str) -> list[tuple[str, str]]:
    """What the reporter reads with the code."""
    return [(one["from"], one["text"]) for one in api.open(code).json()["messages"]]


def test_opening_shows_what_the_person_wrote_and_stands_in_the_log(
    api: Api, signed_in: Coordinator
) -> None:
    api.submit(make_consented_referral())

    page = text_of(signed_in.get(f"/referrals/{only_referral(api)}"))

    assert "Zij hebben mijn paspoort." in page
    assert "06 12345678" in page
    assert "Vraag naar: Sam" in page
    assert "geen verblijfsvergunning" in page
    assert actions(api) == ["signed_in", "opened"]


def test_a_way_to_reach_the_person_that_is_not_safe_is_never_shown(
    api: Api, signed_in: Coordinator
) -> None:
    api.submit(make_consented_referral())

    page = signed_in.get(f"/referrals/{only_referral(api)}")

    assert "sam@example.org" not in page.text
    assert "niet veilig" in text_of(page)


def test_without_a_consent_for_the_police_the_mark_says_without_police(
    api: Api, signed_in: Coordinator
) -> None:
    api.submit()

    page = text_of(signed_in.get(f"/referrals/{only_referral(api)}"))

    assert "Zonder politie" in page


def test_a_consent_that_names_the_police_is_on_the_mark(api: Api, signed_in: Coordinator) -> None:
    api.submit(make_consented_referral(("intake-desk", "politie")))

    page = text_of(signed_in.get(f"/referrals/{only_referral(api)}"))

    assert "Zonder politie" not in page
    assert "De toestemming noemt: Politie. Verder niemand." in page


def test_the_road_is_explained_with_the_doors_that_stay_closed(
    api: Api, signed_in: Coordinator
) -> None:
    api.submit()

    page = text_of(signed_in.get(f"/referrals/{only_referral(api)}"))

    assert "Leest als eerste CoMensha" in page
    assert "Kun je daarna vragen FairWork" in page
    assert "Politie Kan bij politie komen" in page
    assert "CoMensha leest als eerste." in page


def test_an_answer_reaches_the_reporter_through_the_code(api: Api, signed_in: Coordinator) -> None:
    code = api.submit()["code"]

    response = signed_in.answers(only_referral(api), "Wij zoeken een plek. نحن هنا")

    assert response.status_code == 303
    assert messages(api, code) == [("desk", "Wij zoeken een plek. نحن هنا")]
    assert "Je antwoord is verstuurd" in text_of(signed_in.get(response.headers["location"]))


def test_the_same_form_sent_twice_is_one_answer(api: Api, signed_in: Coordinator) -> None:
    code = api.submit()["code"]
    path = f"/referrals/{only_referral(api)}"
    page = signed_in.get(path).text
    csrf, form_key = CSRF.search(page), FORM_KEY.search(page)
    assert csrf is not None
    assert form_key is not None
    fields = {"csrf": csrf[1], "form_key": form_key[1], "text": "Wij bellen u."}

    for _ in range(3):
        assert signed_in.post(f"{path}/answer", fields).status_code == 303

    assert messages(api, code) == [("desk", "Wij bellen u.")]


def test_what_the_reporter_writes_is_read_at_the_desk_and_then_not_new_any_more(
    api: Api, signed_in: Coordinator
) -> None:
    code = api.submit()["code"]
    api.post("/v1/conversations/_reply", {"code": code, "text": "Kan ik komen?"}, make_key())
    assert "1 nieuw bericht" in text_of(signed_in.get("/"))

    assert "Kan ik komen?" in text_of(signed_in.get(f"/referrals/{only_referral(api)}"))

    assert "nieuw bericht" not in text_of(signed_in.get("/"))


@pytest.mark.parametrize(
    ("text", "sentence"),
    [("", "Schrijf eerst een antwoord"), ("  \n", "Schrijf eerst"), ("a" * 2001, "te lang")],
)
def test_a_wrong_answer_is_explained_and_stays_on_the_page(
    api: Api, signed_in: Coordinator, text: str, sentence: str
) -> None:
    code = api.submit()["code"]

    response = signed_in.answers(only_referral(api), text)

    assert response.status_code == 400
    assert sentence in text_of(response)
    assert text in response.text
    assert messages(api, code) == []


def test_words_of_a_reporter_are_words_and_never_html(api: Api, signed_in: Coordinator) -> None:
    api.submit(make_referral(story="<script>alert(1)</script><h1>x"))

    page = signed_in.get(f"/referrals/{only_referral(api)}")

    assert "&lt;script&gt;" in page.text


def test_taking_and_closing_move_the_referral_and_the_reporter_sees_it(
    api: Api, signed_in: Coordinator
) -> None:
    code = api.submit()["code"]
    path = f"/referrals/{only_referral(api)}/move"

    seen: list[str] = []
    for wanted in ("accepted", "helped", "closed"):
        assert signed_in.sends(path, {"to": wanted}).status_code == 303
        seen.append(api.open(code).json()["status"])

    assert seen == ["accepted", "helped", "closed"]
    assert actions(api)[-1] == "closed"


@pytest.mark.parametrize("wanted", ["withdrawn", "offered", "received", "", "nonsense"])
def test_a_step_that_does_not_exist_here_is_refused(
    api: Api, signed_in: Coordinator, wanted: str
) -> None:
    api.submit()

    response = signed_in.sends(f"/referrals/{only_referral(api)}/move", {"to": wanted})

    assert response.status_code == 400
    assert "Deze stap kan nu niet" in text_of(response)


def test_a_step_that_a_colleague_made_impossible_is_explained(
    api: Api, signed_in: Coordinator
) -> None:
    api.submit()
    referral = only_referral(api)
    move_referral(api.workplace, api.desk, referral, Status.CLOSED)

    response = signed_in.sends(f"/referrals/{referral}/move", {"to": "accepted"})

    assert response.status_code == 409
    assert "Misschien deed een collega al iets" in text_of(response)


def test_what_was_withdrawn_cannot_be_read_or_answered(api: Api, signed_in: Coordinator) -> None:
    code = api.submit()["code"]
    referral = only_referral(api)
    page = signed_in.get(f"/referrals/{referral}").text
    form_key = FORM_KEY.search(page)
    assert form_key is not None
    api.post("/v1/conversations/_withdraw", {"code": code})

    after = signed_in.get(f"/referrals/{referral}")
    answer = signed_in.sends(
        f"/referrals/{referral}/answer", {"text": "Hallo", "form_key": form_key[1]}
    )

    assert "De inhoud is vernietigd" in text_of(after)
    assert "Zij hebben mijn paspoort." not in after.text
    assert "Verstuur antwoord" not in text_of(after)
    assert answer.status_code == 400
    assert "ingetrokken" in text_of(answer)


def test_whom_it_is_offered_to_reads_it_and_can_take_it(api: Api, coordinator: Coordinator) -> None:
    api.submit()
    referral = only_referral(api)
    api.staff_of("fairwork")
    offer_referral(api.workplace, api.desk, referral, "fairwork")
    coordinator.signs_in("fairwork-1")

    page = text_of(coordinator.get(f"/referrals/{referral}"))
    taken = coordinator.sends(f"/referrals/{referral}/move", {"to": "accepted"})

    assert "Zij hebben mijn paspoort." in page
    assert taken.status_code == 303
    (line,) = list_referrals(api.workplace, api.desk)
    assert line.owner == "fairwork"


def test_while_it_is_on_offer_the_desk_has_no_button_that_would_fail(
    api: Api, signed_in: Coordinator
) -> None:
    api.submit()
    referral = only_referral(api)
    api.staff_of("fairwork")
    offer_referral(api.workplace, api.desk, referral, "fairwork")

    assert "Wat je kunt doen" not in text_of(signed_in.get(f"/referrals/{referral}"))
