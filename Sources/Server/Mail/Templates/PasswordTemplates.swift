extension LetterTemplates {
    static let passwordResetText = """
        Hello {{name}},

        somebody, probably you, asked for a new password for this address at Rollcall.
        {{#link}}

        Set it here:

        {{link}}
        {{/link}}

        The token, which is good once and for {{lifetime}}:

        {{token}}

        If it was not you, do nothing: your password stays as it is.

        Rollcall sends this letter by itself. Nobody reads answers to it.

        """

    static let passwordResetHTML = """
        {{<page}}{{$body}}
        <p>Hello {{name}},</p>
        <p>somebody, probably you, asked for a new password for this address at Rollcall.</p>
        {{#link}}
        <p><a href="{{link}}">Set a new password</a></p>
        {{/link}}
        <p>The token, which is good once and for {{lifetime}}:</p>
        <p><code>{{token}}</code></p>
        <p>If it was not you, do nothing: your password stays as it is.</p>
        {{/body}}{{/page}}
        """

    static let welcomeText = """
        Hello {{name}},

        you have an account at Rollcall, the attendance system of your school. You log in
        with this e-mail address, and first choose a password.
        {{#link}}

        Choose it here:

        {{link}}
        {{/link}}

        The token, which is good once and for {{lifetime}}:

        {{token}}

        Later than that, ask for a new one as somebody who has forgotten the password.

        Rollcall sends this letter by itself. Nobody reads answers to it.

        """

    static let welcomeHTML = """
        {{<page}}{{$body}}
        <p>Hello {{name}},</p>
        <p>you have an account at Rollcall, the attendance system of your school. You log in with this e-mail address, and
        first choose a password.</p>
        {{#link}}
        <p><a href="{{link}}">Choose a password</a></p>
        {{/link}}
        <p>The token, which is good once and for {{lifetime}}:</p>
        <p><code>{{token}}</code></p>
        <p>Later than that, ask for a new one as somebody who has forgotten the password.</p>
        {{/body}}{{/page}}
        """
}
