"""The people of the journeys: a visitor with a phone and a coordinator at the desk."""

import re
from collections.abc import Callable
from dataclasses import dataclass

from playwright.sync_api import Page, expect

from launcher.addresses import Login

Say = Callable[[str], str]
CODE = re.compile(r"(?:\d{4}\s){3}\d{4}")
EASTERN_DIGITS = str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩")


@dataclass(slots=True)
class Visitor:
    """Somebody on a small phone. `say` turns Dutch words of the site into their language."""

    page: Page
    site: str
    language: str
    say: Say

    def visits_home(self) -> None:
        self.page.goto(f"{self.site}/{self.language}/")
        expect(self.page.locator("html")).to_have_attribute("lang", self.language)

    def opens_the_first_door(self) -> None:
        self.page.get_by_role("link", name=self.say("Ik heb hulp nodig")).first.click()

    def reads(self, card: str) -> None:
        self.page.locator(f"main a[href$='/p/{card}']").first.click()
        expect(self.page.locator("h1")).to_be_visible()

    def opens_the_chat(self) -> None:
        self.page.locator("footer").get_by_role("link", name=self.say("Stel een vraag")).click()
        expect(self.page.get_by_role("log")).to_be_visible()

    def types_in_the_chat(self, text: str) -> None:
        self.page.get_by_label(self.say("Jouw vraag")).fill(text)
        before = self.lines_in_the_chat()
        self.presses(self.say("Verstuur"))
        expect(self.page.locator("#log li.turn")).not_to_have_count(before)
        expect(self.page.get_by_label(self.say("Jouw vraag"))).to_have_value("")

    def chooses_in_the_chat(self, dutch_label: str) -> None:
        before = self.lines_in_the_chat()
        self.page.locator("#controls").get_by_role(
            "button", name=self.say(dutch_label), exact=True
        ).click()
        expect(self.page.locator("#log li.turn")).not_to_have_count(before)

    def lines_in_the_chat(self) -> int:
        return self.page.locator("#log li.turn").count()

    def presses(self, label: str) -> None:
        self.page.locator("main").get_by_role("button", name=label, exact=True).click()

    def looks_at_the_check_page(self) -> None:
        self.presses(self.say("Bekijk en verstuur"))
        expect(self.page.locator("h1")).to_have_text(self.say("Kijk alles na"))

    def sends(self) -> str:
        self.presses(self.say("Verstuur"))
        expect(self.page.locator("h1")).to_have_text(self.say("Je vraag is verstuurd"))
        code = CODE.search(self.page.locator(".code").inner_text())
        assert code is not None
        return code.group()

    def asks_for_help_by_form(self, dutch_need: str, story: str) -> str:
        """All four screens of the form, without a name; the code."""
        self.page.goto(f"{self.site}/{self.language}/ask")
        self.presses(self.say("Begin"))
        self.page.get_by_label(self.say(dutch_need)).check()
        self.presses(self.say("Verder"))
        self.presses(self.say("Verder"))
        self.page.get_by_label(self.say("Wil je er iets over vertellen?")).fill(story)
        self.presses(self.say("Verder"))
        self.page.get_by_label(self.say("Zonder naam, met een code")).check()
        self.presses(self.say("Verder"))
        expect(self.page.locator("h1")).to_have_text(self.say("Kijk alles na"))
        return self.sends()

    def opens_with_code(self, code: str) -> None:
        self.page.goto(f"{self.site}/{self.language}/code")
        typed = code.translate(EASTERN_DIGITS) if self.language == "ar" else code
        self.page.get_by_label(self.say("Je code van 16 cijfers")).fill(typed)
        self.presses(self.say("Lees het antwoord"))

    def reads_answer(self) -> str:
        return self.page.locator(".turn-them .own").last.inner_text()

    def writes_back(self, text: str) -> None:
        self.page.get_by_label(self.say("Schrijf iets terug")).fill(text)
        self.presses(self.say("Verstuur bericht"))
        expect(self.page.get_by_role("status")).to_contain_text(
            self.say("Je bericht is verstuurd.")
        )


@dataclass(slots=True)
class Coordinator:
    """Somebody who works at the desk, in Dutch."""

    page: Page
    desk: str

    def signs_in(self, login: Login) -> None:
        self.page.goto(self.desk)
        self.page.get_by_label("Gebruikersnaam").fill(login.username)
        self.page.get_by_label("Wachtwoord").fill(login.password)
        self.page.get_by_role("button", name="Aanmelden").click()
        expect(self.page.locator("h1")).to_have_text("Hulpvragen")

    def opens_the_referral_about(self, need: str) -> None:
        self.page.get_by_role("link", name=need, exact=True).click()
        expect(self.page.get_by_label("Antwoord aan de melder")).to_be_visible()

    def answers(self, text: str) -> None:
        self.page.get_by_label("Antwoord aan de melder").fill(text)
        self.page.get_by_role("button", name="Verstuur antwoord").click()
        expect(self.page.locator("main")).to_contain_text("Je antwoord is verstuurd.")

    def signs_out(self) -> None:
        self.page.get_by_role("button", name="Afmelden").click()
        expect(self.page.locator("h1")).to_have_text("Aanmelden")
