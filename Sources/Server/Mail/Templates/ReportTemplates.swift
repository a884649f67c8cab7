extension LetterTemplates {
    static let studentReportText = """
        Hello {{name}},

        your attendance on {{period}}:

        {{#days}}
        {{date}}  {{status}}{{#time}}, seen at {{time}}{{/time}}
        {{/days}}
        {{#isWeek}}

        Together: {{summary}}.
        {{/isWeek}}
        {{#isOpen}}

        Attendance is not complete yet: this may still change.
        {{/isOpen}}

        If something is wrong, tell a teacher: they can correct it.

        Rollcall sends this letter by itself. Nobody reads answers to it.

        """

    static let studentReportHTML = """
        {{<page}}{{$body}}
        <p>Hello {{name}},</p>
        <p>your attendance on {{period}}:</p>
        <table cellpadding="6" style="border-collapse:collapse">
        {{#days}}
        <tr style="border-bottom:1px solid #ddd"><td>{{date}}</td><td><b>{{status}}</b></td><td>{{time}}</td></tr>
        {{/days}}
        </table>
        {{#isWeek}}
        <p>Together: {{summary}}.</p>
        {{/isWeek}}
        {{#isOpen}}
        <p><b>Attendance is not complete yet: this may still change.</b></p>
        {{/isOpen}}
        <p>If something is wrong, tell a teacher: they can correct it.</p>
        {{/body}}{{/page}}
        """

    static let classReportText = """
        Hello {{name}},

        attendance on {{period}}.

        {{#classes}}
        Class {{className}}: {{summary}}
        {{#isOpen}}
        Not closed yet: this may still change.
        {{/isOpen}}

        {{#rows}}
          {{student}}  {{what}}
        {{/rows}}

        {{/classes}}
        Rollcall sends this letter by itself. Nobody reads answers to it.

        """

    static let classReportHTML = """
        {{<page}}{{$body}}
        <p>Hello {{name}},</p>
        <p>attendance on {{period}}.</p>
        {{#classes}}
        <h3>Class {{className}}</h3>
        <p>{{summary}}</p>
        {{#isOpen}}
        <p><b>Not closed yet: this may still change.</b></p>
        {{/isOpen}}
        <table cellpadding="6" style="border-collapse:collapse">
        {{#rows}}
        <tr style="border-bottom:1px solid #ddd"><td>{{student}}</td><td>{{what}}</td></tr>
        {{/rows}}
        </table>
        {{/classes}}
        {{/body}}{{/page}}
        """
}
