"""What the form, the code page and the chat need: the two neighbours, and the words of the bot."""

from dataclasses import dataclass
from urllib.parse import urlsplit

from starlette.requests import Request

from help_site.bot_answers import BotAnswers, load_bot_answers
from help_site.bot_client import BotClient, HttpBotClient, MenuBotClient
from help_site.danger import DangerWords, load_danger_words
from help_site.form_lists import FormLists, create_form_lists
from help_site.referral_client import HttpReferralClient, ReferralClient
from help_site.same_site import is_sent_from_own_page
from help_site.website import Website


@dataclass(frozen=True, slots=True)
class VisitorServices:
    """One of each for the whole process; `menu` answers when `bot` does not."""

    referrals: ReferralClient
    bot: BotClient
    menu: MenuBotClient
    answers: BotAnswers
    danger: DangerWords
    lists: FormLists
    public_host: str

    async def close(self) -> None:
        """Closes the connections to the neighbours."""
        await self.referrals.close()
        await self.bot.close()

    def trusts(self, request: Request) -> bool:
        """Whether a POST comes from one of our own pages."""
        hosts = {self.public_host, request.headers.get("host", "").lower()} - {""}
        return is_sent_from_own_page(request.headers, frozenset(hosts))


def create_services(
    website: Website, referrals: ReferralClient | None = None, bot: BotClient | None = None
) -> VisitorServices:
    """Reads the word lists and makes the HTTP clients, except those that are handed in."""
    settings = website.settings
    answers = load_bot_answers(settings.content_dir)
    regions = {region.id: region.name for region in website.directory.regions.values()}
    return VisitorServices(
        referrals=referrals
        or HttpReferralClient(settings.referral_api_url, settings.referral_api_token),
        bot=bot or HttpBotClient(settings.bot_url, settings.bot_token),
        menu=MenuBotClient(answers),
        answers=answers,
        danger=load_danger_words(settings.content_dir / "danger"),
        lists=create_form_lists(regions),
        public_host=urlsplit(settings.public_url).netloc.lower(),
    )


def services_of(request: Request) -> VisitorServices:
    """The services of the website that this request is for."""
    services: VisitorServices = request.app.state.services
    return services
