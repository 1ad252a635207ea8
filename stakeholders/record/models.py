"""The append-only, hash-chained record, and what every append-only table shares."""

import pgtrigger
from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class AppendOnly(models.Model):
    """A table whose rows are only ever added.

    Triggers refuse UPDATE, DELETE and TRUNCATE for everybody, the table's owner included; the
    application's role has no grant for them besides (`record.grants`).
    """

    class Meta:
        abstract = True
        triggers = [
            pgtrigger.Protect(
                name="append_only",
                operation=pgtrigger.Update | pgtrigger.Delete,
            ),
            pgtrigger.Trigger(
                name="no_truncate",
                operation=pgtrigger.Truncate,
                level=pgtrigger.Statement,
                when=pgtrigger.Before,
                func="RAISE EXCEPTION 'rows of % are only ever added', TG_TABLE_NAME;",
            ),
        ]


class RecordHead(models.Model):
    """The end of one chain: one per plan (`plan:KEY`) and one for the site (`site`)."""

    chain = models.CharField(_("chain"), max_length=80, primary_key=True)
    seq = models.PositiveBigIntegerField(_("entries"), default=0)
    hash = models.CharField(_("hash"), max_length=80, blank=True)

    class Meta:
        verbose_name = _("record head")
        verbose_name_plural = _("record heads")

    def __str__(self) -> str:
        return f"{self.chain} #{self.seq}"


class HeadTold(AppendOnly):
    """The end of a chain as it was told to the parties: whoever keeps the mail is a witness.

    `root` is the root of the hash tree (RFC 6962, section 2.1) over the hashes of entries
    1..`seq`, so that one entry can be shown to be in the chain without the others.
    """

    chain = models.CharField(_("chain"), max_length=80)
    seq = models.PositiveBigIntegerField(_("entries"))
    hash = models.CharField(_("hash"), max_length=80)
    root = models.CharField(_("root"), max_length=80)
    at = models.DateTimeField(_("time"))

    class Meta(AppendOnly.Meta):
        verbose_name = _("head told to the parties")
        verbose_name_plural = _("heads told to the parties")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["chain", "seq"], name="head_told_once"),
        ]

    def __str__(self) -> str:
        return f"{self.chain} #{self.seq}"


class RecordEntry(AppendOnly):
    """One act, as canonical text, bound to the entry before it.

    The text holds ids, hashes and commitments only: no names, addresses or free text.
    """

    chain = models.CharField(_("chain"), max_length=80)
    seq = models.PositiveBigIntegerField(_("number"))
    at = models.DateTimeField(_("time"))
    act = models.CharField(_("act"), max_length=60, db_index=True)
    subject = models.CharField(_("subject"), max_length=120, db_index=True)
    actor_kind = models.CharField(_("kind of actor"), max_length=20)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        related_name="+",
        verbose_name=_("person"),
    )
    mandate_id = models.BigIntegerField(_("mandate"), null=True)
    jurisdiction_code = models.CharField(_("jurisdiction"), max_length=6, blank=True)
    payload = models.TextField(_("canonical text"))
    previous = models.CharField(_("hash before"), max_length=80, blank=True)
    hash = models.CharField(_("hash"), max_length=80, unique=True)

    class Meta(AppendOnly.Meta):
        verbose_name = _("record entry")
        verbose_name_plural = _("record entries")
        ordering = ["chain", "seq"]
        constraints = [
            models.UniqueConstraint(fields=["chain", "seq"], name="record_entry_chain_seq"),
        ]

    def __str__(self) -> str:
        return f"{self.chain} #{self.seq} {self.act}"
