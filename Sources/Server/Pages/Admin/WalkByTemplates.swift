extension PageLibrary {
    /// Walk-bys to decide.
    static let adminWalkByTemplates = [
        "admin_walk_bys": """
        {{<frame}}{{$body}}
        {{> admin_done}}
        {{> admin_refused}}
        <nav aria-label="{{words.admin_walkby_states}}"><ul class="tabs">
        {{#states}}<li><a href="{{path}}"{{#isHere}} aria-current="page"{{/isHere}}>{{label}}</a></li>
        {{/states}}
        </ul></nav>
        <p class="lead">{{lead}}</p>
        {{#isEmpty}}<p class="card">{{empty}}</p>{{/isEmpty}}
        {{#walkBys}}{{> admin_walk_by}}{{/walkBys}}
        <p class="row">{{#isLater}}<a class="button quiet" href="{{first}}">{{words.admin_first_page}}</a>{{/isLater}}
        {{#hasMore}}<a class="button quiet" href="{{next}}">{{words.admin_next_page}}</a>{{/hasMore}}</p>
        {{/body}}{{/frame}}
        """,
        "admin_walk_by": """
        <article class="card" aria-labelledby="w-{{id}}">
        <h2 id="w-{{id}}">{{when}}, {{terminal}}</h2>
        <p>{{why}}</p>
        {{#isRefusedHere}}<p class="notice bad" role="alert">{{refusalHere}}</p>{{/isRefusedHere}}
        <ul class="candidates">{{#people}}<li><strong>{{name}}</strong>, {{words.admin_class}} {{class}}
        <span class="status {{status}}">{{statusLabel}}</span></li>
        {{/people}}{{#hasOthers}}<li>{{others}}</li>{{/hasOthers}}</ul>
        {{#hasHint}}<p class="notice">{{hint}}</p>{{/hasHint}}
        {{#isOpen}}{{#canDecide}}
        <form method="post" action="{{action}}">
        {{> form_token}}
        {{> no_enter}}
        <label for="r-{{id}}">{{words.admin_walkby_reason}}</label>
        <input id="r-{{id}}" name="reason" value="{{typedReason}}" required maxlength="500" autocomplete="off">
        <p class="row">
        {{#canMark}}{{#people}}<button name="choice" value="{{id}}">{{itWas}}</button>
        {{/people}}{{/canMark}}
        {{#canDismiss}}<button class="quiet" name="choice" value="nobody">{{itWasNot}}</button>
        {{/canDismiss}}
        </p></form>
        {{/canDecide}}{{/isOpen}}
        {{#isDecided}}<p><strong>{{decision}}</strong> {{decisionReason}}</p>{{/isDecided}}
        <details><summary>{{words.admin_walkby_detail}}</summary><p lang="en">{{detail}}</p></details>
        </article>
        """,
    ]
}
