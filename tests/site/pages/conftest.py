"""A visitor whose requests for help go to a referral API and a bot in memory."""

from collections.abc import Iterator
from datetime import date

import pytest
from starlette.testclient import TestClient
from starlette.types import ASGIApp

from help_site.bot_client import BotLine, BotReply, FakeBotClient
from help_site.main import create_app
from help_site.referral_client import Conversation, InMemoryReferralClient, Message
from help_site.settings import Settings
from tests.site.conftest import Visitor
from tests.site.pages.form_filling import Walker

CODE = "1111222233334444"
DAY = date(2026, 11, 20)


@pytest.fixture(scope="session")
def neighbours() -> tuple[InMemoryReferralClient, FakeBotClient]:
    """Made once, with the website; every test starts from empty ones."""
    return InMemoryReferralClient(), FakeBotClient()


@pytest.fixture(scope="session")
def asking_app(
    settings: Settings, neighbours: tuple[InMemoryReferralClient, FakeBotClient]
) -> ASGIApp:
    """The website with those neighbours."""
    return create_app(settings, *neighbours)


@pytest.fixture
def referrals(neighbours: tuple[InMemoryReferralClient, FakeBotClient]) -> InMemoryReferralClient:
    """The referral API, with one referral that was answered."""
    api = neighbours[0]
    api.available = True
    api.submitted.clear()
    api.replied.clear()
    api.conversations.clear()
    api.conversations[CODE] = Conversation(
        status="offered",
        status_since=DAY,
        may_withdraw=True,
        messages=(
            Message.model_validate({"from": "desk", "text": "Hallo.\nHoe is het?", "day": DAY}),
            Message.model_validate({"from": "reporter", "text": "<b>goed</b>", "day": DAY}),
        ),
    )
    return api


@pytest.fixture
def bot(neighbours: tuple[InMemoryReferralClient, FakeBotClient]) -> FakeBotClient:
    """The bot; it says `menu` to what it was not told about."""
    bot = neighbours[1]
    bot.available = True
    bot.otherwise = BotReply(replies=(BotLine(answer="menu"),))
    bot.replies.clear()
    bot.heard.clear()
    bot.forgotten.clear()
    return bot


@pytest.fixture
def visitor(
    asking_app: ASGIApp, settings: Settings, referrals: InMemoryReferralClient, bot: FakeBotClient
) -> Iterator[Visitor]:
    """A visitor of the website with those neighbours."""
    with TestClient(asking_app) as client:
        yield Visitor(client, settings)


@pytest.fixture
def walker(visitor: Visitor) -> Walker:
    """Somebody who fills in forms without JavaScript."""
    return Walker(visitor)
