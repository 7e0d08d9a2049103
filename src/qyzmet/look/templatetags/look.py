"""Parts of a page; the cheat sheet is docs/howto/pages.md."""

from django import template

register = template.Library()
