"""Acts done by a button of another page: their own address takes POST alone."""

POSTED_ONLY = frozenset({
    "account.resend", "account.withdraw", "agenda.move", "amendment.decline", "amendment.withdraw",
    "chain.begin", "chapter.move", "chapter.remove", "claim.answer", "collective.add_member",
    "collective.enter_signature", "collective.finish", "comment.clear", "comment.cosign",
    "comment.delete", "comment.import", "comment.ungroup", "comment.withdraw_clearance",
    "disposition.answer", "disposition.undo", "duty.nudge", "expert.decide_suggestion",
    "expert.erase", "expert.remind", "expert.revoke", "indicator.remove", "indicator.replace",
    "item.merge", "item.replace", "item.split", "note.resolve", "position.hand_up",
    "position.return", "provision.move", "provision.remove", "provisions.move", "round.close",
    "sign_off.adopt_part", "sign_off.refuse_close", "spoken.confirm", "spoken.refuse",
    "standard.remove", "term.remove", "text.import", "text_block.remove",
})  # fmt: skip
