"""When bodies merge, their addressees are put to the successor."""

FILE = "tracker/actions/_handing_over.py"
OLD = '        [Change(addressee, {"duty_holder": successor}) for addressee in rows],\n'
NEW = '        [Change(addressee, {"body": successor}) for addressee in rows],\n'
TEST = "tests/actions/test_entering.py::test_merged_bodies_hand_over_what_is_open_and_history_stays"
