"""Vacancies by REST: anyone reads what is public; a source with a token writes its own."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import Http404
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from drf_spectacular.extensions import OpenApiAuthenticationExtension
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers, status
from rest_framework.authentication import BaseAuthentication, get_authorization_header
from rest_framework.exceptions import AuthenticationFailed, NotAuthenticated
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from employers.vacancies.forms import SearchForm
from employers.vacancies.models import ExternalState, ExternalVacancy, Token
from employers.vacancies.models.external import digest_of
from employers.vacancies.receiving import Fate, receive
from employers.vacancies.search import EXACT_UP_TO, count, find
from employers.vacancies.telling import Telling

ON_A_PAGE = 50

FILTERS = [
    OpenApiParameter("hvad", str, description="Words; all of them."),
    OpenApiParameter("hvor", str, description="A postcode, a town or a municipality."),
    OpenApiParameter("km", str, enum=["5", "15", "25", "50", "kommune", "opland", ""]),
    OpenApiParameter("ansat", str, many=True, description="fast, tidsbegraenset, elev, studie, saerlige"),
    OpenApiParameter("tid", str, many=True, description="fuld, deltid"),
    OpenApiParameter("fag", str, many=True, description="Codes of DISCO-08, one to four digits."),
    OpenApiParameter("start", str, many=True, description="snart, senere"),
    OpenApiParameter("kommune", str, many=True, description="Codes of municipalities."),
    OpenApiParameter("nyt", str, many=True, description="1 or 7: days since it was published."),
    OpenApiParameter("side", int, description=f"The page, {ON_A_PAGE} on each."),
]


class Coded(serializers.Serializer):
    code = serializers.CharField()
    name = serializers.CharField()


class Shown(serializers.Serializer):
    """A vacancy anyone may see. `source` is empty for what is advertised here."""

    url = serializers.CharField(help_text="Its page.")
    title = serializers.CharField(source="of.title")
    text = serializers.CharField(source="of.text")
    employer = serializers.CharField()
    municipality = Coded()
    place = serializers.CharField(source="postcode_and_town")
    occupation = serializers.CharField(source="code", help_text="DISCO-08.")
    terms = serializers.CharField()
    positions = serializers.IntegerField()
    hours = serializers.DecimalField(source="of.hours", max_digits=3, decimal_places=1, allow_null=True)
    starts_on = serializers.DateField(allow_null=True)
    apply_by = serializers.DateField()
    published_at = serializers.DateTimeField()
    source = serializers.CharField()

    def to_representation(self, instance: Any) -> Any:
        instance.url = settings.PUBLIC_URL + instance.get_absolute_url()
        return super().to_representation(instance)


class Found(serializers.Serializer):
    """A page of a search. `number` is exact up to 1,000; `more` says that there are more than that."""

    number = serializers.IntegerField()
    more = serializers.BooleanField()
    page = serializers.IntegerField()
    pages = serializers.IntegerField()
    vacancies = Shown(many=True)


class Received(serializers.Serializer):
    """What became of a vacancy that was told."""

    fate = serializers.ChoiceField(choices=[fate.value for fate in Fate])
    state = serializers.ChoiceField(choices=ExternalState)
    url = serializers.CharField()
    shown_as = serializers.CharField(help_text="The page of the vacancy it repeats, or empty.")


class BearerToken(BaseAuthentication):
    """`Authorization: Bearer ei_…`, with a token that is in force. `request.auth` is its row."""

    def authenticate(self, request: Request) -> tuple[None, Token] | None:
        scheme, _space, secret = get_authorization_header(request).decode("latin-1").partition(" ")
        if scheme.lower() != "bearer":
            return None
        token = (
            Token.objects.in_force().filter(digest=digest_of(secret.strip())).select_related("source").first()
        )
        if not token:
            raise AuthenticationFailed(_("The token is not known, or has been revoked."))
        return None, token

    def authenticate_header(self, request: Request) -> str:
        return "Bearer"


class BearerInSchema(OpenApiAuthenticationExtension):
    target_class = BearerToken
    name = "token"

    def get_security_definition(self, auto_schema: Any) -> dict[str, str]:
        return {"type": "http", "scheme": "bearer"}


def source_token(request: Request) -> Token:
    """The token of a request that writes. Raises NotAuthenticated without one."""
    if not isinstance(request.auth, Token):
        raise NotAuthenticated(_("Only a source with a token may do that."))
    Token.objects.filter(pk=request.auth.pk).update(used_at=timezone.now())
    return request.auth


class Vacancies(APIView):
    authentication_classes = [BearerToken]

    @extend_schema(operation_id="vacancies_list", parameters=FILTERS, responses=Found, auth=[])
    def get(self, request: Request) -> Response:
        """Vacancies that fit a search: the same as on the page, with the same words in the address."""
        at = timezone.now()
        form = SearchForm(request.query_params)
        wish = form.wish()
        if form.errors:
            raise serializers.ValidationError({name: list(errors) for name, errors in form.errors.items()})
        counts = count(wish, at=at)
        pages = max(1, -(-counts.readable // ON_A_PAGE))
        asked = request.query_params.get("side", "1")
        page = int(asked) if asked.isascii() and asked.isdigit() and 1 <= int(asked[:6]) <= pages else 1
        listings = find(wish, at=at).shown((page - 1) * ON_A_PAGE, page * ON_A_PAGE)
        return Response(
            {
                "number": counts.readable,
                "more": counts.vacancies > EXACT_UP_TO,
                "page": page,
                "pages": pages,
                "vacancies": Shown(listings, many=True).data,
            }
        )

    @extend_schema(operation_id="vacancies_tell", request=Telling, responses={200: Received, 201: Received})
    def post(self, request: Request) -> Response:
        """Tell of a vacancy, or of a change in one: your own id says which. It belongs to your source."""
        token = source_token(request)
        telling = Telling(data=request.data)
        telling.is_valid(raise_exception=True)
        vacancy, fate = receive(telling.told(), source=token.source, at=timezone.now())
        same = vacancy.same_vacancy or vacancy.same_external
        return Response(
            {
                "fate": fate,
                "state": vacancy.state,
                "url": settings.PUBLIC_URL + vacancy.get_absolute_url(),
                "shown_as": settings.PUBLIC_URL + same.get_absolute_url() if same else "",
            },
            status=status.HTTP_201_CREATED if fate == Fate.ADDED else status.HTTP_200_OK,
        )


class OwnVacancy(APIView):
    authentication_classes = [BearerToken]

    @extend_schema(operation_id="vacancies_close", responses={204: None})
    def delete(self, request: Request, external_id: str) -> Response:
        """Close a vacancy of your own. A second time changes nothing; another source's is not found."""
        token = source_token(request)
        found = ExternalVacancy.objects.filter(source=token.source, external_id=external_id).first()
        if not found:
            raise Http404
        if found.state != ExternalState.CLOSED:
            found.close()
        return Response(status=status.HTTP_204_NO_CONTENT)
