extension PageLibrary {
    /// Registration, and the questions before something is shut out or removed.
    static let fleetFormTemplates = [
        "fleet_choices": """
        <fieldset class="choices"><legend>{{words.fleet_classes_served}}</legend>
        {{#choices}}<label><input type="checkbox" name="classes" value="{{id}}"{{#isChosen}} checked{{/isChosen}}>\
        {{name}}</label>
        {{/choices}}
        </fieldset>
        """,
        "fleet_new": """
        {{<frame}}{{$body}}
        <p class="fleet-back"><a href="/pages/terminals">{{words.fleet_back}}</a></p>
        {{#failed}}<p class="notice bad" role="alert">{{failure}}\
        {{#hasOther}} <a href="{{other}}">{{otherName}}</a>{{/hasOther}}</p>{{/failed}}
        <form method="post" action="/pages/terminals/new" class="card">
        {{> form_token}}
        <label for="name">{{words.fleet_name}}</label>
        <input id="name" name="name" value="{{typed}}" required autocomplete="off" aria-describedby="name-note">
        <p class="soft" id="name-note">{{words.fleet_name_note}}</p>
        {{#hasChoices}}
        {{> fleet_choices}}
        <p class="soft">{{words.fleet_classes_note}}</p>
        {{/hasChoices}}
        <p><button>{{words.fleet_make_code}}</button></p>
        </form>
        {{/body}}{{/frame}}
        """,
        "fleet_code_form": """
        {{<frame}}{{$body}}
        <p class="fleet-back"><a href="{{path}}">{{words.fleet_back_to}} {{name}}</a></p>
        {{#isStale}}<p class="notice" role="alert">{{words.fleet_code_stale}}</p>{{/isStale}}
        <form method="post" action="{{path}}/code" class="card">
        {{> form_token}}
        <input type="hidden" name="state" value="{{state}}">
        <h2>{{name}}</h2>
        <p>{{words.fleet_new_code_effect}}</p>
        {{#isGood}}<p>{{words.fleet_new_code_good}}</p>{{/isGood}}
        {{#isRevoked}}<p>{{words.fleet_new_code_revoked}}</p>{{/isRevoked}}
        <p class="row"><button>{{words.fleet_make_code}}</button>
        <a class="button quiet" href="{{path}}">{{words.cancel}}</a></p>
        </form>
        {{/body}}{{/frame}}
        """,
        "fleet_code": """
        {{<frame}}{{$body}}
        <p class="lead">{{name}}</p>
        <div data-live="{{path}}/waiting/events?{{since}}" data-part="{{path}}/waiting?{{since}}" aria-live="polite">
        {{> fleet_code_state}}
        </div>
        <p class="notice" data-live-notice hidden role="status">{{words.live_lost}}</p>
        <section class="card" aria-labelledby="code-title">
        <h2 id="code-title">{{words.fleet_code_name}}</h2>
        <p class="one-time"><code>{{code}}</code></p>
        <p><strong>{{words.fleet_code_once}}</strong> {{good}}</p>
        </section>
        <div class="sheet">
        <section class="card" aria-labelledby="steps-title">
        <h2 id="steps-title">{{words.fleet_steps}}</h2>
        <ol>
        {{#hasSetting}}<li>{{words.fleet_step_setting}}<br><code>{{setting}}</code></li>{{/hasSetting}}
        <li>{{words.fleet_step_register}}<br><code>{{command}}</code></li>
        <li>{{words.fleet_step_restart}}<br>\
        <code>sudo systemctl restart rollcalld &amp;&amp; sudo rollcallctl doctor</code></li>
        </ol>
        </section>
        {{#hasPicture}}
        <section class="card" aria-labelledby="qr-title">
        <h2 id="qr-title">{{words.fleet_qr}}</h2>
        <figure class="qr"><div role="img" aria-label="{{words.fleet_qr_alt}}">{{{svg}}}</div>
        <figcaption class="soft">{{words.fleet_qr_note}}</figcaption></figure>
        </section>
        {{/hasPicture}}
        </div>
        <p><a class="button" href="{{path}}">{{words.fleet_code_done}}</a></p>
        {{/body}}{{/frame}}
        """,
        "fleet_code_state": """
        {{#isRegistered}}<p class="notice good">{{words.fleet_code_used}}
        <a href="{{path}}">{{words.fleet_to_terminal}}</a></p>{{/isRegistered}}
        {{^isRegistered}}<p class="notice">{{words.fleet_code_unused}}</p>{{/isRegistered}}
        """,
        "fleet_question": """
        {{<frame}}{{$body}}
        <form method="post" action="{{path}}/{{action}}" class="card">
        {{> form_token}}
        <h2>{{name}}</h2>
        <p>{{effect}}</p>
        <p class="row">
        {{#isPossible}}<button class="bad">{{button}}</button>{{/isPossible}}
        {{#offersRevoking}}<a class="button" href="{{path}}/revoke">{{words.fleet_revoke}}</a>{{/offersRevoking}}
        <a class="button quiet" href="{{path}}">{{words.cancel}}</a></p>
        </form>
        {{/body}}{{/frame}}
        """,
    ]
}
