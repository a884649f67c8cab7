extension PageLibrary {
    static let ownDataTemplates = [
        "own_data": """
        {{<frame}}{{$body}}
        {{#hasNotice}}<p class="notice good" role="status">{{notice}}</p>{{/hasNotice}}
        <div class="grid own">
        <section class="card" aria-labelledby="account">
        <h2 id="account">{{words.own_account}}</h2>
        {{#account}}<dl class="own-facts">
        <dt>{{words.own_name}}</dt><dd>{{name}}</dd>
        <dt>{{words.own_role}}</dt><dd>{{role}}</dd>
        {{#isStudent}}<dt>{{words.student_class}}</dt><dd>{{class}}</dd>{{/isStudent}}
        <dt>{{words.login_email}}</dt><dd>{{email}}</dd>
        <dt>{{words.own_since}}</dt><dd>{{since}}</dd>
        </dl>{{/account}}
        <p class="soft">{{words.own_wrong}}</p>
        </section>
        {{#isStudent}}<section class="card" aria-labelledby="consent">
        <h2 id="consent">{{words.own_consent}}</h2>
        {{#failedConsent}}<p class="notice bad" role="alert">{{failure}}</p>{{/failedConsent}}
        <p>{{words.own_consent_about}}</p>
        {{#hasConsent}}<p><strong>{{words.own_consent_given}}</strong> {{consentSince}}.</p>
        <p>{{words.own_photographs}}: {{photographs}}</p>
        {{#hasPhotographs}}<details><summary>{{words.own_photograph_days}}</summary><ul>
        {{#photographDays}}<li>{{.}}</li>{{/photographDays}}</ul></details>{{/hasPhotographs}}
        {{/hasConsent}}
        {{^hasConsent}}<p><strong>{{words.own_consent_none}}</strong></p><p>{{words.own_consent_give}}</p>{{/hasConsent}}
        {{#maySayNo}}<details{{#failedConsent}} open{{/failedConsent}}><summary>{{words.own_withdraw}}</summary>
        <form method="post" action="/pages/me/consent/withdraw">
        {{> form_token}}
        <p>{{words.own_withdraw_about}}</p>
        <label class="check"><input type="checkbox" name="sure" value="yes" required> {{words.own_sure}}</label>
        <p><button class="bad">{{words.own_withdraw}}</button></p>
        </form></details>{{/maySayNo}}
        </section>{{/isStudent}}
        <section class="card" aria-labelledby="file">
        <h2 id="file">{{words.own_file}}</h2>
        <p>{{words.own_file_about}}</p>
        <p><a class="button" href="/pages/me/data/download" download>{{words.own_download}}</a></p>
        </section>
        <section class="card" aria-labelledby="password">
        <h2 id="password">{{words.own_password}}</h2>
        {{#failedPassword}}<p class="notice bad" role="alert">{{failure}}</p>{{/failedPassword}}
        <form method="post" action="/pages/me/password">
        {{> form_token}}
        <label for="old">{{words.own_password_old}}</label>
        <input id="old" name="old_password" type="password" autocomplete="current-password" required>
        <label for="new">{{words.own_password_new}}</label>
        <input id="new" name="new_password" type="password" autocomplete="new-password" minlength="{{shortest}}" \
        maxlength="256" required>
        <label for="again">{{words.own_password_again}}</label>
        <input id="again" name="again" type="password" autocomplete="new-password" required>
        <p class="soft">{{words.own_password_about}}</p>
        <p><button>{{words.own_password_change}}</button></p>
        </form>
        </section>
        </div>
        {{/body}}{{/frame}}
        """
    ]
}
