extension Words {
    /// What the page of walk-bys says.
    static let adminWalkByWords: [Language: [String: String]] = [
        .english: [
            "admin_walkby_states": "Which walk-bys",
            "admin_walkby_open": "To decide", "admin_walkby_settled": "Settled by themselves",
            "admin_walkby_decided": "Decided",
            "admin_walkby_lead_open":
                "Somebody passed a terminal, and it could not say for certain who. No picture is kept: decide by what you know.",
            "admin_walkby_lead_settled": "Nobody has to decide these: the person was seen all the same on that day.",
            "admin_walkby_lead_decided": "What was decided, the newest first.",
            "admin_walkby_empty_open": "Nothing to decide.",
            "admin_walkby_empty_settled": "There is none.", "admin_walkby_empty_decided": "There is none.",
            "admin_why_suspicious": "The face may have been a picture held up to the camera.",
            "admin_why_challenge_failed": "The movement that the terminal asked for did not come.",
            "admin_why_look_alikes": "Two people look alike, and the terminal could not tell them apart.",
            "admin_why_two_people_likely": "Two people were about equally likely.",
            "admin_why_little_evidence": "Too little of the face was seen to be sure.",
            "admin_walkby_perhaps": "Perhaps {time}",
            "admin_walkby_no_time":
                "The terminal's clock was not set, so nobody knows when this was. Nobody can be marked by it; correct the day instead.",
            "admin_walkby_other": "And one other person, of another class",
            "admin_walkby_others": "And {count} others, of other classes",
            "admin_walkby_reason": "How you know", "admin_it_was": "It was {name}",
            "admin_it_was_nobody": "It was none of them", "admin_it_was_not": "It was not {name}",
            "admin_walkby_detail": "What the terminal noted",
            "admin_bad_reason": "Say how you know, in one line of at most 500 characters.",
            "admin_walkby_cannot":
                "No record can follow from this: the person is none of these, or there was no school on that day.",
            "admin_walkby_was_decided": "Somebody has decided this already.",
            "admin_walkby_seen_earlier":
                "The day's record already says more: the person was seen earlier, or somebody has corrected it. Nothing is left but to say that it was nobody.",
            "admin_done_walkby_marked": "Decided: the record of the day follows.",
            "admin_done_walkby_dismissed": "Decided: no record changes.",
            "admin_somebody": "somebody", "admin_decided_mark": "It was {name}, decided {by} ({time}).",
            "admin_decided_dismiss": "It was none of them, decided {by} ({time}).",
        ],
        .german: [
            "admin_walkby_states": "Welche Fälle",
            "admin_walkby_open": "Zu entscheiden", "admin_walkby_settled": "Von selbst geklärt",
            "admin_walkby_decided": "Entschieden",
            "admin_walkby_lead_open":
                "Jemand ging an einem Terminal vorbei, und es war nicht sicher, wer. Ein Bild gibt es nicht: Bitte nach eigenem Wissen entscheiden.",
            "admin_walkby_lead_settled":
                "Hier muss niemand entscheiden: Die Person wurde an diesem Tag ohnehin gesehen.",
            "admin_walkby_lead_decided": "Was entschieden wurde, das Neueste zuerst.",
            "admin_walkby_empty_open": "Nichts zu entscheiden.",
            "admin_walkby_empty_settled": "Nichts dabei.", "admin_walkby_empty_decided": "Nichts dabei.",
            "admin_why_suspicious": "Das Gesicht war vielleicht ein Bild, das vor die Kamera gehalten wurde.",
            "admin_why_challenge_failed": "Die Bewegung, um die das Terminal bat, kam nicht.",
            "admin_why_look_alikes": "Zwei Personen sehen sich ähnlich, und das Terminal konnte sie nicht trennen.",
            "admin_why_two_people_likely": "Zwei Personen kamen etwa gleich gut in Frage.",
            "admin_why_little_evidence": "Vom Gesicht war zu wenig zu sehen, um sicher zu sein.",
            "admin_walkby_perhaps": "Vielleicht {time}",
            "admin_walkby_no_time":
                "Die Uhr des Terminals war nicht gestellt, die Zeit kennt also niemand. Daraus kann kein Eintrag werden; bitte stattdessen den Tag korrigieren.",
            "admin_walkby_other": "Und eine weitere Person aus einer anderen Klasse",
            "admin_walkby_others": "Und {count} weitere aus anderen Klassen",
            "admin_walkby_reason": "Woher das bekannt ist", "admin_it_was": "Es war {name}",
            "admin_it_was_nobody": "Niemand davon", "admin_it_was_not": "Es war nicht {name}",
            "admin_walkby_detail": "Was das Terminal notiert hat",
            "admin_bad_reason": "Bitte in einer Zeile mit höchstens 500 Zeichen sagen, woher das bekannt ist.",
            "admin_walkby_cannot":
                "Daraus kann kein Eintrag werden: Die Person ist keine von diesen, oder an dem Tag war keine Schule.",
            "admin_walkby_was_decided": "Das hat schon jemand entschieden.",
            "admin_walkby_seen_earlier":
                "Der Tag sagt schon mehr: Die Person wurde früher gesehen, oder jemand hat korrigiert. Es bleibt nur, dass es niemand davon war.",
            "admin_done_walkby_marked": "Entschieden: Der Eintrag des Tages folgt.",
            "admin_done_walkby_dismissed": "Entschieden: Kein Eintrag ändert sich.",
            "admin_somebody": "jemand", "admin_decided_mark": "Es war {name}, entschied {by} ({time}).",
            "admin_decided_dismiss": "Niemand davon, entschied {by} ({time}).",
        ],
    ]
}
