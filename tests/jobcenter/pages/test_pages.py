import pytest
from django.contrib.messages import constants
from django.contrib.messages.storage.base import Message
from django.core.exceptions import PermissionDenied, SuspiciousOperation
from django.http import Http404
from django.template.loader import render_to_string
from django.test import Client, RequestFactory
from django.utils import translation

from jobcenter.pages import views

pytestmark = pytest.mark.django_db

FRAME = "jobcenter/pages/base_public.html"


@pytest.mark.parametrize(
    ("path", "danish", "english"),
    [
        ("/hjaelp/", "Hjælp og kontakt", "Help and contact"),
        ("/data/", "Hvad vi gemmer, og hvor længe", "What we keep, and for how long"),
        ("/tilgaengelighed/", "Tilgængelighedserklæring", "Accessibility statement"),
    ],
)
def test_a_page_of_text_is_read_in_both_languages_without_signing_in(client, path, danish, english):
    in_danish = client.get(path).content.decode()
    in_english = client.get(path, headers={"cookie": "django_language=en"}).content.decode()

    assert f"{danish}</h1>" in in_danish
    assert '<html lang="da">' in in_danish
    assert f"{english}</h1>" in in_english
    assert '<html lang="en">' in in_english


def test_no_page_carries_a_style_or_a_script_of_its_own(client):
    for path in ("/hjaelp/", "/data/", "/log-ind/"):
        page = client.get(path).content.decode()

        assert " style=" not in page
        assert "<style" not in page
        assert page.count("<script") == page.count("<script src=")


def test_the_strip_says_what_is_invented_only_in_a_demonstration(client, settings):
    settings.DEMONSTRATION = True
    assert "tal er opdigtede" in client.get("/hjaelp/").content.decode()

    settings.DEMONSTRATION = False
    assert "ei-demo" not in client.get("/hjaelp/").content.decode()


def test_the_language_is_changed_and_the_page_is_the_same(client):
    before = client.get("/hjaelp/?fra=forsiden").content.decode()
    assert '<input type="hidden" name="next" value="/hjaelp/?fra=forsiden">' in before
    assert 'name="language" value="en" lang="en">English</button>' in before

    after = client.post("/sprog/", {"language": "en", "next": "/hjaelp/?fra=forsiden"})

    assert after.headers["location"] == "/hjaelp/?fra=forsiden"
    assert after.cookies["django_language"]["max-age"] > 300 * 24 * 3600, "it outlives the browser's window"
    page = client.get(after.headers["location"]).content.decode()
    assert '<html lang="en">' in page
    assert 'value="da" lang="da">Dansk</button>' in page


def test_the_change_of_language_leads_nowhere_else(client):
    answer = client.post("/sprog/", {"language": "en", "next": "https://elsewhere.example/"})

    assert "elsewhere" not in answer.headers["location"]


def test_browsers_find_the_icon_where_they_look(client):
    answer = client.get("/favicon.ico")

    assert answer.status_code == 302
    assert answer.headers["location"] == "/static/ei/favicon.ico"


def test_staff_see_their_own_frame_with_name_organisation_and_a_way_out(koege):
    request = RequestFactory().get("/hjaelp/")
    request.user = koege.caseworker
    request.membership = koege.caseworker.memberships.get()

    page = render_to_string("jobcenter/pages/base_staff.html", request=request)

    assert "Jobcenter Køge" in page
    assert "Karim Holst<span>Virksomhedskonsulent</span>" in page
    assert 'action="/log-ud/"' in page
    assert 'action="/soeg/"' in page


def test_an_employer_is_not_offered_the_menu_of_staff(employer):
    request = RequestFactory().get("/hjaelp/")
    request.user = employer
    request.membership = employer.memberships.get()

    page = render_to_string(FRAME, request=request)

    assert "Min virksomhed" in page
    assert "Log ud" in page
    assert "ei-side" not in page


def test_messages_are_read_aloud_by_their_weight(rf):
    request = rf.get("/")
    said = [Message(constants.SUCCESS, "Gemt"), Message(constants.ERROR, "<b>Ikke</b> gemt")]

    with translation.override("da"):
        page = render_to_string("jobcenter/pages/messages.html", {"messages": said}, request=request)

    assert 'class="alert alert-success" role="status"' in page
    assert 'class="alert alert-error" role="alert"' in page
    assert "&lt;b&gt;Ikke" in page


@pytest.mark.parametrize(
    ("view", "error", "status", "heading"),
    [
        (views.bad_request, SuspiciousOperation(), 400, "Det kunne vi ikke læse"),
        (views.forbidden, PermissionDenied(), 403, "Du har ikke adgang hertil"),
        (views.not_found, Http404(), 404, "Vi kan ikke finde siden"),
    ],
)
def test_what_went_wrong_is_said_with_a_way_on(rf, view, error, status, heading):
    with translation.override("da"):
        answer = view(rf.get("/"), error)

    page = answer.content.decode()
    assert answer.status_code == status
    assert f"{heading}</h1>" in page
    assert "Find en henvendelse" in page


def test_an_unknown_address_is_answered_in_the_look_of_the_portal(client):
    answer = client.get("/findes/ikke/")

    assert answer.status_code == 404
    assert "Vi kan ikke finde siden" in answer.content.decode()


def test_a_link_that_has_run_out_says_what_it_was(rf):
    with translation.override("da"):
        plain = views.gone(rf.get("/"))
        told = views.gone(rf.get("/"), heading="Kladden er slettet", text="Den lå i 30 dage.")

    assert plain.status_code == told.status_code == 410
    assert "Linket virker ikke længere</h1>" in plain.content.decode()
    assert "Kladden er slettet</h1>" in told.content.decode()
    assert "Den lå i 30 dage." in told.content.decode()


def test_a_form_from_a_foreign_window_is_refused_in_words():
    answer = Client(enforce_csrf_checks=True).post("/sprog/", {"language": "en"})

    assert answer.status_code == 403
    assert "Siden havde været åben for længe</h1>" in answer.content.decode()


def test_our_own_fault_is_told_without_database_session_or_language(rf, django_db_blocker):
    with django_db_blocker.block():
        answer = views.server_error(rf.get("/"))

    assert answer.status_code == 500
    assert "Noget gik galt hos os" in answer.content.decode()
    assert "/static/ei/indgang.css" in answer.content.decode()


def test_our_own_fault_is_told_also_when_the_static_files_are_missing(rf, settings, tmp_path):
    settings.STATIC_ROOT = tmp_path
    settings.STORAGES = settings.STORAGES | {
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.ManifestStaticFilesStorage"}
    }

    answer = views.server_error(rf.get("/"))

    assert answer.status_code == 500
    assert "stylesheet" not in answer.content.decode()


def test_signing_in_offers_a_code_first_and_a_password_to_staff(client):
    page = client.get("/log-ind/?next=/konto/").content.decode()

    assert page.index("Med en kode på e-mail") < page.index("Med adgangskode")
    assert page.count('name="next" value="/konto/"') == 2
    assert 'type="password"' in page


def test_a_wrong_password_is_told_above_the_form(client, koege):
    answer = client.post(
        "/log-ind/",
        {"login": koege.caseworker.email, "password": "forkert"},
    )

    page = answer.content.decode()
    assert "<title>Fejl: Log ind" in page
    assert 'data-module="error-summary"' in page


def test_the_mail_with_a_code_says_what_it_is_for():
    with translation.override("da"):
        body = render_to_string("account/email/login_code_message.txt", {"code": "7KQ-2FD"})
        subject = render_to_string("account/email/login_code_subject.txt", {"code": "7KQ-2FD"})

    assert "7KQ-2FD" in body
    assert "ti minutter" in body
    assert subject.strip() == "Din kode til Én Indgang"


def test_a_browser_in_another_language_is_still_met_in_danish(client):
    page = client.get("/hjaelp/", headers={"accept-language": "en-GB,en;q=0.9"})

    assert page.headers["content-language"] == "da"
    assert '<html lang="da"' in page.content.decode()


def test_a_language_nobody_offers_is_met_in_danish(client):
    client.cookies["django_language"] = "<script>"

    assert client.get("/hjaelp/").headers["content-language"] == "da"
