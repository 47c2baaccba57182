"""The redacted copy of a paper, where whoever sent it permits it. The original has no address here."""

from django.http import FileResponse, Http404, HttpRequest
from django.views.decorators.http import require_safe

from tracker.importing.papers import as_download
from tracker.models import Source


@require_safe
def copy(_request: HttpRequest, ref: str) -> FileResponse:
    """The copy behind a public source; not found for a draft, without permission, or without a copy, all alike."""
    source = Source.objects.public().filter(ref=ref, may_be_published=True).exclude(redacted_file="").first()
    if source is None:
        raise Http404
    return as_download(source.redacted_file, source.ref)
