extension PageLibrary {
    /// The whole school today.
    static let adminSchoolTemplates = [
        "admin_school": """
        {{<frame}}{{$body}}
        <p class="notice" data-live-notice hidden role="status">{{words.live_lost}}</p>
        <div data-live="/pages/school/events" data-part="/pages/school/part">
        {{> admin_school_now}}
        </div>
        {{#hasWalkBys}}<p class="notice"><a href="/pages/walk-bys">{{walkBys}}</a></p>{{/hasWalkBys}}
        <p><a class="button quiet" href="/pages/school/classes">{{words.admin_manage_classes}}</a></p>
        <section class="card" aria-labelledby="trend-heading">
        <h2 id="trend-heading">{{words.admin_trend_title}}</h2>
        {{^hasTrend}}<p>{{words.admin_no_trend}}</p>{{/hasTrend}}
        {{#hasTrend}}
        <ul class="legend">{{#legend}}<li><span class="swatch {{status}}" aria-hidden="true"></span>{{label}}</li>
        {{/legend}}</ul>
        <div class="wide" tabindex="0" role="region" aria-labelledby="trend-heading">{{{svg}}}</div>
        <details><summary>{{words.admin_trend_numbers}}</summary>
        <div class="wide" tabindex="0" role="region" aria-label="{{words.admin_trend_numbers}}"><table>
        <caption>{{words.admin_trend_caption}}</caption>
        <thead><tr><th scope="col">{{words.admin_day}}</th><th scope="col" class="number">{{words.present}}</th>
        <th scope="col" class="number">{{words.late}}</th><th scope="col" class="number">{{words.absent}}</th>
        <th scope="col" class="number">{{words.excused}}</th></tr></thead>
        <tbody>
        {{#trend}}<tr><th scope="row">{{day}}</th><td class="number">{{present}}</td><td class="number">{{late}}</td>
        <td class="number">{{absent}}</td><td class="number">{{excused}}</td></tr>
        {{/trend}}
        </tbody></table></div></details>
        {{/hasTrend}}
        </section>
        {{/body}}{{/frame}}
        """,
        "admin_school_now": """
        <p class="lead">{{day}}</p>
        {{^hasSchool}}<p class="notice">{{noSchool}}</p>{{/hasSchool}}
        {{#hasSchool}}
        <ul class="figures">
        {{#figures}}<li class="card"><span class="status {{status}}">{{label}}</span>
        <p class="big">{{count}}</p><p class="soft">{{share}}</p></li>
        {{/figures}}
        </ul>
        {{#isWaiting}}<div class="notice"><p>{{words.admin_waiting}}</p>
        <ul>{{#waiting}}<li>{{text}}</li>{{/waiting}}</ul></div>{{/isWaiting}}
        {{/hasSchool}}
        <section class="card" aria-labelledby="classes-heading">
        <h2 id="classes-heading">{{words.menu_classes}}</h2>
        {{^hasClasses}}<p>{{words.admin_no_classes}}</p>{{/hasClasses}}
        {{#hasClasses}}
        <div class="wide" tabindex="0" role="region" aria-labelledby="classes-heading"><table>
        <thead><tr><th scope="col">{{words.admin_class}}</th><th scope="col" class="number">{{words.open}}</th>
        <th scope="col" class="number">{{words.absent}}</th><th scope="col" class="number">{{words.late}}</th>
        <th scope="col" class="number">{{words.excused}}</th><th scope="col" class="number">{{words.present}}</th>
        <th scope="col" class="number">{{words.admin_students}}</th><th scope="col">{{words.admin_session}}</th></tr>
        </thead><tbody>
        {{#classes}}<tr><th scope="row"><a href="{{path}}">{{name}}</a></th><td class="number">{{open}}</td>
        <td class="number">{{absent}}</td><td class="number">{{late}}</td><td class="number">{{excused}}</td>
        <td class="number">{{present}}</td><td class="number">{{students}}</td><td class="whole">{{state}}</td></tr>
        {{/classes}}
        </tbody></table></div>
        {{/hasClasses}}
        </section>
        """,
    ]
}
