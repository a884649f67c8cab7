extension PageLibrary {
    /// Classes and the calendar.
    static let adminClassTemplates = [
        "admin_done": """
        {{#isDone}}<p class="notice good" role="status">{{done}}</p>{{/isDone}}
        """,
        "admin_class_fields": """
        <label for="name">{{words.admin_name}}</label>
        <input id="name" name="name" value="{{typedName}}" required maxlength="100" autocomplete="off">
        <fieldset><legend>{{words.admin_times}}</legend><p class="soft" id="times-hint">{{timesHint}}</p>
        <div class="row"><div><label for="present">{{words.admin_present_until}}</label>
        <input id="present" name="present_until" type="time" step="{{step}}" value="{{typedPresent}}"
        aria-describedby="times-hint"></div>
        <div><label for="absent">{{words.admin_late_until}}</label>
        <input id="absent" name="absent_after" type="time" step="{{step}}" value="{{typedAbsent}}"
        aria-describedby="times-hint"></div></div></fieldset>
        """,
        "admin_classes": """
        {{<frame}}{{$body}}
        {{> admin_done}}
        {{> admin_refused}}
        {{#isEmpty}}<p class="card">{{words.admin_no_classes}}</p>{{/isEmpty}}
        {{^isEmpty}}
        <div class="wide card" tabindex="0" role="region" aria-label="{{words.menu_classes}}"><table>
        <thead><tr><th scope="col">{{words.admin_class}}</th><th scope="col" class="number">{{words.admin_students}}</th>
        <th scope="col">{{words.admin_teachers}}</th><th scope="col">{{words.admin_present_until}}</th>
        <th scope="col">{{words.admin_late_until}}</th><th scope="col">{{words.admin_times}}</th></tr></thead><tbody>
        {{#classes}}<tr><th scope="row"><a href="{{path}}">{{name}}</a></th><td class="number">{{students}}</td>
        <td>{{teachers}}</td><td>{{present}}</td><td>{{late}}</td><td>{{own}}</td></tr>
        {{/classes}}
        </tbody></table></div>
        {{/isEmpty}}
        <form method="post" action="/pages/school/classes" class="card" aria-labelledby="new-heading">
        {{> form_token}}
        <h2 id="new-heading">{{words.admin_new_class}}</h2>
        {{> admin_class_fields}}
        <p><button>{{words.admin_create}}</button></p>
        </form>
        {{/body}}{{/frame}}
        """,
        "admin_class": """
        {{<frame}}{{$body}}
        <p><a href="/pages/school/classes">{{words.admin_all_classes}}</a> · \
        <a href="{{attendance}}">{{words.admin_class_attendance}}</a></p>
        {{> admin_done}}
        {{> admin_refused}}
        <form method="post" action="{{classPath}}" class="card" aria-labelledby="change-heading">
        {{> form_token}}
        <h2 id="change-heading">{{words.admin_class_change}}</h2>
        {{> admin_class_fields}}
        <p><button>{{words.save}}</button></p>
        </form>
        <form method="post" action="{{classPath}}/teachers" class="card" aria-labelledby="teachers-heading">
        {{> form_token}}
        <h2 id="teachers-heading">{{words.admin_teachers}}</h2>
        {{^hasTeachers}}<p>{{words.admin_no_teachers}}</p>{{/hasTeachers}}
        {{#hasTeachers}}
        <fieldset><legend>{{words.admin_who_teaches}}</legend><ul class="ticks">
        {{#teachers}}<li><label><input type="checkbox" name="teacher" value="{{id}}"{{#isChosen}} checked{{/isChosen}}>
        {{name}}</label></li>
        {{/teachers}}
        </ul></fieldset>
        <p><button>{{words.save}}</button></p>
        {{/hasTeachers}}
        </form>
        <p><a class="button quiet" href="{{classPath}}/remove">{{words.admin_remove_ask}}</a></p>
        {{/body}}{{/frame}}
        """,
        "admin_calendar": """
        {{<frame}}{{$body}}
        {{> admin_done}}
        {{> admin_refused}}
        <section class="card" aria-labelledby="times-heading">
        <h2 id="times-heading">{{words.admin_when}}</h2>
        <dl class="particulars"><div><dt>{{words.admin_school_days}}</dt><dd>{{schoolDays}}</dd></div>
        <div><dt>{{words.admin_present_until}}</dt><dd>{{present}}</dd></div>
        <div><dt>{{words.admin_late_until}}</dt><dd>{{late}}</dd></div>
        <div><dt>{{words.admin_zone}}</dt><dd>{{zone}}</dd></div></dl>
        {{#mayChange}}<p class="soft">{{words.admin_in_configuration}}</p>{{/mayChange}}
        {{#hasOwnTimes}}
        <div class="wide" tabindex="0" role="region" aria-label="{{words.admin_own_times}}"><table>
        <caption>{{words.admin_own_times}}</caption><thead><tr><th scope="col">{{words.admin_class}}</th>
        <th scope="col">{{words.admin_present_until}}</th><th scope="col">{{words.admin_late_until}}</th></tr></thead>
        <tbody>{{#ownTimes}}<tr><th scope="row">{{name}}</th><td>{{present}}</td><td>{{late}}</td></tr>
        {{/ownTimes}}</tbody></table></div>
        {{/hasOwnTimes}}
        {{#mayChange}}<p><a href="/pages/school/classes">{{words.admin_manage_classes}}</a></p>{{/mayChange}}
        </section>
        <section class="card" aria-labelledby="off-heading">
        <h2 id="off-heading">{{words.admin_days_off}}</h2>
        {{^hasComing}}<p>{{words.admin_no_days_off}}</p>{{/hasComing}}
        {{#hasComing}}<div class="wide" tabindex="0" role="region" aria-labelledby="off-heading"><table>
        <thead><tr><th scope="col">{{words.admin_day}}</th><th scope="col">{{words.reason}}</th></tr></thead>
        <tbody>{{#coming}}{{> admin_day_off}}{{/coming}}</tbody></table></div>{{/hasComing}}
        {{#hasPast}}<details><summary>{{words.admin_past_days_off}}</summary><div class="wide"><table>
        <thead><tr><th scope="col">{{words.admin_day}}</th><th scope="col">{{words.reason}}</th></tr></thead>
        <tbody>{{#past}}{{> admin_day_off}}{{/past}}</tbody></table></div></details>{{/hasPast}}
        </section>
        {{#mayChange}}
        <form method="post" action="/pages/calendar/days-off" class="card" aria-labelledby="add-heading">
        {{> form_token}}
        <h2 id="add-heading">{{words.admin_add_days_off}}</h2>
        <label for="name">{{words.reason}}</label>
        <input id="name" name="name" value="{{typedName}}" required maxlength="500" autocomplete="off">
        <div class="row"><div><label for="from">{{words.admin_first_day}}</label>
        <input id="from" name="from" type="date" value="{{typedFrom}}" required></div>
        <div><label for="to">{{words.admin_last_day}}</label>
        <input id="to" name="to" type="date" value="{{typedTo}}"></div></div>
        <p><button>{{words.admin_add}}</button></p>
        </form>
        {{/mayChange}}
        {{/body}}{{/frame}}
        """,
        "admin_day_off": """
        <tr><th scope="row">{{day}}</th><td><div class="row"><span>{{name}}</span>{{#canRemove}}
        <form method="post" action="/pages/calendar/days-off/remove">{{> form_token}}
        <input type="hidden" name="date" value="{{date}}">
        <button class="quiet" aria-label="{{label}}">{{words.admin_remove}}</button></form>{{/canRemove}}</div></td></tr>
        """,
    ]
}
