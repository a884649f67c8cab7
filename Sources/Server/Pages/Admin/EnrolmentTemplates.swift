extension PageLibrary {
    /// Photographs of a person, as they are taken.
    static let adminEnrolmentTemplates = [
        "admin_enrol": """
        {{<frame}}{{$head}}<script src="/pages/assets/enrol.js" defer></script>{{/head}}{{$body}}
        <p><a href="{{back}}">{{words.admin_back_to_person}}</a></p>
        {{^canEnrol}}<p class="notice">{{cannot}}</p>{{/canEnrol}}
        {{#canEnrol}}
        <p class="lead">{{words.admin_enrol_lead}}</p>
        {{#isMissing}}<div class="notice"><p>{{words.admin_missing}}</p>
        <ul>{{#missing}}<li>{{text}}</li>{{/missing}}</ul></div>{{/isMissing}}
        <noscript><p class="notice">{{words.admin_enrol_no_script}}</p></noscript>
        <div id="enrol" class="card" data-action="{{action}}" data-token="{{page.formToken}}"
        data-looking="{{words.admin_enrol_looking}}" data-failed="{{words.admin_enrol_failed}}"
        data-lost="{{words.admin_enrol_lost}}" data-denied="{{words.admin_enrol_denied}}"
        data-picture="{{words.admin_enrol_picture}}">
        <h2>{{words.admin_enrol_camera}}</h2>
        <video id="camera" muted playsinline hidden></video>
        <p class="row"><button type="button" id="camera-begin" hidden>{{words.admin_enrol_begin}}</button>
        <button type="button" id="camera-shoot" hidden>{{words.admin_enrol_shoot}}</button>
        <button type="button" id="camera-end" class="quiet" hidden>{{words.admin_enrol_end}}</button></p>
        <h2>{{words.admin_enrol_files}}</h2>
        <label for="files">{{words.admin_enrol_choose}}</label>
        <input id="files" type="file" accept="image/jpeg,image/png" multiple>
        <p id="enrol-status" role="status"></p>
        </div>
        <h2 id="verdicts-heading" hidden>{{words.admin_enrol_verdicts}}</h2>
        <ul id="verdicts" aria-live="polite"></ul>
        {{/canEnrol}}
        {{/body}}{{/frame}}
        """,
        "admin_photograph_verdict": """
        <div class="notice {{kind}}"><p><strong>{{headline}}</strong></p>
        {{#hasAdvice}}<ul>{{#advice}}<li>{{text}}</li>{{/advice}}</ul>{{/hasAdvice}}</div>
        {{#hasLookAlikes}}<div class="notice"><p>{{words.admin_look_alikes}}</p>
        <ul>{{#lookAlikes}}<li><a href="{{path}}">{{label}}</a></li>{{/lookAlikes}}</ul>
        <p>{{words.admin_look_alikes_next}}</p></div>{{/hasLookAlikes}}
        {{#isMissing}}<p>{{words.admin_missing}}</p><ul>{{#missing}}<li>{{text}}</li>{{/missing}}</ul>{{/isMissing}}
        """,
    ]
}
