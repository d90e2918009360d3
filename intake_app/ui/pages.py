"""Every page of the window. What they need (ReportLab, the solver) takes long to load."""

from intake_app.ui.authorities_page import AuthoritiesPage
from intake_app.ui.batch_page import BatchPage
from intake_app.ui.case_page import CasePage
from intake_app.ui.desk_page import DeskPage
from intake_app.ui.letter_page import LetterPage
from intake_app.ui.letters_page import LettersPage
from intake_app.ui.office_page import OfficePage
from intake_app.ui.page import Page
from intake_app.ui.people_list import PeopleList
from intake_app.ui.reports_page import ReportsPage
from intake_app.ui.survey_page import SurveyPage

PAGES: tuple[type[Page], ...] = (
    DeskPage,
    PeopleList,
    CasePage,
    LettersPage,
    LetterPage,
    BatchPage,
    ReportsPage,
    AuthoritiesPage,
    OfficePage,
    SurveyPage,
)
"""In any order."""
