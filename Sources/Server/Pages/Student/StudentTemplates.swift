extension PageLibrary {
    static let studentTemplates = ownDataTemplates.merging(
        [
            "student": """
            {{<frame}}{{$body}}
            <div class="sides">
            <div>
            <section class="card" aria-labelledby="today">
            <h2 id="today">{{today.date}}</h2>
            <p class="big"><span class="status {{today.status}}">{{today.word}}</span>\
            {{#today.hasTime}} <span class="at">{{today.time}}</span>{{/today.hasTime}}</p>
            {{#today.hasHint}}<p class="soft">{{today.hint}}</p>{{/today.hasHint}}
            {{#hasClass}}<p class="soft">{{words.student_class}}: {{className}}</p>{{/hasClass}}
            </section>
            <section class="card" aria-labelledby="rate">
            <h2 id="rate">{{words.student_rate}}</h2>
            {{#counts}}{{> counts}}{{/counts}}
            <p class="soft">{{words.student_rate_help}}</p>
            </section>
            </div>
            <section class="card" aria-labelledby="month">
            {{> month_calendar}}
            </section>
            </div>
            <section class="card" aria-labelledby="corrections">
            <h2 id="corrections">{{words.student_corrections}}, {{calendar.title}}</h2>
            {{> corrections}}
            <p class="soft">{{words.student_wrong}}</p>
            </section>
            <section class="card" aria-labelledby="excuses">
            <h2 id="excuses">{{words.student_excuses}}, {{calendar.title}}</h2>
            {{^hasExcuses}}<p class="soft">{{words.student_no_excuses}}</p>{{/hasExcuses}}
            {{#hasExcuses}}<ul class="entries">
            {{#excuses}}<li><strong>{{days}}</strong>: {{reason}}
            <span class="soft">{{who}}, {{when}}\
            {{#isWithdrawn}} · {{words.record_withdrawn}} {{withdrawn}}{{/isWithdrawn}}</span></li>
            {{/excuses}}</ul>{{/hasExcuses}}
            </section>
            {{/body}}{{/frame}}
            """,
            "counts": """
            <div class="counts">
            <p><strong>{{rate}}</strong> {{title}}</p>
            <ul>{{#statuses}}<li><span class="status {{status}}">{{word}}</span> {{count}}</li>
            {{/statuses}}</ul>
            </div>
            """,
            "corrections": """
            {{^hasCorrections}}<p class="soft">{{words.student_no_corrections}}</p>{{/hasCorrections}}
            {{#hasCorrections}}<ul class="entries">
            {{#corrections}}<li><strong>{{day}}</strong>: <span class="status {{status}}">{{word}}</span> {{reason}}
            <span class="soft">{{who}}, {{when}}</span></li>
            {{/corrections}}</ul>{{/hasCorrections}}
            """,
            "month_calendar": """
            {{#calendar}}
            <div class="month-head">
            <h2 id="month">{{title}}</h2>
            <p class="no-print"><a href="{{beforePath}}" rel="prev">← {{before}}</a> \
            <a href="{{afterPath}}" rel="next">{{after}} →</a></p>
            </div>
            <table class="month" aria-labelledby="month">
            <thead><tr>{{#weekdays}}<th scope="col"><abbr title="{{long}}">{{short}}</abbr></th>{{/weekdays}}</tr></thead>
            <tbody>
            {{#weeks}}<tr>{{#days}}{{#isOutside}}<td class="outside"></td>{{/isOutside}}{{^isOutside}}\
            <td class="{{status}}{{#isOff}} off{{/isOff}}"{{#isToday}} aria-current="date"{{/isToday}}>\
            {{#hasPath}}<a href="{{path}}"><time datetime="{{date}}">{{number}}</time></a>{{/hasPath}}\
            {{^hasPath}}<time datetime="{{date}}">{{number}}</time>{{/hasPath}}\
            {{#hasStatus}} <span class="sign" aria-hidden="true">{{sign}}</span> <span class="word">{{word}}</span>\
            {{#hasTime}} <span class="at">{{time}}</span>{{/hasTime}}\
            {{#isCorrected}} <span class="note">{{words.record_corrected}}</span>{{/isCorrected}}{{/hasStatus}}\
            {{#isOff}} <span class="note">{{off}}</span>{{/isOff}}</td>{{/isOutside}}{{/days}}</tr>
            {{/weeks}}</tbody>
            </table>
            <p class="month-legend" aria-hidden="true">{{#legend}}<span class="status {{status}}">{{sign}} {{word}}</span> \
            {{/legend}}</p>
            {{/calendar}}
            """,
        ]
    ) { $1 }
}
