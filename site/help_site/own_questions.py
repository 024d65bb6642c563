"""The questions to somebody who asks for help for themself, in the order of the form."""

from help_site.question import ADDRESS_LENGTH, STORY_LENGTH, Option, Question, Screen
from help_site.translatable import N_

YES_NO = (Option("yes", N_("Ja")), Option("no", N_("Nee")))
# One wording for every "I'd rather not say", so that it never sounds like an accusation.
NOT_SAID = N_("Ik weet het niet, of ik zeg het liever niet")
DONT_KNOW = N_("Ik weet het niet")

SAFE_NOW = Question(
    "safeNow",
    "one",
    N_("Ben je nu veilig?"),
    N_("Zo weten wij hoe snel iemand moet lezen wat je schrijft."),
    (
        Option("yes", N_("Ja, ik ben nu veilig")),
        Option("no", N_("Nee, ik ben nu in gevaar")),
        Option("unsure", DONT_KNOW),
    ),
)
NEEDS = Question(
    "needs",
    "many",
    N_("Welke hulp wil je?"),
    N_("Je mag meer dan één ding kiezen. Kies er minstens één."),
    (
        Option("shelter", N_("Een veilige plek om te slapen")),
        Option("safety", N_("Hulp om veilig te zijn")),
        Option("medical", N_("Een dokter")),
        Option("mental", N_("Hulp bij angst, verdriet of stress")),
        Option("legal", N_("Een advocaat")),
        Option("residence", N_("Hulp om in Nederland te mogen blijven")),
        Option("money", N_("Hulp met geld, of loon dat ik nog krijg")),
        Option("work", N_("Hulp met werk")),
        Option("documents", N_("Mijn paspoort of papieren terug")),
        Option("children", N_("Hulp voor mijn kinderen")),
        Option("return", N_("Terug naar mijn land")),
        Option("talk", N_("Met iemand praten")),
        Option("other", N_("Iets anders")),
    ),
    skippable=False,
)
EXPLOITATION = Question(
    "exploitation",
    "many",
    N_("Wat gebeurt er?"),
    N_("Je mag meer dan één ding kiezen. Je hoeft het niet zeker te weten."),
    (
        Option("ForcedLabour", N_("Ik moet werken en ik ben niet vrij")),
        Option("SexualExploitation", N_("Iemand dwingt mij tot seks of sekswerk")),
        Option("Servitude", N_("Ik werk in een huis en ik mag niet weg")),
        Option("ForcedCriminality", N_("Ik moet dingen doen die niet mogen, zoals stelen")),
        Option("ForcedMarriage", N_("Ik moet trouwen, of ik moest trouwen")),
        Option("ForcedBegging", N_("Ik moet op straat om geld vragen")),
        Option("ChildLabour", N_("Een kind moet werken")),
        Option("OrganRemoval", N_("Iemand wil een orgaan van mij, zoals een nier")),
        Option("ForcedAdoption", N_("Ik moet mijn kind weggeven")),
        Option("Surrogacy", N_("Ik moet een baby krijgen voor iemand anders")),
        Option("ForcedMilitaryByNonStateActors", N_("Ik moet vechten voor een groep")),
        Option("Other", N_("Iets anders")),
        Option("unknown", DONT_KNOW),
    ),
)
STILL_IN_SITUATION = Question(
    "stillInSituation",
    "one",
    N_("Gebeurt het nu nog?"),
    options=(
        Option("yes", N_("Ja, het gebeurt nog")),
        Option("no", N_("Nee, het is voorbij")),
        Option("unsure", DONT_KNOW),
    ),
)
AGE_BAND = Question(
    "ageBand",
    "list",
    N_("Hoe oud ben je?"),
    N_("Voor jongeren onder de 18 jaar is er andere hulp. Daarom vragen wij dit."),
    (
        Option("0-8", N_("8 jaar of jonger")),
        Option("9-17", N_("9 tot en met 17 jaar")),
        Option("18-20", N_("18 tot en met 20 jaar")),
        Option("21-23", N_("21 tot en met 23 jaar")),
        Option("24-26", N_("24 tot en met 26 jaar")),
        Option("27-29", N_("27 tot en met 29 jaar")),
        Option("30-38", N_("30 tot en met 38 jaar")),
        Option("39-47", N_("39 tot en met 47 jaar")),
        Option("48+", N_("48 jaar of ouder")),
        Option("unknown", NOT_SAID),
    ),
)
RESIDENCE = Question(
    "residence",
    "one",
    N_("Welk paspoort of welke papieren heb je?"),
    N_("Sommige hulp hangt af van je papieren. Alleen daarom vragen wij dit."),
    (
        Option("nl_or_eu", N_("Een paspoort van Nederland of van een ander land in de EU")),
        Option("permit", N_("Een verblijfsvergunning")),
        Option("asylum", N_("Ik heb asiel gevraagd")),
        Option("no_permit", N_("Ik heb geen verblijfsvergunning")),
        Option("unknown", NOT_SAID),
    ),
)
REGION = Question(
    "region",
    "list",
    N_("In welk deel van Nederland ben je?"),
    N_("Zo vinden wij hulp in de buurt. Wij vragen geen adres."),
    (Option("unknown", NOT_SAID),),
    source="regions",
)
LANGUAGE = Question(
    "language",
    "list",
    N_("In welke taal wil je antwoord?"),
    N_("Staat je taal er niet bij? Kies dan een taal die je goed kent."),
    source="languages",
    skippable=False,
)
INTERPRETER = Question(
    "interpreter",
    "one",
    N_("Wil je een tolk als je met iemand praat?"),
    N_("Een tolk vertaalt wat jullie zeggen."),
    YES_NO,
)
STORY = Question(
    "story",
    "text",
    N_("Wil je er iets over vertellen?"),
    N_("Dit hoeft niet. Schrijf liever geen namen en geen adres op. Er passen 1.000 tekens in."),
    most=STORY_LENGTH,
)
MODE = Question(
    "mode",
    "one",
    N_("Hoe wil je antwoord krijgen?"),
    options=(
        Option(
            "anonymous",
            N_("Zonder naam, met een code"),
            N_("Je krijgt een code. Daarmee lees je hier zelf het antwoord."),
        ),
        Option(
            "consented",
            N_("Jullie mogen mij bellen of schrijven"),
            N_("Je vult in hoe dat veilig kan. Je krijgt ook een code."),
        ),
    ),
)
CONTACT_CHANNEL = Question(
    "contactChannel",
    "one",
    N_("Hoe mogen wij je bereiken?"),
    options=(
        Option("phone", N_("Bellen")),
        Option("whatsapp", N_("WhatsApp")),
        Option("email", N_("E-mail")),
        Option("other", N_("Op een andere manier")),
    ),
    skippable=False,
    only_for="consented",
)
CONTACT_VALUE = Question(
    "contactValue",
    "line",
    N_("Wat is het nummer of het e-mailadres?"),
    skippable=False,
    most=ADDRESS_LENGTH,
    only_for="consented",
)
CONTACT_SAFE = Question(
    "contactSafe",
    "one",
    N_("Is dit veilig voor jou?"),
    N_("Kan iemand anders dit lezen of horen? Dan is het niet veilig."),
    (Option("yes", N_("Ja, dit is veilig")), Option("no", N_("Nee, of ik weet het niet"))),
    skippable=False,
    only_for="consented",
)
CONTACT_HOURS = Question(
    "contactHours",
    "line",
    N_("Wanneer kunnen wij je het best bereiken?"),
    N_("Bijvoorbeeld: na 18.00 uur."),
    only_for="consented",
)
VOICEMAIL = Question(
    "voicemail", "flag", N_("Jullie mogen een voicemail inspreken"), only_for="consented"
)
TEXT_MESSAGE = Question(
    "textMessage", "flag", N_("Jullie mogen een bericht sturen"), only_for="consented"
)
NAME_TO_ASK_FOR = Question(
    "nameToAskFor",
    "line",
    N_("Naar wie vragen wij?"),
    N_("Dit hoeft niet je echte naam te zijn."),
    only_for="consented",
)
GIVEN_BY = Question(
    "givenBy",
    "one",
    N_("Wie geeft toestemming?"),
    N_(
        "Vanaf 16 jaar beslis je zelf. Ben je jonger en mag je ouder of voogd dit niet weten? "
        "Kies dan ‘Zonder naam, met een code’."
    ),
    (
        Option("self", N_("Ik zelf")),
        Option("parent_or_guardian", N_("Mijn ouder of voogd")),
        Option("representative", N_("Iemand anders die voor mij mag beslissen")),
    ),
    skippable=False,
    only_for="consented",
)
POLICE = Question(
    "police",
    "one",
    N_("Mag de politie dit weten?"),
    N_(
        "Jij kiest. Veel hulp kan zonder politie. Is de politie ergens wel voor nodig? "
        "Dan hoor je dat eerst."
    ),
    (
        Option("no", N_("Nee, geen politie")),
        Option("ask_me_first", N_("Vraag het eerst aan mij")),
        Option("yes", N_("Ja, dat mag")),
    ),
)

OWN_SCREENS = (
    Screen("safety", N_("Ben je veilig en wat heb je nodig?"), (SAFE_NOW, NEEDS)),
    Screen(
        "situation",
        N_("Wat gebeurt er met je?"),
        (EXPLOITATION, STILL_IN_SITUATION, AGE_BAND, RESIDENCE),
    ),
    Screen(
        "place",
        N_("Waar ben je en welke taal spreek je?"),
        (REGION, LANGUAGE, INTERPRETER, STORY),
    ),
    Screen(
        "contact",
        N_("Hoe krijg je antwoord?"),
        (
            MODE,
            CONTACT_CHANNEL,
            CONTACT_VALUE,
            CONTACT_SAFE,
            CONTACT_HOURS,
            VOICEMAIL,
            TEXT_MESSAGE,
            NAME_TO_ASK_FOR,
            GIVEN_BY,
            POLICE,
        ),
    ),
)
