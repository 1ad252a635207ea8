"""Parts of an archive package, where a paper of it stands, how long it is kept. Words in both
languages: a package reads the same whoever makes it, in whatever language of the page."""

from enum import StrEnum

Words = tuple[str, str]


class Section(StrEnum):
    """The parts of a package in the order of its catalogue; the value begins each path."""

    ORGANIZATION = "01-organization"
    TEXT = "02-text"
    PREPARATION = "03-preparation"
    MATTERS = "04-matters"
    IDENTIFICATION = "05-identification"
    STATEMENTS = "06-statements"
    APPROVAL = "07-approval"
    PROGRAMME = "08-programme"
    RECORD = "09-record"


SECTIONS: dict[Section, Words] = {
    Section.ORGANIZATION: ("共同组织", "Joint organization"),
    Section.TEXT: ("规划文本", "Text of the plan"),
    Section.PREPARATION: ("共同编制", "Joint preparation"),
    Section.MATTERS: ("协调事项", "Matters"),
    Section.IDENTIFICATION: ("共同认定", "Common identification"),
    Section.STATEMENTS: ("共同认定书", "Common statements"),
    Section.APPROVAL: ("报批与批复", "Approval and reply"),
    Section.PROGRAMME: ("指标、项目与实施", "Indicators, projects and implementation"),
    Section.RECORD: ("过程记录", "The record"),
}


class PaperKind(StrEnum):
    """What a paper is, as far as its retention goes. The value is its name in the settings."""

    CHARTER = "charter"
    INVITATION = "invitation"
    DEMAND = "demand"
    TEXT = "text"
    ATTACHMENT = "attachment"
    ROUND = "round"
    COMMENT = "comment"
    CHECKLIST = "checklist"
    MATTER = "matter"
    POSITION = "position"
    STATEMENT = "statement"
    APPROVAL = "approval"
    PROGRAMME = "programme"
    MINUTES = "minutes"
    HEALTH_CHECK = "health_check"
    RECORD = "record"


class Retention(StrEnum):
    """How long a paper is kept (保管期限): Order 8 of the State Archives Administration of 2006
    (机关文件材料归档范围和文书档案保管期限规定): permanent, or 30 or 10 years."""

    PERMANENT = "permanent"
    THIRTY = "30"
    TEN = "10"


RETENTIONS: dict[Retention, Words] = {
    Retention.PERMANENT: ("永久", "permanent"),
    Retention.THIRTY: ("30年", "30 years"),
    Retention.TEN: ("10年", "10 years"),
}

OPENNESS: dict[str, Words] = {
    "open": ("主动公开", "open"),
    "on_request": ("依申请公开", "open on request"),
    "internal": ("内部", "internal"),
}


class Standing(StrEnum):
    """Whether a paper of the catalogue is in the package, and why not."""

    HELD = "held"
    NO_COPY = "no_copy"
    MISSING = "missing"
    DAMAGED = "damaged"
    INFECTED = "infected"
    SEALED = "sealed"


STANDINGS: dict[Standing, Words] = {
    Standing.HELD: ("已归档", "in the package"),
    Standing.NO_COPY: ("平台未存副本", "no copy is kept on the platform"),
    Standing.MISSING: ("文件缺失", "the file is missing in the storage"),
    Standing.DAMAGED: ("文件已损坏", "the file does not match its hash"),
    Standing.INFECTED: ("检出病毒，未归档", "left out: a virus was found"),
    Standing.SEALED: ("尚未启封", "sealed"),
}
# What the storage should have and has not: named in the words of the job, too.
LOST = (Standing.MISSING, Standing.DAMAGED, Standing.INFECTED)
JOB = "archive.package"  # its name in the settings
