"""Words of those who keep the register: what each of them may do at the desk."""

from django.db.models import TextChoices


class StaffRole(TextChoices):
    """What somebody may do at the desk. An account without a role has no desk: a trustee who agrees by a link."""

    VIEWER = "viewer", "Viewer: reads all that staff read, writes nothing"
    EDITOR = "editor", "Editor: enters and changes drafts"
    PUBLISHER = "publisher", "Publisher: also publishes, withdraws, and changes what is public"
    ADMINISTRATOR = "administrator", "Administrator: also keeps accounts, keys and endpoints"


class Right(TextChoices):
    """What there is to be allowed at the desk. Not stored: roles are. Labels complete “may …”."""

    READ = "read", "see what staff see"
    DRAFT = "draft", "enter and change drafts"
    PUBLISH = "publish", "publish, withdraw, or change what is public"
    ADMINISTER = "administer", "keep accounts, keys and endpoints"
    NOTHING = "nothing", "do this: nobody may"
