"""An edition of another plan that is not in the repository: imports, the admin, a Word file."""

from pathlib import Path

import pytest
from django.core.management import call_command
from django.test import Client

from actions.models import ActionPlan, Finding, Indicator, ProgressReport
from states.models import Document
from tests.admin.conftest import Desk
from tests.admin.records import make_roles

from . import given
from .test_pages import docx_of

pytestmark = pytest.mark.django_db

FILES = {
    "documents": """\
code,title,kind,is_public,published_on
lusaka,Statements in Lusaka,statement,true,2013-09-13
""",
    "plans": """\
code,name,valid_from
lusaka,Lusaka Plan,2013-09-13
""",
    "themes": """\
plan,code,name,order
lusaka,risk,Risk education,1
""",
    "indicators": """\
code,title,kind,theme,plan,order
risk.taught,Risk education given,yes_no,risk,lusaka,1
""",
    "findings": """\
iso3,indicator,answer,reported_on,document,place
NOR,risk.taught,yes,2013-09-13,lusaka,page 2
HRV,risk.taught,yes,2013-09-13,lusaka,page 3
""",
    "progress-reports": """\
code,title,plan,from_meeting,until_meeting,cut_off_on,names
lusaka-2013,Lusaka Progress Report,lusaka,1MSP,2MSP,2013-09-20,teachers = risk.taught & parties
""",
    "progress-sections": """\
report,position,numeral,theme,heading,prose
lusaka-2013,1,I,lusaka:risk,Risk,"{{Q: teachers; parties}} teach; {{parties - teachers; list}} not."
""",
}


def bring_in(tmp_path: Path) -> None:
    for kind, text in FILES.items():
        file = tmp_path / f"{kind}.csv"
        file.write_text(text, encoding="utf-8")
        call_command("import_file", kind, file)


def test_an_edition_comes_in_by_imports_and_goes_out_as_word(
    client: Client, tmp_path: Path
) -> None:
    make_roles()
    given.meetings()
    given.three_parties()

    bring_in(tmp_path)

    assert client.get("/progress-reports/lusaka-2013/").status_code == 404
    chief = Desk()
    chief.post(
        Document,
        "changelist",
        action="publish_selected",
        _selected_action=[Document.objects.get().pk],
    )
    for model in (ActionPlan, Indicator, Finding, ProgressReport):
        url = f"/admin/actions/{model._meta.model_name}/"
        chosen = [record.pk for record in model._default_manager.all()]
        chief.client.post(url, {"action": "publish_selected", "_selected_action": chosen})
    notes, body = docx_of(client.get("/progress-reports/lusaka-2013/report.docx").content)
    assert notes == ["Croatia and Norway."]
    assert "Two States Parties teach; Japan not." in body
