extension Words {
    static let ownDataWords: [Language: [String: String]] = [
        .english: [
            "own_account": "My account", "own_name": "Name", "own_role": "At the school",
            "own_role_student": "Student", "own_role_teacher": "Teacher", "own_role_admin": "Admin",
            "own_since": "Here since", "own_wrong": "Is something wrong? The school's office can change it.",
            "own_consent": "Being recognised",
            "own_consent_about":
                "The terminals at the door can recognise you by your face. For that the school needs consent, by you or by "
                + "your parents. No pictures are kept: only numbers, sealed, from which no picture can be made.",
            "own_consent_given": "Consent was given on", "own_consent_none": "There is no consent on record.",
            "own_consent_give":
                "No terminal can recognise you, and your attendance is taken by hand. If you want to be recognised, go to "
                + "the school's office.",
            "own_photographs": "Photographs that you are recognised by",
            "own_photograph_days": "When they were enrolled",
            "own_withdraw": "Withdraw the consent",
            "own_withdraw_about":
                "Everything by which you are recognised is deleted at once on the server, and on every terminal as soon as "
                + "it is connected. From then on your teacher takes your attendance by hand. Your attendance so far stays. "
                + "To be recognised again you need new photographs from the office.",
            "own_sure": "Yes, I want that.", "own_not_sure": "Tick the box if you want to withdraw the consent.",
            "own_done_consent": "The consent is withdrawn, and what you were recognised by is deleted.",
            "own_done_password": "The password is changed. Other devices are logged out.",
            "own_file": "Everything as a file",
            "own_file_about":
                "All that the server has on you: account, classes, consent, photographs' dates and measures, when you were "
                + "seen, attendance, corrections, excuses, and who did what with your data.",
            "own_download": "Download my data", "own_password": "Password", "own_password_old": "Password until now",
            "own_password_new": "New password", "own_password_again": "New password again",
            "own_password_about": "At least 8 characters; a few words that only you put together are a good one.",
            "own_password_change": "Change the password", "own_password_wrong": "The password until now is wrong.",
            "own_password_differs": "The new password is not the same both times.",
            "own_password_length": "A password has at least {shortest} characters, and at most 256.",
        ],
        .german: [
            "own_account": "Mein Konto", "own_name": "Name", "own_role": "An der Schule",
            "own_role_student": "Schülerin oder Schüler", "own_role_teacher": "Lehrkraft",
            "own_role_admin": "Verwaltung",
            "own_since": "Hier seit", "own_wrong": "Stimmt etwas nicht? Das Büro der Schule kann es ändern.",
            "own_consent": "Erkannt werden",
            "own_consent_about":
                "Die Terminals an der Tür können dich am Gesicht erkennen. Dafür braucht die Schule eine Einwilligung, von "
                + "dir oder von deinen Eltern. Bilder werden nicht aufbewahrt: nur Zahlen, versiegelt, aus denen niemand "
                + "ein Bild machen kann.",
            "own_consent_given": "Eingewilligt wurde am", "own_consent_none": "Es liegt keine Einwilligung vor.",
            "own_consent_give":
                "Kein Terminal kann dich erkennen, und deine Anwesenheit wird von Hand eingetragen. Willst du erkannt "
                + "werden, geh ins Büro der Schule.",
            "own_photographs": "Fotos, an denen du erkannt wirst", "own_photograph_days": "Wann sie aufgenommen wurden",
            "own_withdraw": "Einwilligung widerrufen",
            "own_withdraw_about":
                "Alles, woran du erkannt wirst, wird auf dem Server sofort gelöscht, und auf jedem Terminal, sobald es "
                + "verbunden ist. Von da an trägt deine Lehrkraft deine Anwesenheit von Hand ein. Deine bisherige "
                + "Anwesenheit bleibt. Um wieder erkannt zu werden, brauchst du neue Fotos aus dem Büro.",
            "own_sure": "Ja, das will ich.",
            "own_not_sure": "Setz das Häkchen, wenn du die Einwilligung widerrufen willst.",
            "own_done_consent": "Die Einwilligung ist widerrufen, und woran du erkannt wurdest, ist gelöscht.",
            "own_done_password": "Das Passwort ist geändert. Andere Geräte sind abgemeldet.",
            "own_file": "Alles als Datei",
            "own_file_about":
                "Alles, was der Server über dich hat: Konto, Klassen, Einwilligung, Datum und Maße der Fotos, wann du "
                + "gesehen wurdest, Anwesenheit, Korrekturen, Entschuldigungen, und wer was mit deinen Daten getan hat.",
            "own_download": "Meine Daten herunterladen", "own_password": "Passwort",
            "own_password_old": "Bisheriges Passwort", "own_password_new": "Neues Passwort",
            "own_password_again": "Neues Passwort noch einmal",
            "own_password_about":
                "Mindestens 8 Zeichen; ein paar Wörter, die nur du so zusammenstellst, sind ein gutes.",
            "own_password_change": "Passwort ändern", "own_password_wrong": "Das bisherige Passwort ist falsch.",
            "own_password_differs": "Das neue Passwort ist nicht beide Male dasselbe.",
            "own_password_length": "Ein Passwort hat mindestens {shortest} Zeichen und höchstens 256.",
        ],
    ]
}
