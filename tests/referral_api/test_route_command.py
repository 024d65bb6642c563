"""`route --explain` shows the way of a referral and the reason of every rule."""

from pathlib import Path

from typer.testing import CliRunner

from referral_api.route_command import command

SHELTER_WITHOUT_PAPERS = "needs: [shelter]\nsafeNow: no\nresidence: no_permit\nageBand: 24-26\n"


def explained(tmp_path: Path, text: str, *options: str) -> tuple[int, str]:
    """Exit code and everything the command said."""
    file = tmp_path / "referral.yaml"
    file.write_text(text)
    result = CliRunner().invoke(command, ["--explain", str(file), *options])
    return result.exit_code, result.output


def test_it_names_the_lead_the_doors_and_every_rule(tmp_path: Path) -> None:
    code, output = explained(tmp_path, SHELTER_WITHOUT_PAPERS, "--language", "en")

    assert code == 0
    assert output.startswith("lead    comensha")
    assert "shown   cosm  [police only with consent]" in output
    assert "+ danger-to-life: " in output
    assert "- police-wanted: " in output


def test_it_reads_json_too(tmp_path: Path) -> None:
    code, output = explained(tmp_path, '{"needs": ["talk"], "ageBand": "48+"}')

    assert code == 0
    assert "slachtofferhulp" in output


def test_consent_for_an_organisation_opens_its_door(tmp_path: Path) -> None:
    code, output = explained(tmp_path, "needs: [talk]\npolice: yes\n", "--consent", "politie")

    assert code == 0
    assert "other   politie" in output


def test_a_wrong_code_is_said_in_one_sentence(tmp_path: Path) -> None:
    code, output = explained(tmp_path, "needs: [house]\n")

    assert code == 1
    assert output.strip() == "'house' is not a code of 'needs'"


def test_a_file_that_is_no_list_of_fields_is_said_so(tmp_path: Path) -> None:
    assert explained(tmp_path, "just words")[0] == 1
    assert explained(tmp_path, "needs: [")[0] == 1
