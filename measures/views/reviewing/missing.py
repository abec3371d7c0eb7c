"""Who of the members is missing in a round."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from measures.models import ReportingRound
from measures.selectors.missing_members import members_of_round
from measures.selectors.submission_lists import running_year
from measures.views.submissions import for_review
from partners.middleware import PortalRequest


@require_safe
def review_missing(request: PortalRequest) -> HttpResponse:
    submissions = for_review(request)
    rounds = list(ReportingRound.objects.all())
    years = [each.year for each in rounds]
    asked = request.GET.get("year", "")
    year = int(asked) if asked in {str(each) for each in years} else running_year(rounds) or 0
    context = {"year": year, "years": years, "groups": members_of_round(submissions, year)}
    return render(request, "measures/review_missing.html", context)
