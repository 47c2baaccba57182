"""One row that cannot be written stops the mails of everybody."""

FILE = "tracker/alerts/outbox.py"
OLD = "    except (TransportError, OperationalError, InterfaceError):\n"
NEW = "    except (TransportError, OperationalError, InterfaceError, ArithmeticError):\n"
TEST = "tests/alerts/test_sending.py::test_a_poison_row_stops_no_other"
