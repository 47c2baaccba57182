"""Who stops hears of nothing new, but what was queued before is still sent."""

FILE = "tracker/alerts/readers.py"
OLD = """    Subscription.objects.filter(address=address).delete()
    Message.objects.filter(address=address).delete()
    FollowRequest.objects.filter(address=address).delete()
    gone: dict[str, Any] = {"email": "", "confirmed_at": None}
"""
NEW = """    Subscription.objects.filter(address=address).update(created_at=at + timedelta(days=9_999))
    gone: dict[str, Any] = {}
"""
TEST = "tests/alerts/test_readers.py::test_one_click_stops_what_is_queued_and_leaves_a_hash"
