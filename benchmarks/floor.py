"""The least a page can cost here: the same server and middleware, one indexed SELECT, and two letters."""

from django.http import HttpRequest, HttpResponse

from employers.companies.models import RegisterCompany
from jobcenter.accounts.scope import public


@public
def floor(request: HttpRequest) -> HttpResponse:
    RegisterCompany.objects.filter(cvr="10000001").values_list("cvr").first()
    return HttpResponse("{}", content_type="application/json")
