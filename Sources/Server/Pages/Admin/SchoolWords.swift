extension Words {
    /// What the page of the whole school says.
    static let adminSchoolWords: [Language: [String: String]] = [
        .english: [
            "admin_no_school": "There is no school today.", "admin_day_off": "There is no school today: {name}.",
            "admin_waiting": "The day is over for these classes. They are closed once the terminals have reported:",
            "admin_waits_for": "{class} waits for {terminals}",
            "admin_state_no_school": "No school", "admin_state_open": "Open until {time}",
            "admin_state_waiting": "Waits for terminals", "admin_state_closed": "Closed",
            "admin_class": "Class", "admin_students": "Students", "admin_session": "Today", "admin_day": "Day",
            "admin_no_classes": "There is no class yet. A class comes with its first student, or make one.",
            "admin_manage_classes": "Change classes, teachers and times",
            "admin_walkby_one": "One walk-by at a terminal waits for a decision",
            "admin_walkby_many": "{count} walk-bys at terminals wait for a decision",
            "admin_trend_title": "The last four weeks", "admin_trend_numbers": "The same as numbers",
            "admin_trend_caption": "How many of those with a record, and their share, by school day",
            "admin_no_trend": "The picture begins after the first school day.",
            "admin_trend_desc":
                "From {from} to {to}, of all records: {present} present, {late} late, {excused} excused, {absent} absent.",
        ],
        .german: [
            "admin_no_school": "Heute ist keine Schule.", "admin_day_off": "Heute ist keine Schule: {name}.",
            "admin_waiting":
                "Für diese Klassen ist der Tag vorbei. Er wird abgeschlossen, sobald sich die Terminals gemeldet haben:",
            "admin_waits_for": "{class} wartet auf {terminals}",
            "admin_state_no_school": "Keine Schule", "admin_state_open": "Offen bis {time}",
            "admin_state_waiting": "Wartet auf Terminals", "admin_state_closed": "Abgeschlossen",
            "admin_class": "Klasse", "admin_students": "Schüler", "admin_session": "Heute", "admin_day": "Tag",
            "admin_no_classes":
                "Es gibt noch keine Klasse. Sie entsteht mit der ersten Person darin, oder wird angelegt.",
            "admin_manage_classes": "Klassen, Lehrkräfte und Zeiten ändern",
            "admin_walkby_one": "Ein Vorbeigehen an einem Terminal wartet auf eine Entscheidung",
            "admin_walkby_many": "{count} Vorbeigehen an Terminals warten auf eine Entscheidung",
            "admin_trend_title": "Die letzten vier Wochen", "admin_trend_numbers": "Dasselbe in Zahlen",
            "admin_trend_caption": "Wie viele von denen mit Eintrag, und ihr Anteil, je Schultag",
            "admin_no_trend": "Das Bild beginnt nach dem ersten Schultag.",
            "admin_trend_desc":
                "Vom {from} bis {to}, von allen Einträgen: {present} anwesend, {late} verspätet, {excused} entschuldigt, {absent} abwesend.",
        ],
    ]
}
