"""The names on the wire: intents, which of them are topics of a button, and answer names."""

from __future__ import annotations

SAFETY = ("danger_now", "suicidal")
VICTIM = (
    "am_i_victim",
    "sexual_exploitation",
    "labour_exploitation",
    "criminal_exploitation",
    "domestic_servitude",
    "forced_marriage",
    "forced_begging",
    "organ_removal",
    "online_blackmail",
    "documents_taken",
    "debt_bondage",
    "minor",
    "police_worry",
    "make_police_report",
    "residence_permit",
    "shelter",
    "medical_help",
    "legal_help",
    "money_help",
    "return_home",
    "children",
    "escape_plan",
    "rights",
    "anonymity",
    "talk_to_person",
)
REFERRAL = ("start_referral", "check_referral", "withdraw_referral")
CITIZEN = ("report_signal", "worried_about_someone", "client_signal")
PROFESSIONAL = (
    "professional_find_agency",
    "professional_share_data",
    "professional_register",
    "professional_shelter",
    "professional_signals",
)
GENERAL = ("what_is_trafficking", "change_language")
TALK = (
    "greet",
    "goodbye",
    "thanks",
    "affirm",
    "deny",
    "stop",
    "bot_challenge",
    "insult",
    "out_of_scope",
)

TOPICS = frozenset((*SAFETY, *VICTIM, *REFERRAL, *CITIZEN, *PROFESSIONAL, *GENERAL))
INTENTS = TOPICS | frozenset(TALK)

# Answers that are not the name of an intent.
DIALOGUE_ANSWERS = (
    "greeting",
    "affirm_alone",
    "deny_alone",
    "stopped",
    "did_you_mean",
    "menu",
    "menu_again",
    "too_short",
    "ask_danger",
    "flow_intro",
    "flow_next",
    "flow_interrupted",
    "flow_stopped",
    "flow_done",
)
