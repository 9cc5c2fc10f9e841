"""All tags and filters of the house, gathered: settings load this one library as a builtin."""

from django import template

from eig.design.templatetags import blocks, controls, inputs, lists, page, words

register = template.Library()
for library in (blocks, controls, inputs, lists, page, words):
    register.tags.update(library.register.tags)
    register.filters.update(library.register.filters)
