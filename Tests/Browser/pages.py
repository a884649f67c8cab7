"""Every page: who looks at it, what its pictures are called, and where it is."""


def all_pages(school):
    person = school.people
    door = {each["name"]: each["id"] for each in school.ask("GET", "/terminals")["items"]}
    yield None, "login", "/pages/login"
    yield "student", "student", "/pages/me"
    yield "student", "student-data", "/pages/me/data"
    yield "script student", "student-script", "/pages/me"
    yield "admin", "fleet", "/pages/terminals"
    yield "admin", "terminal", f"/pages/terminals/{door['gym door']}"
    yield "admin", "terminal-new", "/pages/terminals/new"
    yield "admin", "terminal-code", f"/pages/terminals/{door['library door']}/code"
    yield "admin", "terminal-revoke", f"/pages/terminals/{door['gym door']}/revoke"
    yield "admin", "school", "/pages/school"
    yield "admin", "people", "/pages/people"
    yield "admin", "people-new", "/pages/people/new"
    yield "admin", "person", f"/pages/people/{person['Eileen Collins']}"
    yield "admin", "photographs", f"/pages/people/{person['Eileen Collins']}/photographs"
    yield "admin", "walk-bys", "/pages/walk-bys"
    yield "admin", "calendar", "/pages/calendar"
    yield "admin", "audit", "/pages/audit"
    yield "admin", "school-classes", "/pages/school/classes"
    yield "teacher", "classes", "/pages/classes"
    yield "teacher", "class", f"/pages/classes/{school.classes['7b']}"
    yield "teacher", "class-names", f"/pages/classes/{school.classes['8a']}"
