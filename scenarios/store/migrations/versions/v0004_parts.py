"""Jobs in parts, what they are asked and the files they make."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    """Add to the tables."""
    with op.batch_alter_table("jobs") as jobs:
        jobs.add_column(sa.Column("parent_id", sa.String(length=32), nullable=True))
        jobs.add_column(sa.Column("part", sa.Integer(), nullable=False, server_default="0"))
        jobs.add_column(sa.Column("task", sa.JSON(), nullable=False, server_default="{}"))
        jobs.add_column(sa.Column("summary", sa.JSON(), nullable=True))
        jobs.create_foreign_key(op.f("fk_jobs_parent_id"), "jobs", ["parent_id"], ["id"])
    op.create_index(op.f("ix_jobs_parent_id"), "jobs", ["parent_id"], unique=False)
    op.create_table(
        "job_files",
        sa.Column("job_id", sa.String(length=32), nullable=False),
        sa.Column("name", sa.String(length=60), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.ForeignKeyConstraint(["job_id"], ["jobs.id"], name=op.f("fk_job_files_job_id")),
        sa.ForeignKeyConstraint(["sha256"], ["blobs.sha256"], name=op.f("fk_job_files_sha256")),
        sa.PrimaryKeyConstraint("job_id", "name", name=op.f("pk_job_files")),
    )
