"""The words of danger: what people type in need is seen, ordinary questions are left alone."""

from pathlib import Path

import pytest
import yaml

from help_site.danger import folded_text, load_danger_words

FOLDER = Path(__file__).parents[2] / "content" / "danger"
WORDS = load_danger_words(FOLDER)

IN_DANGER = [
    *("hij slaat me nu help", "ik zit opgesloten in de kamer", "hij heeft een mes"),
    *("ik moet hier nu weg", "hij gaat me iets aandoen vanavond", "bel 112 ze komen me halen"),
    *("he's coming back pls help now", "hes gonna kill me", "im locked in a room", "he has gun"),
    *("i must get out now", "I AM IN DANGER!!", "he choke me... i cant breathe"),
    *("انا في خطر", "هو يضربني الآن", "معاه سكينة وعايز يقتلني", "حبسني في البيت", "قفل عليّ الباب"),
    *("ana fi khatar", "ra7 ye2telni", "sa3douni bsor3a", "3ando mous", "7absni f dar"),
]
WANTS_TO_DIE = [
    *("ik wil dood", "ik wil niet meer leven", "ik denk aan zelfmoord", "ik spring voor de trein"),
    *("i want to die", "im gonna kill myself", "i can't go on", "i dont want to live anymore"),
    *("أريد أن أموت", "بدي موت", "أفكر في الانتحار", "سأقتل نفسي"),
    *("bdi mout", "bghit nmout", "3ayez amout"),
]
ORDINARY = [
    *("wat is het gevaar van roken", "de wc zit verstopt", "ik red me wel", "geld voor de trein"),
    *("ik wil stoppen met sekswerk", "want die man betaalt niet", "mijn baas betaalt me niet"),
    *("ik werk met een mes in de slagerij", "hoe kom ik veilig weg", "ik wil geen politie"),
    *("ik wil eruit stappen uit de prostitutie", "mijn paspoort is afgepakt"),
    *("killing time", "police danger", "danger of smoking", "my back is killing me"),
    *("shoot me an email", "will this save me money", "i hurt myself at work", "5 kms away"),
    *("they took my passport", "he found me a job", "my money is tied up", "hit me up on whatsapp"),
    *("what is an emergency travel document", "my boss does not let me go", "no hurry"),
    *("خطر التدخين", "لا يدفع لي راتبي", "اخذوا جواز سفري", "اريد محامي", "اريد ان اعيش في هولندا"),
    *("bghit avocat", "ma 3ndi ch pasport"),
]


@pytest.mark.parametrize("text", IN_DANGER)
def test_somebody_in_danger_is_seen(text: str) -> None:
    assert WORDS.seen_in(text) == "danger"


@pytest.mark.parametrize("text", WANTS_TO_DIE)
def test_somebody_who_wants_to_die_is_seen(text: str) -> None:
    assert WORDS.seen_in(text) == "suicidal"


@pytest.mark.parametrize("text", ORDINARY)
def test_an_ordinary_question_is_left_alone(text: str) -> None:
    assert WORDS.seen_in(text) is None


@pytest.mark.parametrize("language", ["nl", "en", "ar"])
def test_every_phrase_is_written_folded_and_only_once(language: str) -> None:
    lists: dict[str, list[str]] = yaml.safe_load(
        (FOLDER / f"{language}.yaml").read_text(encoding="utf-8")
    )
    phrases = [*lists["danger"], *lists["suicidal"]]

    assert len(lists["danger"]) >= 60
    assert len(lists["suicidal"]) >= 60
    assert not [phrase for phrase in phrases if phrase != folded_text(phrase)]
    assert len(set(phrases)) == len(phrases)
    assert not [phrase for phrase in phrases if len(phrase) < 3]
