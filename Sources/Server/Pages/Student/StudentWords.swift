extension Words {
    /// What the pages of a student say, and what every page says of records.
    static let studentWords: [Language: [String: String]] = [
        .english: [
            "student_title": "My attendance", "student_class": "Class", "student_rate": "How often I was there",
            "student_rate_help":
                "Days on which you were present or late, out of all days that are on record. Today counts once "
                + "it is on record.",
            "student_year": "in the last twelve months",
            "student_times": "Until {present} you are present, until {absent} late.",
            "student_corrections": "What was corrected", "student_no_corrections": "Nothing was corrected.",
            "student_wrong": "Is something wrong? Tell your teacher or the office: they can correct it.",
            "student_excuses": "Excuses", "student_no_excuses": "There are no excuses.",
            "record_no_school": "No school", "record_corrected": "corrected",
            "record_taken_back": "Correction taken back",
            "record_withdrawn": "withdrawn on", "record_not_seen": "Not seen until the session ended",
            "record_too_late": "Seen after the session had ended",
            "record_corrected_by": "Corrected by {name}: {reason}",
            "record_excused_by": "Excused by {name}: {reason}",
        ],
        .german: [
            "student_title": "Meine Anwesenheit", "student_class": "Klasse", "student_rate": "Wie oft ich da war",
            "student_rate_help":
                "Tage, an denen du anwesend oder verspätet warst, von allen eingetragenen Tagen. Der heutige Tag zählt, "
                + "sobald er eingetragen ist.",
            "student_year": "in den letzten zwölf Monaten",
            "student_times": "Bis {present} bist du anwesend, bis {absent} verspätet.",
            "student_corrections": "Was korrigiert wurde", "student_no_corrections": "Nichts wurde korrigiert.",
            "student_wrong": "Stimmt etwas nicht? Sag es deiner Lehrkraft oder dem Büro: Sie können es korrigieren.",
            "student_excuses": "Entschuldigungen", "student_no_excuses": "Es gibt keine Entschuldigungen.",
            "record_no_school": "Keine Schule", "record_corrected": "korrigiert",
            "record_taken_back": "Korrektur zurückgenommen",
            "record_withdrawn": "zurückgezogen am", "record_not_seen": "Bis zum Ende nicht gesehen",
            "record_too_late": "Erst nach dem Ende gesehen",
            "record_corrected_by": "Korrigiert von {name}: {reason}",
            "record_excused_by": "Entschuldigt von {name}: {reason}",
        ],
    ].merging(ownDataWords) { $0.merging($1) { $1 } }
}
