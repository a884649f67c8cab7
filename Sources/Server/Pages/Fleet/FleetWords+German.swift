extension Words {
    static let fleetGerman: [String: String] = [
        "fleet_silent": "Stumm", "fleet_broken": "Gestört", "fleet_attention": "Achtung",
        "fleet_waiting": "Wartet", "fleet_working": "Läuft", "fleet_revoked": "Gesperrt",
        "fleet_terminal": "1 Terminal.", "fleet_terminals": "{count} Terminals.",
        "fleet_all_well": "Nichts zu tun.",
        "fleet_need": "1 braucht Hilfe.", "fleet_needs": "{count} brauchen Hilfe.",
        "fleet_page": "Seite {page} von {pages}", "fleet_before": "Zurück", "fleet_after": "Weiter",
        "fleet_back": "Alle Terminals", "fleet_back_to": "Zurück zu", "fleet_to_terminal": "Zum Terminal",
        "fleet_waiting_code": "Der Code gilt bis {until}. Am Terminal eingeben:",
        "fleet_waiting_call": "Es hat seinen Schlüssel und hat sich noch nicht gemeldet.",
        "fleet_empty": "Noch kein Terminal",
        "fleet_empty_1": "Das Terminal hier bekannt machen: Dafür gibt es einen Code, der einmal gilt.",
        "fleet_empty_2": "Auf dem Gerät an der Tür rollcalld installieren und dort eingeben:",
        "fleet_empty_3": "Das Terminal bekommt die Namensliste und steht eine Minute später hier.",

        "fleet_contact": "Letzter Kontakt", "fleet_never": "noch nie", "fleet_outbox": "Ausgang",
        "fleet_clock": "Uhr", "fleet_version": "Version", "fleet_classes": "Klassen",
        "fleet_every_class": "alle Klassen",
        "fleet_no_marks": "leer", "fleet_mark": "1 Meldung wartet", "fleet_marks": "{count} Meldungen warten",
        "fleet_oldest": "die älteste seit {oldest}", "fleet_walk_by": "1 Vorbeigang wartet",
        "fleet_walk_bys": "{count} Vorbeigänge warten",
        "fleet_clock_synchronised": "abgeglichen", "fleet_clock_server": "von diesem Server gestellt",
        "fleet_clock_unknown": "nicht bekannt",
        "fleet_offset_none": "genau",
        "fleet_offset_behind": "{seconds} s nach", "fleet_offset_ahead": "{seconds} s vor",
        "fleet_point": ",",
        "fleet_camera": "Kamera", "fleet_camera_running": "läuft", "fleet_people": "Kennt Personen",
        "fleet_roster_none": "die Namensliste ist noch nicht vollständig",
        "fleet_roster_whole": "alle Änderungen sind da",
        "fleet_roster_change": "1 Änderung fehlt", "fleet_roster_changes": "{count} Änderungen fehlen",
        "fleet_uptime": "Läuft seit", "fleet_memory": "Speicher", "fleet_rejected": "Abgelehnte Meldungen",
        "fleet_created": "Bekannt gemacht", "fleet_registered": "Angemeldet", "fleet_code": "Code",
        "fleet_code_open": "gilt bis {until}", "fleet_code_over": "galt bis {until}",
        "fleet_revoked_since": "Gesperrt seit",

        "fleet_ago_now": "gerade eben", "fleet_ago_minute": "vor 1 Minute",
        "fleet_ago_minutes": "vor {count} Minuten", "fleet_ago_hour": "vor 1 Stunde",
        "fleet_ago_hours": "vor {count} Stunden", "fleet_ago_day": "vor 1 Tag", "fleet_ago_days": "vor {count} Tagen",
        "fleet_span_days": "{days} d {hours} h", "fleet_span_hours": "{hours} h {minutes} min",
        "fleet_span_minutes": "{minutes} min", "fleet_span_seconds": "{seconds} s",

        "fleet_what_not_registered": "Der Code wurde nicht rechtzeitig benutzt.",
        "fleet_next_not_registered": "Einen neuen machen und am Terminal eingeben:",
        "fleet_what_never_seen": "Es hat seit {since} einen Schlüssel und hat sich noch nie gemeldet.",
        "fleet_next_never_seen": "Dort ausführen:",
        "fleet_what_not_seen": "Seit {since} hat es sich nicht gemeldet.",
        "fleet_next_not_seen": "Strom und Netz prüfen, dann dort ausführen:",
        "fleet_waited_mark": "1 Meldung wartete dort; sie ist nicht verloren.",
        "fleet_waited_marks": "{count} Meldungen warteten dort; keine ist verloren.",
        "fleet_what_camera": "Die Kamera liefert kein Bild. Das Terminal sagt: „{told}“",
        "fleet_next_camera": "Kabel und Licht prüfen, dann dort ausführen:",
        "fleet_what_outbox_old": "{count} Meldungen warten, die älteste seit {oldest}.",
        "fleet_next_outbox_old": "Nachsehen, warum sie nicht gesendet werden; dort ausführen:",
        "fleet_what_outbox_alarm": "Der Ausgang ist gestört. Das Terminal sagt: „{told}“",
        "fleet_next_outbox_alarm": "Dort ausführen:",
        "fleet_rejected_mark": "Der Server hat 1 Meldung nicht angenommen.",
        "fleet_rejected_marks": "Der Server hat {count} Meldungen nicht angenommen.",
        "fleet_next_rejected_marks": "Die Anwesenheit von Hand berichtigen; welche es sind, sagt dort:",
        "fleet_what_clock_unknown": "Es weiß die Zeit nicht; über seine Meldungen muss jemand entscheiden.",
        "fleet_next_clock_unknown": "Den Zeitdienst prüfen; dort ausführen:",
        "fleet_what_behind": "Die Uhr geht gegen die des Servers {seconds} s nach.",
        "fleet_what_ahead": "Die Uhr geht gegen die des Servers {seconds} s vor.",
        "fleet_next_clock_off": "Den Zeitdienst dort und auf dem Server prüfen:",
        "fleet_what_old_version": "Es hat Version {its}, der Server {newest}.",
        "fleet_next_old_version": "Dort das neuere Paket von rollcalld installieren.",

        "fleet_now": "Zustand", "fleet_history": "Was nicht in Ordnung war", "fleet_still": "noch immer",
        "fleet_now_word": "jetzt", "fleet_no_history": "In den letzten 90 Tagen war alles in Ordnung.",
        "fleet_told": "Es sagte:",
        "fleet_history_note": "Das Neueste steht oben. Nach dem Ende bleibt es 90 Tage lang stehen.",
        "fleet_fault_not_registered": "Code nicht rechtzeitig benutzt", "fleet_fault_never_seen": "Noch nie gemeldet",
        "fleet_fault_not_seen": "Stumm", "fleet_fault_camera": "Kein Bild von der Kamera",
        "fleet_fault_outbox_old": "Meldungen warteten länger als eine Stunde",
        "fleet_fault_outbox_alarm": "Ausgang gestört",
        "fleet_fault_rejected_marks": "Meldungen nicht angenommen", "fleet_fault_clock_unknown": "Zeit nicht bekannt",
        "fleet_fault_clock_off": "Uhr geht falsch", "fleet_fault_old_version": "Alte Version",

        "fleet_change": "Ändern", "fleet_name": "Name", "fleet_rename": "Umbenennen",
        "fleet_name_note": "Wo es steht, zum Beispiel: Nordtür",
        "fleet_name_taken": "Ein Terminal mit diesem Namen gibt es schon.",
        "fleet_name_bad": "Ein Name ist eine Zeile mit höchstens 100 Zeichen.",
        "fleet_class_gone": "Eine dieser Klassen gibt es nicht mehr. Bitte neu wählen.",
        "fleet_classes_served": "Klassen, für die es da ist",
        "fleet_classes_note":
            "Es kennt nur, wer in diesen Klassen ist. Ist nichts gewählt, ist es für alle Klassen da.",
        "fleet_access": "Zugang",
        "fleet_access_note":
            """
        Ein neuer Code ist für ein getauschtes Gerät oder einen verlorenen Schlüssel. Ein gestohlenes \
        Terminal wird gesperrt.
        """,
        "fleet_new": "Terminal anmelden", "fleet_make_code": "Code machen", "fleet_new_code": "Neuen Code machen",
        "fleet_new_code_effect": "Der Code gilt einmal, einen Tag lang. Ein früherer Code wird wertlos.",
        "fleet_new_code_good": "Bis der Code benutzt wird, arbeitet das Terminal mit seinem Schlüssel weiter.",
        "fleet_new_code_revoked": "Das Terminal bleibt gesperrt, bis der Code benutzt wird.",
        "fleet_code_stale":
            """
        Inzwischen wurde ein Code gemacht, und jeder wird nur einmal gezeigt. Wer ihn nicht hat, macht \
        noch einen.
        """,
        "fleet_code_title": "Code für einmal", "fleet_code_name": "Der Code",
        "fleet_code_once": "Er wird nur jetzt gezeigt.",
        "fleet_code_good": "Er gilt einmal, {hours} Stunden lang: bis {until}.",
        "fleet_steps": "Am Terminal",
        "fleet_step_setting": "In /etc/rollcall/terminal.toml unter [server] die Adresse dieses Servers eintragen:",
        "fleet_step_register": "Anmelden:", "fleet_step_restart": "Starten und nachsehen, ob alles in Ordnung ist:",
        "fleet_qr": "Für ein Telefon",
        "fleet_qr_alt": "QR-Code mit der Adresse des Servers und dem Befehl zum Anmelden, wie sie daneben stehen",
        "fleet_qr_note": "Er enthält die Adresse des Servers und den Befehl, zum Einfügen am Terminal.",
        "fleet_code_used": "Das Terminal hat sich angemeldet.",
        "fleet_code_unused": "Der Code ist noch nicht benutzt. Diese Seite sagt, wenn es so weit ist.",
        "fleet_code_done": "Ich habe ihn",
        "fleet_revoke": "Sperren", "fleet_remove": "Entfernen",
        "fleet_revoke_effect":
            """
        Sein Schlüssel und seine Codes werden sofort wertlos. Seine Meldungen bleiben. Was es von der \
        Namensliste hat, bleibt auf seinem Speicher; wenn möglich dort löschen: sudo apt purge \
        rollcalld. Ein neuer Code lässt es wieder zu.
        """,
        "fleet_revoke_impossible": "Es ist schon gesperrt.",
        "fleet_remove_effect": "Es hatte nie Verbindung mit dem Server. Nur das Protokoll behält etwas davon.",
        "fleet_remove_impossible":
            """
        Es hatte Verbindung mit dem Server: Meldungen nennen es, und es kann eine Namensliste haben. \
        Darum bleibt es stehen; es kann gesperrt werden.
        """,
    ]
}
