"""Addresses, one file a purpose."""

from qyzmet.api.endpoints import (
    applicant_steps,
    desk_cases,
    desk_lists,
    desk_register,
    desk_steps,
    file_appeal,
    files,
    follow_appeal,
    list_city,
)

ROUTERS = [
    list_city.router,
    file_appeal.router,
    follow_appeal.router,
    files.router,
    applicant_steps.router,
    desk_lists.router,
    desk_cases.router,
    desk_register.router,
    desk_steps.router,
]
