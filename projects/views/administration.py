"""Suggest organisations while a name is typed; nothing of anybody's dossier."""

from allauth.core import ratelimit
from django.http import HttpRequest, JsonResponse
from django.views.decorators.http import require_safe

from eig.french.spaces import spaced
from projects.queries.administration import organisations_suggested


@require_safe
def administration_search(request: HttpRequest) -> JsonResponse:
    if not ratelimit.consume(request, action="organisations", user=request.user):
        return JsonResponse({"options": [], "sentence": ""})
    suggested = organisations_suggested(request.GET.get("q", ""))
    options = [
        {"name": item.name, "siret": item.siret, "town": item.town, "public": item.is_public}
        for item in suggested.found
    ]
    response = JsonResponse({"options": options, "sentence": spaced(suggested.sentence)})
    response.headers["Cache-Control"] = "no-store, private"
    return response
