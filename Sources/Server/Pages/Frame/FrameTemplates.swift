extension PageLibrary {
    /// What every page stands in. Scripts and styles come from this server and are never written into a page.
    static let frameTemplates = [
        "frame": """
        <!DOCTYPE html>
        <html lang="{{language}}">
        <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <meta name="color-scheme" content="light dark">
        <title>{{page.title}} · {{words.app}}</title>
        <link rel="icon" href="/pages/assets/icon.svg" type="image/svg+xml">
        <link rel="stylesheet" href="/pages/assets/pages.css">
        <script src="/pages/assets/pages.js" defer></script>
        {{$head}}{{/head}}
        </head>
        <body>
        <a class="skip" href="#content">{{words.skip}}</a>
        <header class="top">
        <a class="brand" href="/">{{words.app}}</a>
        {{#page.name}}
        <nav aria-label="{{words.menu}}"><ul>
        {{#page.menu}}<li><a href="{{path}}"{{#isHere}} aria-current="page"{{/isHere}}>{{label}}</a></li>
        {{/page.menu}}
        </ul></nav>
        <form method="post" action="/pages/logout" class="who">
        {{> form_token}}
        <span>{{page.name}}</span><button class="quiet">{{words.log_out}}</button>
        </form>
        {{/page.name}}
        </header>
        <main id="content" tabindex="-1">
        <h1>{{page.title}}</h1>
        {{$body}}{{/body}}
        </main>
        <footer>
        {{^page.isAnswer}}<form method="post" action="/pages/language">
        {{> form_token}}
        <span id="language-label">{{words.language}}:</span>
        <button class="quiet" name="language" value="en" lang="en" aria-describedby="language-label"\
        {{#isEnglish}} aria-pressed="true"{{/isEnglish}}>English</button>
        <button class="quiet" name="language" value="de" lang="de" aria-describedby="language-label"\
        {{^isEnglish}} aria-pressed="true"{{/isEnglish}}>Deutsch</button>
        </form>{{/page.isAnswer}}
        </footer>
        </body>
        </html>
        """,
        "form_token": """
        <input type="hidden" name="form_token" value="{{page.formToken}}">
        """,
        // The Enter key presses a form's first button: where each of them decides something else, none may be the first.
        "no_enter": """
        <button disabled hidden></button>
        """,
        "error": """
        {{<frame}}{{$body}}
        <p class="lead">{{detail}}</p>
        <p>{{words.error_next}}</p>
        <p><a class="button" href="/">{{words.home}}</a></p>
        {{/body}}{{/frame}}
        """,
    ]
}
