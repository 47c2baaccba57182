"""An adverse alert goes out while staff look into a challenge."""

FILE = "tracker/alerts/truth.py"
OLD = "    if notice.news in ADVERSE and notice.addressee_id in known.reviewed:"
NEW = "    if not notice.news and notice.addressee_id in known.reviewed:"
TEST = "tests/alerts/test_contested.py::test_nothing_adverse_goes_out_while_it_is_under_review"
