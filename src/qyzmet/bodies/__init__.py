"""Bodies, units, dated posts and roles, people (the user model), absences and substitutes, and who answers to whom."""
