"""A small file in the register's own form, whole and right, for tests to change."""

import copy
import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from tracker.importing.loading import Tally, load
from tracker.ledger import LOADER

AT = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)

DOCUMENT: dict[str, Any] = {
    "form": 1,
    "about": "Two forces, one ask, one letter.",
    "sources": [{"ref": "a-page", "kind": "page", "title": "A page", "url": "https://example.org/page"}],
    "themes": [{"ref": "custody", "name": "Custody"}],
    "regimes": [
        {
            "ref": "eight-weeks",
            "name": "Eight weeks",
            "kind": "period",
            "amount": 56,
            "unit": "calendar_days",
            "counting": "inclusive",
            "strength": "statutory",
            "automatic": True,
            "source": "a-page",
            "verification": "excerpt",
        }
    ],
    "groups": [{"ref": "forces", "name": "Forces", "source": "a-page", "verification": "excerpt"}],
    "bodies": [
        {
            "ref": ref,
            "name": ref.title(),
            "kind": "police_force",
            "source": "a-page",
            "verification": "excerpt",
            **more,
        }
        for ref, more in (
            ("north-police", {}),
            ("south-police", {"overseen_by": "south-commissioner"}),
            ("south-commissioner", {"kind": "local_policing_body"}),
            ("inspectors", {"kind": "inspectorate", "speaks_for": "forces"}),
        )
    ],
    "memberships": [
        {"group": "forces", "body": "north-police"},
        {"group": "forces", "body": "south-police", "from_on": "2020-01-01"},
    ],
    "reports": [
        {
            "ref": "a-report",
            "title": "A report",
            "kind": "inspection_report",
            "dated_on": "2025-06-02",
            "publishers": ["inspectors"],
            "regime": "eight-weeks",
            "source": "a-page",
            "verification": "excerpt",
        }
    ],
    "recommendations": [
        {
            "ref": "a-report/1",
            "report": "a-report",
            "number": "1",
            "title": "Stop it",
            "themes": ["custody"],
            "addressed_to_groups": ["forces"],
            "source": "a-page",
            "verification": "excerpt",
        },
        {
            "ref": "a-report/2",
            "report": "a-report",
            "number": "2",
            "title": "Not read yet",
            "addressed_to": ["north-police"],
            "source": "a-page",
            "verification": "unverified",
        },
    ],
    "links": [{"recommendation": "a-report/2", "kind": "depends_on", "other": "a-report/1"}],
    "responses": [
        {
            "ref": "a-letter",
            "title": "A letter",
            "kind": "formal",
            "author": "north-police",
            "written_on": "2025-07",
            "source": "a-page",
            "verification": "excerpt",
            "answers": [{"recommendation": "a-report/1", "position": "accepted", "summary": "It will."}],
        }
    ],
    "assessments": [
        {
            "addressee": "a-report/1/north-police",
            "view": "claimed",
            "implementation": "in_progress",
            "assessed_on": "2025-09-01",
            "source": "a-page",
            "verification": "excerpt",
        }
    ],
    "extensions": [
        {
            "addressee": "a-report/1/south-police",
            "clock": "answer",
            "old_on": "2025-07-27",
            "until_on": "2025-09-30",
            "granted_on": "by 2025-07-20",
            "source": "a-page",
            "verification": "excerpt",
        }
    ],
    "developments": [
        {
            "ref": "a-debate",
            "title": "A debate",
            "kind": "parliament",
            "summary": "It was debated.",
            "bodies": ["inspectors"],
            "recommendations": ["a-report/1", "a-report/2"],
            "source": "a-page",
            "verification": "excerpt",
        }
    ],
    "claims": [
        {
            "ref": "a-claim",
            "text": "It never happened.",
            "made_by": ["north-police"],
            "contested_by": ["inspectors"],
            "source": "a-page",
            "verification": "excerpt",
        }
    ],
}


def document() -> dict[str, Any]:
    """A copy, to be changed freely."""
    return copy.deepcopy(DOCUMENT)


def written(folder: Path, content: Any, name: str = "register.json") -> Path:
    """A file with this content: bytes as they are, anything else as JSON."""
    file = folder / name
    file.write_bytes(content if isinstance(content, bytes) else json.dumps(content).encode())
    return file


def loaded(folder: Path, content: Any) -> Tally:
    """Load one file, now."""
    [tally] = load([written(folder, content)], by=LOADER, at=AT)
    return tally
