"""Messages that stand in no template of `look`: those of Django and allauth, and words that every room uses.

Django's Kazakh is incomplete and allauth has none.
"""

from django.utils.translation import gettext_noop

WORDS = (
    gettext_noop("This field is required."),
    gettext_noop("Enter a valid value."),
    gettext_noop("Enter a valid date."),
    gettext_noop("Enter a valid email address."),
    gettext_noop("Enter a whole number."),
    gettext_noop("Select a valid choice. %(value)s is not one of the available choices."),
    gettext_noop("Select a valid choice. That choice is not one of the available choices."),
    gettext_noop("Null characters are not allowed."),
    gettext_noop("The submitted file is empty."),
    gettext_noop("No file was submitted. Check the encoding type on the form."),
    gettext_noop("The username and/or password you specified are not correct."),
    gettext_noop("Too many failed login attempts. Try again later."),
    gettext_noop("Be patient, you are sending too many requests."),
    gettext_noop("Incorrect code."),
    gettext_noop("Incorrect password."),
)

EVERYWHERE = (
    gettext_noop("Back"),
    gettext_noop("Save"),
    gettext_noop("Cancel"),
    gettext_noop("Send"),
    gettext_noop("Search"),
    gettext_noop("Yes"),
    gettext_noop("No"),
    gettext_noop("Print"),
)
