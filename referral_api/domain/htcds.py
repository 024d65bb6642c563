"""Code lists of HTCDS 2.0 (IOM, CC BY 4.0) with Dutch and English labels."""

from referral_api.domain.code_lists import Coded


class Exploitation(Coded):
    """`vic_TypeOfExploitation`, plus two values that HTCDS lacks.

    Forced criminality is a main form in the Netherlands; `exported_as` turns it into `Other`
    so that an export stays a valid HTCDS file.
    """

    FORCED_LABOUR = "ForcedLabour", "gedwongen werk", "forced labour"
    SEXUAL = "SexualExploitation", "seksuele uitbuiting", "sexual exploitation"
    CHILD_LABOUR = "ChildLabour", "kinderarbeid", "child labour"
    FORCED_MARRIAGE = "ForcedMarriage", "gedwongen huwelijk", "forced marriage"
    SERVITUDE = "Servitude", "dienstbaarheid in huis", "servitude"
    FORCED_MILITARY = (
        "ForcedMilitaryByNonStateActors",
        "gedwongen strijden voor een gewapende groep",
        "forced military service by non-state actors",
    )
    ORGAN_REMOVAL = "OrganRemoval", "verwijderen van organen", "organ removal"
    FORCED_BEGGING = "ForcedBegging", "gedwongen bedelen", "forced begging"
    FORCED_ADOPTION = "ForcedAdoption", "gedwongen adoptie", "forced adoption"
    SURROGACY = "Surrogacy", "gedwongen draagmoederschap", "forced surrogacy"
    FORCED_CRIMINALITY = "ForcedCriminality", "gedwongen misdaad", "forced criminality"
    OTHER = "Other", "iets anders", "other"
    UNKNOWN = "unknown", "weet ik niet", "not known"

    @property
    def exported_as(self) -> str | None:
        """The HTCDS value, or None when nothing is known."""
        if self is Exploitation.UNKNOWN:
            return None
        if self is Exploitation.FORCED_CRIMINALITY:
            return Exploitation.OTHER.value
        return self.value


class Gender(Coded):
    """`prs_Gender`; the last value also means: not stated."""

    FEMININE = "Feminine", "vrouw", "feminine"
    MASCULINE = "Masculine", "man", "masculine"
    TRANSGENDER_FEMININE = "TransgenderFeminine", "transvrouw", "transgender feminine"
    TRANSGENDER_MASCULINE = "TransgenderMasculine", "transman", "transgender masculine"
    NON_CONFORMING = "NonConforming", "non-binair", "non-conforming"
    NOT_STATED = "NonSpecifiedUnknown", "niet gezegd", "not stated"


class Control(Coded):
    """`vic_MethodsOfControl`."""

    PHYSICAL_THREATS = "PhysicalThreats", "dreigen met geweld", "physical threats"
    THREATS_LAW = "ThreatsLawEnforcement", "dreigen met de politie", "threats of law enforcement"
    THREATENS_FAMILY = (
        "ThreatensChildrenFamily",
        "dreigen met kinderen of familie",
        "threatens children or family",
    )
    DEBT_BONDAGE = "DebtBondage", "schuld die je moet afbetalen", "debt bondage"
    FALSE_PROMISES = "FalsePromises", "valse beloften", "false promises"
    PHYSICAL_ABUSE = "PhysicalAbuse", "geweld", "physical abuse"
    SEXUAL_ABUSE = "SexualAbuse", "seksueel geweld", "sexual abuse"
    TAKES_EARNINGS = "TakesEarnings", "loon afpakken", "takes earnings"
    RESTRICTS_MONEY = "RestrictsFinancialAccess", "niet bij je geld kunnen", "restricts money"
    RESTRICTS_CARE = "RestrictsMedicalCare", "geen dokter mogen zien", "restricts medical care"
    WITHHOLDS_NECESSITIES = (
        "WithholdsNecessities",
        "geen eten, slaap of kleding",
        "withholds necessities",
    )
    PSYCHOLOGICAL_ABUSE = "PsychologicalAbuse", "psychisch geweld", "psychological abuse"
    PSYCHOACTIVE_SUBSTANCE = "PsychoactiveSubstance", "drugs of drank", "drugs or alcohol"
    EXCESSIVE_HOURS = "ExcessiveWorkingHours", "te lang moeten werken", "excessive hours"
    WITHHOLDS_DOCUMENTS = "WithholdsDocuments", "papieren afpakken", "withholds documents"
    OTHER = "Other", "iets anders", "other"


class Sector(Coded):
    """`vic_ForcedLabourIndustry`, tier 1 (sections of ISIC rev. 4)."""

    A = "A_AgricultureForestryAndFishing", "land- en tuinbouw, visserij", "agriculture and fishing"
    B = "B_MiningAndQuarrying", "delfstoffen", "mining"
    C = "C_Manufacturing", "fabriek", "manufacturing"
    D = "D_ElectricityGasSteamAndAirConditioningSupply", "energie", "energy supply"
    E = "E_WaterSupplySewerageWasteManagement", "water en afval", "water and waste"
    F = "F_Construction", "bouw", "construction"
    G = "G_WholesaleAndRetailTradeRepairOfMotorVehicles", "winkel, handel, garage", "trade, garages"
    H = "H_TransportationAndStorage", "vervoer en opslag", "transport and storage"
    I = "I_AccommodationAndFoodServiceActivities", "horeca", "hotels and restaurants"  # noqa: E741
    J = "J_InformationAndCommunication", "informatie en communicatie", "information"
    K = "K_FinancialAndInsuranceActivities", "financiën", "finance and insurance"
    L = "L_RealEstateActivities", "vastgoed", "real estate"
    M = "M_ProfessionalScientificAndTechnicalActivities", "zakelijk en technisch", "professional"
    N = "N_AdministrativeAndSupportServiceActivities", "schoonmaak, uitzendwerk", "support services"
    O = "O_PublicAdministrationAndDefence", "overheid", "public administration"  # noqa: E741
    P = "P_Education", "onderwijs", "education"
    Q = "Q_HumanHealthAndSocialWorkActivities", "zorg", "health and social work"
    R = "R_ArtsEntertainmentAndRecreation", "cultuur en vrije tijd", "arts and recreation"
    S = "S_OtherServiceActivities", "andere diensten", "other services"
    T = "T_ActivitiesOfHouseholdsAsEmployers", "werk in een huishouden", "household work"
    U = "U_ActivitiesOfExtraterritorialOrganizations", "ambassade", "extraterritorial bodies"
