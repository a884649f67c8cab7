extension PageLibrary {
    /// The audit trail.
    static let adminAuditTemplates = [
        "admin_audit": """
        {{<frame}}{{$body}}
        <p class="lead">{{words.admin_audit_lead}}</p>
        {{#isChecked}}<p class="notice {{#isWhole}}good{{/isWhole}}{{^isWhole}}bad{{/isWhole}}" role="status">{{check}}</p>\
        {{/isChecked}}
        {{#hasObject}}<p class="notice">{{about}} <a href="/pages/audit">{{words.admin_audit_everything}}</a></p>\
        {{/hasObject}}
        <form method="get" action="/pages/audit" class="card row">
        {{#hasObject}}<input type="hidden" name="object" value="{{object}}">{{/hasObject}}
        <div><label for="action">{{words.admin_audit_action}}</label><select id="action" name="action">
        {{#actions}}<option value="{{value}}"{{#isChosen}} selected{{/isChosen}}>{{label}}</option>{{/actions}}
        </select></div>
        <button>{{words.admin_find}}</button>
        <button class="quiet" name="check" value="1">{{words.admin_audit_check}}</button>
        </form>
        {{#isEmpty}}<p class="card">{{words.nothing}}</p>{{/isEmpty}}
        {{^isEmpty}}
        <div class="wide card" tabindex="0" role="region" aria-label="{{words.menu_audit}}"><table class="trail">
        <thead><tr><th scope="col">{{words.admin_audit_when}}</th><th scope="col">{{words.admin_audit_who}}</th>
        <th scope="col">{{words.admin_audit_what}}</th><th scope="col">{{words.admin_audit_object}}</th>
        <th scope="col">{{words.admin_audit_detail}}</th></tr></thead><tbody>
        {{#entries}}<tr><th scope="row">{{when}} <span class="soft">#{{number}}</span></th><td>{{who}}</td>
        <td>{{what}}</td><td>{{object}}</td>
        <td>{{#hasDetails}}<dl class="tight">{{#details}}<div><dt>{{label}}</dt><dd>{{value}}</dd></div>{{/details}}</dl>\
        {{/hasDetails}}</td></tr>
        {{/entries}}
        </tbody></table></div>
        {{/isEmpty}}
        <p class="row">{{#isLater}}<a class="button quiet" href="{{first}}">{{words.admin_first_page}}</a>{{/isLater}}
        {{#hasMore}}<a class="button quiet" href="{{next}}">{{words.admin_next_page}}</a>{{/hasMore}}</p>
        {{/body}}{{/frame}}
        """
    ]
}
