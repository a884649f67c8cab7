extension PageLibrary {
    static let fleetTemplates = fleetListTemplates.merging(fleetFormTemplates) { $1 }

    /// The fleet and one terminal; `fleet_list` and `fleet_state` are what a script replaces.
    private static let fleetListTemplates = [
        "fleet": """
        {{<frame}}{{$body}}
        <p class="notice" data-live-notice hidden role="status">{{words.live_lost}}</p>
        {{#mayChange}}{{^isEmpty}}
        <p class="no-print"><a class="button" href="/pages/terminals/new">{{words.fleet_new}}</a></p>
        {{/isEmpty}}{{/mayChange}}
        <div data-live="/pages/terminals/events" data-part="{{part}}">
        {{> fleet_list}}
        </div>
        {{/body}}{{/frame}}
        """,
        "fleet_list": """
        {{#isEmpty}}
        <div class="card">
        <h2>{{words.fleet_empty}}</h2>
        <ol>
        <li>{{words.fleet_empty_1}}</li>
        <li>{{words.fleet_empty_2}} <code>sudo rollcallctl register --code …</code></li>
        <li>{{words.fleet_empty_3}}</li>
        </ol>
        <p><a class="button" href="/pages/terminals/new">{{words.fleet_new}}</a></p>
        </div>
        {{/isEmpty}}
        {{^isEmpty}}
        <p class="lead">{{summary}}</p>
        <ul class="fleet">
        {{#terminals}}
        <li class="card {{tone}}">
        <div class="fleet-head"><h2><a id="terminal-{{id}}" href="{{path}}">{{name}}</a></h2>\
        <span class="status {{tone}}"><span aria-hidden="true">{{sign}}</span> {{health}}</span></div>
        {{> fleet_needs}}
        {{> fleet_facts}}
        </li>
        {{/terminals}}
        </ul>
        {{#isLong}}<p class="row">
        {{#hasBefore}}<a class="button quiet" id="fleet-before" href="{{before}}">{{words.fleet_before}}</a>\
        {{/hasBefore}}
        <span>{{place}}</span>
        {{#hasAfter}}<a class="button quiet" id="fleet-after" href="{{after}}">{{words.fleet_after}}</a>{{/hasAfter}}
        </p>{{/isLong}}
        {{/isEmpty}}
        """,
        "fleet_needs": """
        {{#waits}}<p>{{waiting}}{{#hasCode}} <code>sudo rollcallctl register --code …</code>{{/hasCode}}</p>{{/waits}}
        {{#hasNeeds}}<ul class="fleet-needs">
        {{#needs}}<li><p><strong>{{what}}</strong></p><p>{{next}}\
        {{#hasCommand}} <code>{{command}}</code>{{/hasCommand}}\
        {{#hasPath}} <a href="{{path}}">{{words.fleet_new_code}}</a>{{/hasPath}}</p></li>
        {{/needs}}
        </ul>{{/hasNeeds}}
        """,
        "fleet_facts": """
        <dl class="facts">
        {{#facts}}<div><dt>{{term}}</dt><dd>{{value}}\
        {{#hasMore}}<br><span class="soft">{{more}}</span>{{/hasMore}}</dd></div>
        {{/facts}}
        </dl>
        """,
        "fleet_state": """
        <section class="card" aria-labelledby="fleet-now">
        <div class="fleet-head"><h2 id="fleet-now">{{words.fleet_now}}</h2>\
        <span class="status {{tone}}"><span aria-hidden="true">{{sign}}</span> {{health}}</span></div>
        {{> fleet_needs}}
        {{> fleet_facts}}
        <dl class="facts">
        {{#moreFacts}}<div><dt>{{term}}</dt><dd>{{value}}\
        {{#hasMore}}<br><span class="soft">{{more}}</span>{{/hasMore}}</dd></div>
        {{/moreFacts}}
        </dl>
        </section>
        <section aria-labelledby="fleet-history">
        <h2 id="fleet-history">{{words.fleet_history}}</h2>
        {{^hasFaults}}<p>{{words.fleet_no_history}}</p>{{/hasFaults}}
        {{#hasFaults}}<ol class="timeline">
        {{#faults}}<li class="{{tone}}"><p><strong>{{what}}</strong>\
        {{#isOpen}} <span class="status late">{{words.fleet_still}}</span>{{/isOpen}}</p>
        <p>{{since}} – {{^isOpen}}{{until}}{{/isOpen}}{{#isOpen}}{{words.fleet_now_word}}{{/isOpen}} \
        <span class="soft">({{span}})</span></p>
        {{#hasTold}}<p class="soft">{{words.fleet_told}} {{told}}</p>{{/hasTold}}</li>
        {{/faults}}
        </ol>{{/hasFaults}}
        <p class="soft">{{words.fleet_history_note}}</p>
        </section>
        """,
        "fleet_terminal": """
        {{<frame}}{{$body}}
        <p class="fleet-back"><a href="/pages/terminals">{{words.fleet_back}}</a></p>
        {{#failed}}<p class="notice bad" role="alert">{{failure}}</p>{{/failed}}
        <p class="notice" data-live-notice hidden role="status">{{words.live_lost}}</p>
        <div data-live="{{path}}/events" data-part="{{path}}/part">
        {{> fleet_state}}
        </div>
        {{#mayChange}}
        <section aria-labelledby="fleet-change">
        <h2 id="fleet-change">{{words.fleet_change}}</h2>
        <div class="grid">
        <form method="post" action="{{path}}/name" class="card">
        {{> form_token}}
        <h3><label for="name">{{words.fleet_name}}</label></h3>
        <input id="name" name="name" value="{{typed}}" required autocomplete="off">
        <p><button>{{words.fleet_rename}}</button></p>
        </form>
        {{#hasChoices}}
        <form method="post" action="{{path}}/classes" class="card">
        {{> form_token}}
        <h3>{{words.fleet_classes}}</h3>
        {{> fleet_choices}}
        <p class="soft">{{words.fleet_classes_note}}</p>
        <p><button>{{words.save}}</button></p>
        </form>
        {{/hasChoices}}
        <div class="card">
        <h3>{{words.fleet_access}}</h3>
        <p>{{words.fleet_access_note}}</p>
        <p class="row"><a class="button quiet" href="{{path}}/code">{{words.fleet_new_code}}</a>
        {{#isGood}}<a class="button quiet" href="{{path}}/revoke">{{words.fleet_revoke}}</a>{{/isGood}}
        {{^wasInTouch}}<a class="button quiet" href="{{path}}/remove">{{words.fleet_remove}}</a>{{/wasInTouch}}</p>
        </div>
        </div>
        </section>
        {{/mayChange}}
        {{/body}}{{/frame}}
        """,
    ]
}
