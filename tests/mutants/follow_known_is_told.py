"""An address that is known already is answered in other words."""

FILE = "tracker/web/follow.py"
OLD = 'return render(request, "web/follow-asked.html", {"what": what})'
NEW = """known = Address.objects.filter(email=form.cleaned_data["email"], confirmed_at__isnull=False).exists()
        said = "You follow this already." if known else what
        return render(request, "web/follow-asked.html", {"what": said})"""
TEST = "tests/alerts/test_readers.py::test_what_is_answered_is_the_same_for_every_address"
