"""Indexes of several models made in one step of a migration."""

from collections.abc import Mapping

from django.db import models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.operations.base import Operation
from django.db.migrations.state import ProjectState


class AddIndexes(Operation):
    """`AddIndex` for each model (by its small name) of `indexes`.

    Made one by one, each would have Django draw up anew nearly all models; here once for all.
    """

    reduces_to_sql = True
    reversible = True

    def __init__(self, indexes: Mapping[str, models.Index]) -> None:
        self.indexes = indexes

    def state_forwards(self, app_label: str, state: ProjectState) -> None:
        state.__dict__.pop("apps", None)
        for name, index in self.indexes.items():
            state.add_index(app_label, name, index)

    def database_forwards(
        self,
        app_label: str,
        schema_editor: BaseDatabaseSchemaEditor,
        from_state: ProjectState,
        to_state: ProjectState,
    ) -> None:
        for name, index in self.indexes.items():
            model = to_state.apps.get_model(app_label, name)
            if self.allow_migrate_model(schema_editor.connection.alias, model):
                schema_editor.add_index(model, index)

    def database_backwards(
        self,
        app_label: str,
        schema_editor: BaseDatabaseSchemaEditor,
        from_state: ProjectState,
        to_state: ProjectState,
    ) -> None:
        for name, index in self.indexes.items():
            model = from_state.apps.get_model(app_label, name)
            if self.allow_migrate_model(schema_editor.connection.alias, model):
                schema_editor.remove_index(model, index)

    def describe(self) -> str:
        return f"Create indexes of {len(self.indexes)} models"
