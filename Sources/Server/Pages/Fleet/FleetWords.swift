extension Words {
    static let fleetWords: [Language: [String: String]] = [.english: fleetEnglish, .german: fleetGerman]

    private static let fleetEnglish: [String: String] = [
        "fleet_silent": "Silent", "fleet_broken": "Broken", "fleet_attention": "Attention",
        "fleet_waiting": "Waiting", "fleet_working": "Working", "fleet_revoked": "Shut out",
        "fleet_terminal": "1 terminal.", "fleet_terminals": "{count} terminals.",
        "fleet_all_well": "Nothing to do.",
        "fleet_need": "1 needs help.", "fleet_needs": "{count} need help.",
        "fleet_page": "Page {page} of {pages}", "fleet_before": "Before", "fleet_after": "Next",
        "fleet_back": "All terminals", "fleet_back_to": "Back to", "fleet_to_terminal": "See the terminal",
        "fleet_waiting_code": "Its code is good until {until}. Type it at the terminal:",
        "fleet_waiting_call": "It has its token, and has not called yet.",
        "fleet_empty": "No terminal yet",
        "fleet_empty_1": "Make the terminal known here: you get a code that is good once.",
        "fleet_empty_2": "Install rollcalld on the board at the door, and type there:",
        "fleet_empty_3": "The terminal gets the roster, and is here with its health a minute later.",

        "fleet_contact": "Last contact", "fleet_never": "never", "fleet_outbox": "Outbox", "fleet_clock": "Clock",
        "fleet_version": "Version", "fleet_classes": "Classes", "fleet_every_class": "every class",
        "fleet_no_marks": "empty", "fleet_mark": "1 mark waits", "fleet_marks": "{count} marks wait",
        "fleet_oldest": "the oldest for {oldest}", "fleet_walk_by": "1 walk-by waits",
        "fleet_walk_bys": "{count} walk-bys wait",
        "fleet_clock_synchronised": "synchronised", "fleet_clock_server": "set by this server",
        "fleet_clock_unknown": "not known",
        "fleet_offset_none": "exact", "fleet_offset_behind": "{seconds} s behind",
        "fleet_offset_ahead": "{seconds} s ahead", "fleet_point": ".",
        "fleet_camera": "Camera", "fleet_camera_running": "running", "fleet_people": "People it knows",
        "fleet_roster_none": "the roster is not whole yet", "fleet_roster_whole": "all changes are there",
        "fleet_roster_change": "1 change is missing", "fleet_roster_changes": "{count} changes are missing",
        "fleet_uptime": "Running for", "fleet_memory": "Memory", "fleet_rejected": "Rejected marks",
        "fleet_created": "Made known", "fleet_registered": "Registered", "fleet_code": "Code",
        "fleet_code_open": "open until {until}", "fleet_code_over": "was open until {until}",
        "fleet_revoked_since": "Shut out since",

        "fleet_ago_now": "just now", "fleet_ago_minute": "1 minute ago", "fleet_ago_minutes": "{count} minutes ago",
        "fleet_ago_hour": "1 hour ago", "fleet_ago_hours": "{count} hours ago", "fleet_ago_day": "1 day ago",
        "fleet_ago_days": "{count} days ago",
        "fleet_span_days": "{days} d {hours} h", "fleet_span_hours": "{hours} h {minutes} min",
        "fleet_span_minutes": "{minutes} min", "fleet_span_seconds": "{seconds} s",

        "fleet_what_not_registered": "Its code was not used in time.",
        "fleet_next_not_registered": "Make a new one and type it at the terminal:",
        "fleet_what_never_seen": "It has had a token since {since} and has never called.",
        "fleet_next_never_seen": "Run there:",
        "fleet_what_not_seen": "Nothing was heard of it since {since}.",
        "fleet_next_not_seen": "Check its power and its network, then run there:",
        "fleet_waited_mark": "1 mark waited there; it is not lost.",
        "fleet_waited_marks": "{count} marks waited there; none is lost.",
        "fleet_what_camera": "Its camera gives no picture. It says: “{told}”",
        "fleet_next_camera": "Check the cable and the light, then run there:",
        "fleet_what_outbox_old": "{count} marks wait, the oldest for {oldest}.",
        "fleet_next_outbox_old": "See why they are not sent; run there:",
        "fleet_what_outbox_alarm": "Its outbox is in trouble. It says: “{told}”",
        "fleet_next_outbox_alarm": "Run there:",
        "fleet_rejected_mark": "The server did not accept 1 of its marks.",
        "fleet_rejected_marks": "The server did not accept {count} of its marks.",
        "fleet_next_rejected_marks": "Correct the attendance by hand; see which they are, there:",
        "fleet_what_clock_unknown": "It does not know the time, so its marks wait for somebody's decision.",
        "fleet_next_clock_unknown": "Check its network time service; run there:",
        "fleet_what_behind": "Its clock is {seconds} s behind the server's.",
        "fleet_what_ahead": "Its clock is {seconds} s ahead of the server's.",
        "fleet_next_clock_off": "Check the network time service there and on the server:",
        "fleet_what_old_version": "It runs version {its}; the server has {newest}.",
        "fleet_next_old_version": "Install the newer package of rollcalld there.",

        "fleet_now": "How it is", "fleet_history": "What was wrong", "fleet_still": "still",
        "fleet_now_word": "now", "fleet_no_history": "Nothing was wrong in the last 90 days.",
        "fleet_told": "It said:",
        "fleet_history_note": "The newest come first. They are kept for 90 days after their end.",
        "fleet_fault_not_registered": "Code not used in time", "fleet_fault_never_seen": "Never called",
        "fleet_fault_not_seen": "Silent", "fleet_fault_camera": "No picture from the camera",
        "fleet_fault_outbox_old": "Marks waited for more than an hour", "fleet_fault_outbox_alarm": "Outbox in trouble",
        "fleet_fault_rejected_marks": "Marks not accepted", "fleet_fault_clock_unknown": "Time not known",
        "fleet_fault_clock_off": "Clock wrong", "fleet_fault_old_version": "Old version",

        "fleet_change": "Change", "fleet_name": "Name", "fleet_rename": "Rename",
        "fleet_name_note": "Where it stands, such as: north door",
        "fleet_name_taken": "There is a terminal of this name already.",
        "fleet_name_bad": "A name is one line, of at most 100 letters and digits.",
        "fleet_class_gone": "One of these classes is not there any more. Choose again.",
        "fleet_classes_served": "Classes it serves",
        "fleet_classes_note": "It gets the students of these classes only. With none ticked it serves every class.",
        "fleet_access": "Access",
        "fleet_access_note":
            """
        A new code is for a board that was changed, or whose token is lost. A terminal that was stolen \
        is shut out.
        """,
        "fleet_new": "Register a terminal", "fleet_make_code": "Make the code", "fleet_new_code": "Make a new code",
        "fleet_new_code_effect": "The code is good once, for a day. A code that was made before becomes worthless.",
        "fleet_new_code_good": "The terminal goes on with the token that it has until the code is used.",
        "fleet_new_code_revoked": "The terminal is shut out until the code is used.",
        "fleet_code_stale":
            "A code was made in the meantime, and a code is shown once. Make another if you do not have it.",
        "fleet_code_title": "One-time code", "fleet_code_name": "The code",
        "fleet_code_once": "It is shown only now.",
        "fleet_code_good": "It is good once, for {hours} hours: until {until}.",
        "fleet_steps": "At the terminal",
        "fleet_step_setting": "In /etc/rollcall/terminal.toml, under [server], set the address of this server:",
        "fleet_step_register": "Register it:", "fleet_step_restart": "Start it and see whether all is well:",
        "fleet_qr": "For a telephone",
        "fleet_qr_alt": "QR code of the server's address and the command to register, as they stand beside it",
        "fleet_qr_note": "It holds the server's address and the command, to paste into the terminal's shell.",
        "fleet_code_used": "The terminal has registered itself.",
        "fleet_code_unused": "The code has not been used yet. This page says when it is.",
        "fleet_code_done": "I have it",
        "fleet_revoke": "Shut out", "fleet_remove": "Remove",
        "fleet_revoke_effect":
            """
        Its token and its codes become worthless at once. Its marks stay. What it has of the roster \
        stays on its disk, so erase that if you can: sudo apt purge rollcalld. A new code lets it in \
        again.
        """,
        "fleet_revoke_impossible": "It is shut out already.",
        "fleet_remove_effect": "It was never in touch with the server. Nothing of it is kept but the audit trail.",
        "fleet_remove_impossible":
            """
        It was in touch with the server: its marks name it, and it may hold a roster. So its record \
        stays; shut it out instead.
        """,
    ]
}
