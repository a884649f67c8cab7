extension PageLibrary {
    /// Everybody, and one person.
    static let adminPeopleTemplates = [
        "admin_refused": """
        {{#isRefused}}<p class="notice bad" role="alert">{{refusal}}</p>{{/isRefused}}
        """,
        "admin_people": """
        {{<frame}}{{$body}}
        {{#isRemoved}}<p class="notice good" role="status">{{words.admin_done_removed}}</p>{{/isRemoved}}
        <form method="get" action="/pages/people" class="card row" role="search">
        <div><label for="search">{{words.admin_search}}</label>
        <input id="search" name="search" type="search" value="{{search}}" autocomplete="off"></div>
        <div><label for="role">{{words.admin_role}}</label><select id="role" name="role">
        {{#roles}}<option value="{{value}}"{{#isChosen}} selected{{/isChosen}}>{{label}}</option>{{/roles}}
        </select></div>
        <div><label for="class">{{words.admin_class}}</label><select id="class" name="class">
        {{#classes}}<option value="{{value}}"{{#isChosen}} selected{{/isChosen}}>{{label}}</option>{{/classes}}
        </select></div>
        <button>{{words.admin_find}}</button>
        </form>
        <p><a class="button" href="/pages/people/new">{{words.admin_new_person}}</a></p>
        {{#isEmpty}}<p class="card">{{words.admin_nobody_found}}</p>{{/isEmpty}}
        {{^isEmpty}}
        <div class="wide card" tabindex="0" role="region" aria-label="{{words.menu_people}}"><table>
        <thead><tr><th scope="col">{{words.admin_name}}</th><th scope="col">{{words.admin_role}}</th>
        <th scope="col">{{words.admin_class}}</th><th scope="col">{{words.admin_email}}</th>
        <th scope="col">{{words.admin_photographs}}</th></tr></thead><tbody>
        {{#people}}<tr><th scope="row"><a href="{{path}}">{{name}}</a></th><td>{{role}}</td><td>{{class}}</td>
        <td>{{email}}</td><td>{{face}}</td></tr>
        {{/people}}
        </tbody></table></div>
        {{/isEmpty}}
        <p class="row">{{#isLater}}<a class="button quiet" href="{{first}}">{{words.admin_first_page}}</a>{{/isLater}}
        {{#hasMore}}<a class="button quiet" href="{{next}}">{{words.admin_next_page}}</a>{{/hasMore}}</p>
        {{/body}}{{/frame}}
        """,
        "admin_person_form": """
        {{<frame}}{{$body}}
        {{> admin_refused}}
        <form method="post" action="{{action}}" class="card">
        {{> form_token}}
        <input type="hidden" name="before" value="{{before}}">
        <label for="name">{{words.admin_name}}</label>
        <input id="name" name="name" value="{{typedName}}" required autocomplete="off" maxlength="200">
        <label for="role">{{words.admin_role}}</label><select id="role" name="role">
        {{#roles}}<option value="{{value}}"{{#isChosen}} selected{{/isChosen}}>{{label}}</option>{{/roles}}
        </select>
        <label for="class">{{words.admin_class}}</label>
        <input id="class" name="class" value="{{typedClass}}" list="class-names" autocomplete="off"
        aria-describedby="class-hint">
        <p class="soft" id="class-hint">{{words.admin_class_hint}}</p>
        <datalist id="class-names">{{#classes}}<option value="{{name}}"></option>{{/classes}}</datalist>
        <label for="email">{{words.admin_email}}</label>
        <input id="email" name="email" type="email" value="{{typedEmail}}" autocomplete="off"
        aria-describedby="email-hint">
        <p class="soft" id="email-hint">{{mailHint}}</p>
        <label for="age">{{words.admin_age}}</label>
        <input id="age" name="age" inputmode="numeric" value="{{typedAge}}" autocomplete="off">
        <p class="row"><button>{{submit}}</button><a class="button quiet" href="{{back}}">{{words.cancel}}</a></p>
        </form>
        {{/body}}{{/frame}}
        """,
        "admin_confirm": """
        {{<frame}}{{$body}}
        {{> admin_refused}}
        <form method="post" action="{{action}}" class="card">
        {{> form_token}}
        <p class="lead">{{text}}</p>
        <p class="row"><button class="bad">{{submit}}</button>
        <a class="button quiet" href="{{back}}">{{words.cancel}}</a></p>
        </form>
        {{/body}}{{/frame}}
        """,
        "admin_password": """
        {{<frame}}{{$body}}
        <div class="card">
        <p class="lead">{{words.admin_password_once}}</p>
        <dl class="particulars"><div><dt>{{words.admin_email}}</dt><dd>{{email}}</dd></div>
        <div><dt>{{words.admin_password}}</dt><dd><code class="secret">{{password}}</code></dd></div></dl>
        <p class="soft">{{words.admin_password_after}}</p>
        <p><a class="button" href="{{back}}">{{words.admin_password_written}}</a></p>
        </div>
        {{/body}}{{/frame}}
        """,
        "admin_person": """
        {{<frame}}{{$body}}
        {{#isDone}}<p class="notice good" role="status">{{done}}</p>{{/isDone}}
        {{> admin_refused}}
        <section class="card" aria-labelledby="details-heading">
        <h2 id="details-heading">{{words.admin_details}}</h2>
        <dl class="particulars">
        {{#facts}}<div><dt>{{label}}</dt><dd>{{value}}</dd></div>
        {{/facts}}
        {{#hasClasses}}<div><dt>{{words.menu_classes}}</dt>
        <dd>{{#classes}}<a href="{{path}}">{{name}}</a> {{/classes}}</dd></div>{{/hasClasses}}
        </dl>
        <div class="row">
        <a class="button" href="{{path}}/change">{{words.change}}</a>
        {{#canHavePassword}}<form method="post" action="{{path}}/password">{{> form_token}}
        <button class="quiet">{{#sendsMail}}{{words.admin_send_password}}{{/sendsMail}}\
        {{^sendsMail}}{{words.admin_make_password}}{{/sendsMail}}</button></form>{{/canHavePassword}}
        <a class="button quiet" href="{{audit}}">{{words.admin_what_was_done}}</a>
        <a class="button quiet" href="{{path}}/remove">{{words.admin_remove_ask}}</a>
        </div>
        </section>
        {{#isStudent}}
        <section class="card" aria-labelledby="consent-heading">
        <h2 id="consent-heading">{{words.admin_consent}}</h2>
        <p>{{consentText}}{{#hasNote}} {{words.admin_note}}: {{consentNote}}{{/hasNote}}</p>
        {{^hasConsent}}
        <p class="soft">{{words.admin_consent_why}}</p>
        <form method="post" action="{{path}}/consent">{{> form_token}}
        <label for="note">{{words.admin_consent_where}}</label>
        <input id="note" name="note" maxlength="500" autocomplete="off">
        <p><button name="given" value="yes">{{words.admin_consent_record}}</button></p></form>
        {{/hasConsent}}
        {{#hasConsent}}
        <details><summary>{{words.admin_withdraw}}</summary>
        <form method="post" action="{{path}}/consent">{{> form_token}}
        <p>{{withdrawText}}</p>
        <label for="note">{{words.admin_withdraw_note}}</label>
        <input id="note" name="note" maxlength="500" autocomplete="off">
        <p><button class="bad" name="given" value="no">{{words.admin_withdraw_do}}</button></p></form>
        </details>
        {{/hasConsent}}
        </section>
        {{#hasConsent}}
        <section class="card" aria-labelledby="photographs-heading">
        <h2 id="photographs-heading">{{words.admin_photographs}}</h2>
        {{^hasPhotographs}}<p>{{words.admin_no_photographs}}</p>{{/hasPhotographs}}
        {{#hasPhotographs}}
        <p class="soft">{{words.admin_not_kept}}</p>
        <div class="wide" tabindex="0" role="region" aria-labelledby="photographs-heading"><table>
        <thead><tr><th scope="col">{{words.admin_taken}}</th><th scope="col">{{words.admin_shows}}</th></tr></thead><tbody>
        {{#photographs}}<tr><th scope="row">{{made}}</th><td><div class="row"><span>{{quality}}</span>
        <form method="post" action="{{path}}">{{> form_token}}
        <button class="quiet">{{words.admin_remove}}</button></form></div></td></tr>
        {{/photographs}}
        </tbody></table></div>
        {{/hasPhotographs}}
        {{#isMissing}}<div class="notice"><p>{{words.admin_missing}}</p>
        <ul>{{#missing}}<li>{{text}}</li>{{/missing}}</ul></div>{{/isMissing}}
        <p><a class="button" href="{{path}}/photographs">{{words.admin_add_photographs}}</a></p>
        </section>
        {{/hasConsent}}
        {{/isStudent}}
        {{/body}}{{/frame}}
        """,
    ]
}
