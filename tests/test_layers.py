"""Rules of the house that the import linter cannot see."""

from django.apps import apps
from django.db.models import ForeignKey, ManyToManyField

FLOORS = [["cases"], ["letters"], ["bodies"], ["journal", "look"]]
FLOOR = {room: height for height, rooms in enumerate(reversed(FLOORS)) for room in rooms}


def test_foreign_keys_point_down_a_floor_or_stay_in_the_room() -> None:
    for model in apps.get_models():
        room = model._meta.app_label
        if room not in FLOOR:
            continue
        for field in model._meta.get_fields():
            if isinstance(field, ForeignKey | ManyToManyField):
                target = field.related_model._meta.app_label
                down = FLOOR.get(target, -1) < FLOOR[room]
                assert target == room or down, f"{model.__name__}.{field.name} points up to {target}"


def test_faces_have_no_tables() -> None:
    for model in apps.get_models():
        assert model._meta.app_label not in {"portal", "desk", "api", "look"}
