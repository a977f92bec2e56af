"""A template that uses a variable which nobody gave it fails the test.

Django shows `string_if_invalid` in place of such a variable; here that value refuses. `{% if missing %}` may
ask, since that is how a template finds out. Templates from libraries (the administration pages, allauth)
were written to show something empty, and are left to that: the exemption goes by where the file lies.
"""

from __future__ import annotations

import sys
from typing import Any

from django.template.base import FilterExpression, Node
from django.template.context import Context
from django.template.defaulttags import ForNode

LIBRARIES = "site-packages"


class UndefinedVariable(AssertionError):
    """A template of ours used a variable that is not in its context."""


class Undefined(str):
    """Empty text that raises UndefinedVariable when a template of ours is about to show it."""

    __slots__ = ()

    def __bool__(self) -> bool:
        refuse_in_ours()
        return False

    def __contains__(self, part: object) -> bool:
        # `{% blocktranslate %}` asks whether there is a %s in the text.
        refuse_in_ours()
        return False


UNDEFINED = Undefined()


def refuse_in_ours() -> None:
    """Raise UndefinedVariable if what Django is rendering now stands in a template of ours."""
    variable: Any = "a variable"
    frame = sys._getframe(2)
    while frame is not None:
        rendering = frame.f_locals.get("self")
        if isinstance(rendering, FilterExpression):
            variable = rendering.var
        elif frame.f_code.co_name == "render_value":
            variable = frame.f_locals["key"]
        elif isinstance(rendering, Node):
            if LIBRARIES not in str(rendering.origin):
                raise UndefinedVariable(
                    f"{variable} is not defined in {rendering.origin}, line {rendering.token.lineno}"
                )
            return
        frame = frame.f_back


class Demanding:
    """What a `{% for %}` goes through: it must be there. Django takes what is not there for an empty list."""

    def __init__(self, sequence: FilterExpression) -> None:
        self.sequence = sequence

    def resolve(self, context: Context, ignore_failures: bool = False) -> Any:
        return self.sequence.resolve(context)


make_for_node = ForNode.__init__


def make_demanding_for_node(self: ForNode, loopvars: Any, sequence: Any, *others: Any, **named: Any) -> None:
    make_for_node(self, loopvars, Demanding(sequence), *others, **named)


ForNode.__init__ = make_demanding_for_node  # type: ignore[method-assign]
