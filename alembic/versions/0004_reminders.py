"""reminders: quiet hours, one per date for good, ended ones kept a while, nudges beside snoozes

Revision: 0004
Follows: 0003
"""

import sqlalchemy as sa
from alembic import op


revision = '0004'
down_revision = '0003'
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table('people', schema=None) as batch_op:
        batch_op.add_column(sa.Column('quiet_from', sa.Time(), server_default='21:00:00.000000', nullable=False))
        batch_op.add_column(sa.Column('quiet_to', sa.Time(), server_default='08:00:00.000000', nullable=False))
        batch_op.add_column(sa.Column('open_text', sa.Boolean(), server_default=sa.false(), nullable=False))
    with op.batch_alter_table('reminders', schema=None) as batch_op:
        batch_op.add_column(sa.Column('last_date', sa.Date(), nullable=True))
        batch_op.add_column(sa.Column('lives', sa.SmallInteger(), server_default='180', nullable=False))
        batch_op.add_column(sa.Column('despite_quiet', sa.Boolean(), server_default=sa.false(), nullable=False))
        batch_op.add_column(sa.Column('ended_at', sa.DateTime(timezone=True), nullable=True))
        batch_op.drop_index('ix_reminders_person_id')
        batch_op.create_index('ix_reminders_person', ['person_id', 'kind', 'next_due'], unique=False)
    with op.batch_alter_table('occurrences', schema=None) as batch_op:
        batch_op.drop_index('ix_occurrences_snoozed')
        batch_op.alter_column('snoozed_to', new_column_name='again_at')
        batch_op.add_column(sa.Column('again_for', sa.String(length=8), nullable=True))
    with op.batch_alter_table('occurrences', schema=None) as batch_op:
        batch_op.create_index('ix_occurrences_again', ['again_at'], unique=False, sqlite_where=sa.text('again_at IS NOT NULL'), postgresql_where=sa.text('again_at IS NOT NULL'))
    op.execute("UPDATE occurrences SET again_for = 'snooze' WHERE again_at IS NOT NULL")
    # Until now a time at night was only stored when the person had said so twice.
    op.execute("UPDATE reminders SET despite_quiet = (at >= '21:00:00' OR at < '08:00:00')")
    op.execute(
        "UPDATE reminders SET last_date ="
        " (SELECT max(local_date) FROM occurrences WHERE occurrences.reminder_id = reminders.id)"
    )


def downgrade() -> None:
    with op.batch_alter_table('occurrences', schema=None) as batch_op:
        batch_op.drop_index('ix_occurrences_again')
        batch_op.drop_column('again_for')
        batch_op.alter_column('again_at', new_column_name='snoozed_to')
    with op.batch_alter_table('occurrences', schema=None) as batch_op:
        batch_op.create_index('ix_occurrences_snoozed', ['snoozed_to'], unique=False, sqlite_where=sa.text('snoozed_to IS NOT NULL'), postgresql_where=sa.text('snoozed_to IS NOT NULL'))
    op.execute("DELETE FROM reminders WHERE ended_at IS NOT NULL")
    with op.batch_alter_table('reminders', schema=None) as batch_op:
        batch_op.drop_index('ix_reminders_person')
        batch_op.create_index('ix_reminders_person_id', ['person_id'], unique=False)
        batch_op.drop_column('ended_at')
        batch_op.drop_column('despite_quiet')
        batch_op.drop_column('lives')
        batch_op.drop_column('last_date')
    with op.batch_alter_table('people', schema=None) as batch_op:
        batch_op.drop_column('open_text')
        batch_op.drop_column('quiet_to')
        batch_op.drop_column('quiet_from')
