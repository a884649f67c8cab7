import Mustache

/// The texts of letters. They are part of the program, so that there is no file to lose or to forget.
struct LetterTemplates: Sendable {
    /// What a template is for; each has a text and an HTML form.
    enum Name: String, CaseIterable {
        case studentReport, classReport, passwordReset, welcome, test
    }

    private let library: MustacheLibrary

    /// Reads the templates.
    init() throws(ServerError) {
        var library = MustacheLibrary()
        do {
            try library.register(Markup.template(Self.page), named: "page")
            for name in Name.allCases {
                let (text, html) = Self.source(of: name)
                // Text is not escaped, HTML always is.
                try library.register("{{%CONTENT_TYPE:TEXT}}\n" + text, named: "\(name).text")
                try library.register(Markup.template(html), named: "\(name).html")
            }
        } catch {
            throw .damaged(what: "a template of letters", reason: "\(error)")
        }
        self.library = library
    }

    /// Both forms of a letter.
    /// - Parameter values: names and texts, and lists of such; the templates say which.
    func render(_ name: Name, _ values: [String: Any]) -> (text: String, html: String) {
        let text = library.render(values, withTemplate: "\(name).text") ?? ""
        let html = library.render(values, withTemplate: "\(name).html") ?? ""
        return (text, html)
    }

    private static func source(of name: Name) -> (text: String, html: String) {
        switch name {
        case .studentReport: (studentReportText, studentReportHTML)
        case .classReport: (classReportText, classReportHTML)
        case .passwordReset: (passwordResetText, passwordResetHTML)
        case .welcome: (welcomeText, welcomeHTML)
        case .test: (testText, testHTML)
        }
    }

    private static let testText = "Rollcall can send mail: somebody at the server has asked for this letter to see it."
    private static let testHTML = """
        {{<page}}{{$body}}
        <p>Rollcall can send mail: somebody at the server has asked for this letter to see it.</p>
        {{/body}}{{/page}}
        """

    /// What every HTML letter stands in. It loads nothing: no picture tells anybody that the letter was opened.
    /// What people are called is only ever put between tags, never into one.
    private static let page = """
        <!DOCTYPE html>
        <html lang="en">
        <head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>{{subject}}</title></head>
        <body style="font-family:sans-serif;font-size:16px;line-height:1.4;color:#222;max-width:640px;margin:1em auto">
        {{$body}}{{/body}}
        <p style="color:#666;font-size:13px">Rollcall sends this letter by itself. Nobody reads answers to it.</p>
        </body>
        </html>
        """
}
