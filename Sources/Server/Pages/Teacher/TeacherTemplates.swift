extension PageLibrary {
    static let teacherTemplates = classTemplates.merging(classStudentTemplates) { $1 }

    private static let classTemplates = [
        "classes": """
        {{<frame}}{{$body}}
        <p class="lead">{{date}}</p>
        {{^hasAny}}<p>{{words.teacher_no_classes}}</p>{{/hasAny}}
        <div class="grid">
        {{#classes}}<section class="card">
        <h2><a href="{{path}}">{{name}}</a></h2>
        {{#hasSchool}}{{> tally}}{{/hasSchool}}
        <p class="soft">{{state}}</p>
        </section>
        {{/classes}}</div>
        {{/body}}{{/frame}}
        """,
        "tally": """
        <ul class="tally">{{#tally}}<li class="{{status}}"><strong>{{count}}</strong> {{word}}</li>
        {{/tally}}</ul>
        """,
        "class_day": """
        {{<frame}}{{$body}}
        <div class="row day-head">
        <p class="lead">{{day}}</p>
        <p class="no-print"><a class="button quiet" href="{{beforePath}}" rel="prev">← {{words.teacher_before}}</a> \
        {{^isToday}}<a class="button quiet" href="{{path}}">{{words.teacher_today}}</a> {{/isToday}}\
        <a class="button quiet" href="{{afterPath}}" rel="next">{{words.teacher_after}} →</a></p>
        <form method="get" action="{{path}}" class="row">
        <div><label for="date">{{words.teacher_day}}</label><input id="date" name="date" type="date" value="{{date}}"></div>
        <button class="quiet">{{words.teacher_show}}</button>
        </form>
        </div>
        {{#isLive}}<p class="notice" data-live-notice hidden role="status">{{words.live_lost}}</p>
        <div data-live="{{path}}/events" data-part="{{path}}/part">{{> class_roll}}</div>{{/isLive}}
        {{^isLive}}{{> class_roll}}{{/isLive}}
        {{> reasons}}
        <section class="card no-print" aria-labelledby="take">
        <h2 id="take">{{words.teacher_take}}</h2>
        <p><button type="button" class="quiet" data-print hidden>{{words.teacher_print}}</button></p>
        <form method="get" action="{{path}}/export" class="row">
        <div><label for="from">{{words.teacher_from}}</label>\
        <input id="from" name="from" type="date" value="{{monthStart}}" required></div>
        <div><label for="to">{{words.teacher_to}}</label><input id="to" name="to" type="date" value="{{date}}" required></div>
        <button class="quiet">{{words.teacher_csv}}</button>
        </form>
        </section>
        {{/body}}{{/frame}}
        """,
        "class_roll": """
        <div class="card">
        {{> tally}}
        <p class="{{#isWaiting}}notice{{/isWaiting}}{{^isWaiting}}soft{{/isWaiting}}">{{state}}</p>
        </div>
        {{^hasStudents}}<p>{{words.teacher_nobody}}</p>{{/hasStudents}}
        {{#hasStudents}}<ul class="roll card" aria-label="{{words.teacher_roll}}">
        {{#students}}<li id="row-{{id}}">
        <span class="who-is">{{#isMember}}<a href="{{path}}">{{name}}</a>{{/isMember}}{{^isMember}}{{name}}{{/isMember}}</span>
        <span class="stands"><span class="status {{status}}">{{word}}</span>\
        {{#hasTime}} <span class="at">{{time}}</span>{{/hasTime}}</span>
        {{#hasHow}}<span class="soft how">{{how}}</span>{{/hasHow}}
        {{> decide}}</li>
        {{/students}}</ul>{{/hasStudents}}
        """,
        "decide": """
        {{#isMember}}<details{{#isFailed}} open{{/isFailed}}>\
        <summary id="decide-{{id}}" aria-label="{{about}}">{{words.teacher_decide}}</summary>
        <form method="post" action="{{action}}">
        {{> form_token}}
        {{> no_enter}}
        {{#isFailed}}<p class="notice bad" role="alert">{{failure}}</p>{{/isFailed}}
        <label for="reason-{{id}}">{{words.reason}}</label>
        <input id="reason-{{id}}" name="reason" list="reasons" value="{{typed}}" maxlength="250" required autocomplete="off">
        <p class="decide">{{#choices}}<button class="quiet" name="status" value="{{value}}">{{label}}</button>
        {{/choices}}</p>
        </form></details>{{/isMember}}
        """,
        "reasons": """
        <datalist id="reasons">{{#reasons}}<option value="{{.}}"></option>{{/reasons}}</datalist>
        """,
    ]

    private static let classStudentTemplates = [
        "class_student": """
        {{<frame}}{{$body}}
        <p><a href="{{classPath}}">← {{words.student_class}} {{className}}</a></p>
        <section class="card" aria-labelledby="week">
        <div class="month-head"><h2 id="week">{{week}}</h2>
        <p class="no-print"><a href="{{weekBefore}}" rel="prev">← {{words.teacher_week_before}}</a> \
        <a href="{{weekAfter}}" rel="next">{{words.teacher_week_after}} →</a></p></div>
        <ul class="roll">
        {{#days}}<li{{#isToday}} aria-current="date"{{/isToday}}>
        <span class="who-is">{{weekday}} <span class="soft">{{date}}</span></span>
        <span class="stands"><span class="status {{status}}">{{word}}</span>\
        {{#hasTime}} <span class="at">{{time}}</span>{{/hasTime}}</span>
        {{#hasHow}}<span class="soft how">{{how}}</span>{{/hasHow}}
        {{> decide}}</li>
        {{/days}}</ul>
        {{> reasons}}
        </section>
        <div class="sides">
        <section class="card" aria-labelledby="rate">
        <h2 id="rate">{{words.teacher_rate}}</h2>
        {{#counts}}{{> counts}}{{/counts}}
        </section>
        <section class="card" aria-labelledby="month">
        {{> month_calendar}}
        </section>
        </div>
        <div class="grid">
        <section class="card" aria-labelledby="corrections">
        <h2 id="corrections">{{words.student_corrections}}, {{calendar.title}}</h2>
        {{> corrections}}
        </section>
        <section class="card" aria-labelledby="excuses">
        <h2 id="excuses">{{words.student_excuses}}, {{calendar.title}}</h2>
        {{^hasExcuses}}<p class="soft">{{words.student_no_excuses}}</p>{{/hasExcuses}}
        {{#hasExcuses}}<ul class="entries">
        {{#excuses}}<li><strong>{{days}}</strong>: {{reason}}
        <span class="soft">{{who}}, {{when}}\
        {{#isWithdrawn}} · {{words.record_withdrawn}} {{withdrawn}}{{/isWithdrawn}}</span>
        {{^isWithdrawn}}<form method="post" action="{{path}}/excuses/{{id}}/withdraw">
        {{> form_token}}
        <button class="quiet" aria-label="{{words.teacher_withdraw}}: {{days}}, {{reason}}">{{words.teacher_withdraw}}</button>
        </form>{{/isWithdrawn}}</li>
        {{/excuses}}</ul>{{/hasExcuses}}
        </section>
        <section class="card no-print" aria-labelledby="new-excuse">
        <h2 id="new-excuse">{{words.teacher_excuse}}</h2>
        {{#isExcuseWrong}}<p class="notice bad" role="alert">{{problem}}</p>{{/isExcuseWrong}}
        <form method="post" action="{{path}}/excuses">
        {{> form_token}}
        <label for="first">{{words.teacher_from}}</label>
        <input id="first" name="first_day" type="date" value="{{first}}" required>
        <label for="last">{{words.teacher_to}}</label>
        <input id="last" name="last_day" type="date" value="{{last}}" required>
        <label for="excuse-reason">{{words.reason}}</label>
        <input id="excuse-reason" name="reason" list="reasons" value="{{typedReason}}" maxlength="250" required \
        autocomplete="off">
        <p><button>{{words.teacher_excuse_save}}</button></p>
        </form>
        </section>
        </div>
        <p><button type="button" class="quiet" data-print hidden>{{words.teacher_print}}</button></p>
        {{/body}}{{/frame}}
        """
    ]
}
