extension PageLibrary {
    static let loginTemplates = [
        "login": """
        {{<frame}}{{$body}}
        {{#failed}}<p class="notice bad" role="alert">{{failure}}</p>{{/failed}}
        <form method="post" action="/pages/login" class="card">
        <input type="hidden" name="next" value="{{next}}">
        <label for="email">{{words.login_email}}</label>
        <input id="email" name="email" type="email" value="{{email}}" autocomplete="username" required>
        <label for="password">{{words.login_password}}</label>
        <input id="password" name="password" type="password" autocomplete="current-password" required>
        <p><button>{{words.login}}</button></p>
        <p class="soft">{{words.login_help}}</p>
        </form>
        {{/body}}{{/frame}}
        """
    ]
}

extension Words {
    static let loginWords: [Language: [String: String]] = [
        .english: [
            "login_title": "Log in", "login_email": "E-mail address", "login_password": "Password", "login": "Log in",
            "login_wrong": "The e-mail address or the password is wrong.",
            "login_too_many": "Too many wrong passwords. Try again in {seconds} seconds.",
            "login_help": "No password yet, or forgotten? The school's office makes you a new one.",
        ],
        .german: [
            "login_title": "Anmelden", "login_email": "E-Mail-Adresse", "login_password": "Passwort",
            "login": "Anmelden", "login_wrong": "Die E-Mail-Adresse oder das Passwort ist falsch.",
            "login_too_many": "Zu viele falsche Passwörter. In {seconds} Sekunden geht es weiter.",
            "login_help": "Noch kein Passwort, oder vergessen? Das Büro der Schule macht dir ein neues.",
        ],
    ]
}
