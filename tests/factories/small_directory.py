"""A directory with five organisations and one region, for tests that need no more."""

from pathlib import Path

_ORGANISATIONS = """
organisations:
  - {id: comensha, name: CoMensha, investigates: false, may_reach_police: only_with_consent}
  - {id: fairwork, name: FairWork, investigates: false, may_reach_police: never}
  - {id: fier, name: Fier, investigates: false, may_reach_police: only_with_consent}
  - {id: veilig-thuis, name: Veilig Thuis, investigates: false, may_reach_police: possibly}
  - {id: politie, name: Politie, investigates: true, may_reach_police: always}
"""
_REGIONS = """
regions:
  - {id: groningen, name: Groningen, coordinator: null}
"""
_ROUTES = """
texts:
  needs-consent: {nl: "%(organisation)s krijgt niets.", en: "%(organisation)s gets nothing."}
  no-coordinator: {nl: "Geen zorgcoördinator.", en: "No care coordinator."}
  lead-taken: {nl: "%(lead)s leest al.", en: "%(lead)s reads already."}
  not-in-directory: {nl: "%(organisation)s is onbekend.", en: "%(organisation)s is unknown."}
  last-resort: {nl: "CoMensha leest.", en: "CoMensha reads."}
rules:
  - id: national-coordinator
    why: "Somebody always leads."
    lead: comensha
    others: [fairwork, politie]
    says: {nl: "%(lead)s leest als eerste.", en: "%(lead)s reads first."}
    otherwise: {nl: "Nooit.", en: "Never."}
    examples:
      - {referral: {needs: [work]}, lead: comensha, others: [fairwork], doors: [politie]}
"""


def write_small_directory(folder: Path) -> Path:
    """Write the three files; the folder, to use as content_dir."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in (
        ("organisations", _ORGANISATIONS),
        ("regions", _REGIONS),
        ("routes", _ROUTES),
    ):
        (folder / f"{name}.yaml").write_text(text, encoding="utf-8")
    return folder
