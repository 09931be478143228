"""drinks: the safety answers with what follows from them, and what was drunk on which date

Revision: 0005
Follows: 0004
"""

import sqlalchemy as sa
from alembic import op


revision = '0005'
down_revision = '0004'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        'hydration',
        sa.Column('person_id', sa.BigInteger(), nullable=False),
        sa.Column('answers', sa.Text(), nullable=False),
        sa.Column('mode', sa.String(length=8), nullable=False),
        sa.Column('target_cups', sa.SmallInteger(), nullable=True),
        sa.Column('limit_ml', sa.SmallInteger(), nullable=True),
        sa.Column('bedtime', sa.Time(), server_default='22:00:00.000000', nullable=False),
        sa.Column('hot_on', sa.Date(), nullable=True),
        sa.Column('updated_at', sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(['person_id'], ['people.id'], name=op.f('fk_hydration_person_id_people'), ondelete='CASCADE'),
        sa.PrimaryKeyConstraint('person_id', name=op.f('pk_hydration')),
    )
    op.create_table(
        'drinks',
        sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
        sa.Column('person_id', sa.BigInteger(), nullable=False),
        sa.Column('local_date', sa.Date(), nullable=False),
        sa.Column('at', sa.DateTime(timezone=True), nullable=False),
        sa.Column('ml', sa.SmallInteger(), nullable=False),
        sa.Column('occurrence_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
        sa.ForeignKeyConstraint(['occurrence_id'], ['occurrences.id'], name=op.f('fk_drinks_occurrence_id_occurrences'), ondelete='SET NULL'),
        sa.ForeignKeyConstraint(['person_id'], ['people.id'], name=op.f('fk_drinks_person_id_people'), ondelete='CASCADE'),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_drinks')),
        sa.UniqueConstraint('occurrence_id', name=op.f('uq_drinks_occurrence_id')),
    )
    with op.batch_alter_table('drinks', schema=None) as batch_op:
        batch_op.create_index('ix_drinks_at', ['at'], unique=False)
        batch_op.create_index('ix_drinks_person', ['person_id', 'local_date'], unique=False)


def downgrade() -> None:
    op.drop_table('drinks')
    op.drop_table('hydration')
