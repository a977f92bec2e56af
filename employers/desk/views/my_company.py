"""An employer's own page: what they have asked, their vacancies, and who has contacted them about what."""

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from employers.contacts.models import Contact
from employers.desk import timeline
from employers.enquiries.models import Enquiry
from employers.vacancies.models import Vacancy
from jobcenter.accounts.models import Role
from jobcenter.accounts.scope import StaffRequest, acts_as

ROWS_ON_A_PAGE = 10


@acts_as(Role.EMPLOYER)
@require_safe
def my_company(request: StaffRequest) -> HttpResponse:
    """Everything, once the membership is confirmed; before that only what this person has sent."""
    company = request.company
    is_confirmed = request.membership.confirmed_at is not None
    enquiries = Enquiry.objects.of_company(company).select_related("jobcentre", "owner", "vacancy")
    vacancies = Vacancy.objects.filter(company=company).select_related("workplace__municipality", "enquiry")
    contacts = Contact.objects.about(company)
    if not is_confirmed:
        enquiries = enquiries.filter(person__email__iexact=request.user.email)
        vacancies = vacancies.filter(enquiry__in=enquiries)
        contacts = contacts.none()
    contact_page = Paginator(contacts, ROWS_ON_A_PAGE).get_page(request.GET.get("kontakter"))
    return render(
        request,
        "employers/desk/my_company.html",
        {
            "company": company,
            "is_confirmed": is_confirmed,
            "enquiries": Paginator(enquiries, ROWS_ON_A_PAGE).get_page(request.GET.get("henvendelser")),
            "vacancies": Paginator(vacancies.order_by("-created_at", "-pk"), ROWS_ON_A_PAGE).get_page(
                request.GET.get("stillinger")
            ),
            "contacts": contact_page,
            "entries": [timeline.of_contact(one, reader=None) for one in contact_page.object_list],
        },
    )
