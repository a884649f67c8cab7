extension Words {
    /// What the pages about classes and the calendar say.
    static let adminClassWords: [Language: [String: String]] = [
        .english: [
            "admin_classes_title": "Classes, teachers and times", "admin_class_title": "Class {name}",
            "admin_new_class": "New class", "admin_all_classes": "All classes",
            "admin_class_attendance": "Attendance of this class", "admin_class_change": "Name and times",
            "admin_teachers": "Teachers", "admin_who_teaches": "Who teaches this class",
            "admin_no_teachers": "There is no teacher yet: make one under People.",
            "admin_no_teacher": "One of them is no teacher any more.",
            "admin_times": "Times", "admin_present_until": "Present until", "admin_late_until": "Late until",
            "admin_times_hint":
                "Leave both empty for the school's times: present until {present}, late until {absent}.",
            "admin_times_own": "Its own", "admin_times_school": "The school's",
            "admin_bad_class_name": "The name is empty, too long or has signs that cannot be seen.",
            "admin_bad_times": "Give both times, the first before the second, or none.",
            "admin_class_taken": "There is a class of this name already.",
            "admin_class_in_use":
                "The class still has students, or a terminal serves only this class. Change that first.",
            "admin_class_remove_text":
                "Only a class without students can be removed. Older attendance stays. This cannot be undone.",
            "admin_done_class_created": "The class is created.", "admin_done_class_changed": "Changed.",
            "admin_done_class_teachers": "The teachers are set.", "admin_done_class_removed": "The class is removed.",
            "admin_when": "When attendance is taken", "admin_school_days": "School days", "admin_zone": "Time zone",
            "admin_in_configuration":
                "School days, time zone and the school's times are in the server's configuration, under [policy].",
            "admin_own_times": "Classes with times of their own",
            "admin_days_off": "Days off", "admin_no_days_off": "No day off is to come.",
            "admin_past_days_off": "Past days off", "admin_add_days_off": "Add days off",
            "admin_first_day": "First day", "admin_last_day": "Last day (empty for one day)", "admin_add": "Add",
            "admin_day_configured": "In the server's configuration",
            "admin_day_remove": "Remove the day off {day}",
            "admin_day_in_configuration": "This day is in the server's configuration and can be removed only there.",
            "admin_bad_day_name": "Say why there is no school, in one line of at most 500 characters.",
            "admin_bad_days":
                "Give a first day, and a last day that is not before it and less than {days} days later.",
            "admin_done_day_added": "Added. Attendance of these days follows.",
            "admin_done_day_removed": "Removed. Attendance of this day follows.",
        ],
        .german: [
            "admin_classes_title": "Klassen, Lehrkräfte und Zeiten", "admin_class_title": "Klasse {name}",
            "admin_new_class": "Neue Klasse", "admin_all_classes": "Alle Klassen",
            "admin_class_attendance": "Anwesenheit dieser Klasse", "admin_class_change": "Name und Zeiten",
            "admin_teachers": "Lehrkräfte", "admin_who_teaches": "Wer diese Klasse unterrichtet",
            "admin_no_teachers": "Es gibt noch keine Lehrkraft. Sie wird unter Personen angelegt.",
            "admin_no_teacher": "Jemand davon ist keine Lehrkraft mehr.",
            "admin_times": "Zeiten", "admin_present_until": "Anwesend bis", "admin_late_until": "Verspätet bis",
            "admin_times_hint":
                "Beide leer lassen für die Zeiten der Schule: anwesend bis {present}, verspätet bis {absent}.",
            "admin_times_own": "Eigene", "admin_times_school": "Die der Schule",
            "admin_bad_class_name": "Der Name ist leer, zu lang oder hat unsichtbare Zeichen.",
            "admin_bad_times": "Bitte beide Zeiten angeben, die erste vor der zweiten, oder keine.",
            "admin_class_taken": "Eine Klasse mit diesem Namen gibt es schon.",
            "admin_class_in_use":
                "In der Klasse ist noch jemand, oder ein Terminal ist nur für sie da. Zuerst das ändern.",
            "admin_class_remove_text":
                "Nur eine leere Klasse lässt sich entfernen. Ältere Einträge bleiben. Das lässt sich nicht rückgängig machen.",
            "admin_done_class_created": "Die Klasse ist angelegt.", "admin_done_class_changed": "Geändert.",
            "admin_done_class_teachers": "Die Lehrkräfte sind eingetragen.",
            "admin_done_class_removed": "Die Klasse ist entfernt.",
            "admin_when": "Wann Anwesenheit erfasst wird", "admin_school_days": "Schultage",
            "admin_zone": "Zeitzone",
            "admin_in_configuration":
                "Schultage, Zeitzone und die Zeiten der Schule stehen in der Konfiguration des Servers, unter [policy].",
            "admin_own_times": "Klassen mit eigenen Zeiten",
            "admin_days_off": "Freie Tage", "admin_no_days_off": "Es steht kein freier Tag bevor.",
            "admin_past_days_off": "Vergangene freie Tage", "admin_add_days_off": "Freie Tage eintragen",
            "admin_first_day": "Erster Tag", "admin_last_day": "Letzter Tag (leer für einen Tag)",
            "admin_add": "Eintragen",
            "admin_day_configured": "In der Konfiguration des Servers",
            "admin_day_remove": "Den freien Tag {day} entfernen",
            "admin_day_in_configuration":
                "Dieser Tag steht in der Konfiguration des Servers und lässt sich nur dort entfernen.",
            "admin_bad_day_name": "Bitte in einer Zeile mit höchstens 500 Zeichen sagen, warum keine Schule ist.",
            "admin_bad_days":
                "Bitte einen ersten Tag angeben, und einen letzten, der nicht davor und weniger als {days} Tage danach liegt.",
            "admin_done_day_added": "Eingetragen. Die Anwesenheit dieser Tage folgt.",
            "admin_done_day_removed": "Entfernt. Die Anwesenheit dieses Tages folgt.",
        ],
    ]
}
