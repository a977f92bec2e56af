"""A name, and how it is found by one that is not quite it."""

from __future__ import annotations

from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.utils.translation import gettext_lazy as _

from employers.companies.names import LONGEST, folded, grams


class Named(models.Model):
    """Found by a name that is not quite its name: `name_key` and `name_grams` follow from `name`.

    Whoever writes rows without `save` sets them with `names.folded` and `names.grams`.
    """

    name = models.CharField(_("name"), max_length=200)
    name_key = models.CharField(max_length=LONGEST, editable=False, default="")
    name_grams = ArrayField(models.IntegerField(), editable=False, default=list)

    class Meta:
        abstract = True
        indexes = [
            models.Index(
                name="%(class)s_name_begins", fields=["name_key"], opclasses=["varchar_pattern_ops"]
            ),
            GinIndex(name="%(class)s_name_grams", fields=["name_grams"]),
        ]

    def save(self, **options: Any) -> None:
        """Keep what a name is found by in step with it."""
        self.name_key = folded(self.name)
        self.name_grams = grams(self.name_key)
        if options.get("update_fields"):
            options["update_fields"] = {*options["update_fields"], "name_key", "name_grams"}
        super().save(**options)


class NameGram(models.Model):
    """How many companies of the register have a piece of three letters in their name: which is rarest."""

    gram = models.IntegerField(primary_key=True)
    companies = models.PositiveIntegerField()

    def __str__(self) -> str:
        return str(self.gram)
