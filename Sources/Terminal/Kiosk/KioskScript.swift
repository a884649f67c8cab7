extension KioskPage {
    /// The script: it listens, and draws what it hears. All text goes in as text, never as HTML.
    static let script = """
        "use strict";
        (() => {
          const body = document.body;
          const [title, name, text, note, face] =
            ["title", "name", "text", "note", "face"].map((id) => document.getElementById(id));
          const words = JSON.parse(body.dataset.words);

          const LONGEST = 3000; // nothing of anybody is shown for longer
          const SILENCE = 3000; // the terminal says something every second
          let door = { message: body.dataset.message, tone: body.dataset.tone, offline: !note.hidden, place: null };
          let greeting = null, greetingEnds = 0, timer = 0;
          let heard = performance.now(), offset = Infinity;

          function set(element, value) {
            if (element.textContent !== value) element.textContent = value;
          }

          // A greeting as title, text and tone.
          function greet(it) {
            const phrases = words.phrases;
            if (it.kind === "no_school") return { title: phrases.hello, text: phrases.noSchool, tone: "calm" };
            if (it.kind === "again") return { title: phrases.hello, text: phrases.markedAlready, tone: "good" };
            const status = it.status ? phrases[it.status] : phrases.marked;
            return {
              title: phrases[it.salute] || phrases.hello,
              text: it.time ? it.time + " \\u00b7 " + status : status,
              tone: it.status === "late" || it.status === "absent" ? "late" : "good",
            };
          }

          function drawPlace(place) {
            if (!place) { face.setAttribute("visibility", "hidden"); return; }
            // As in a mirror. The ring is as large as a face that is large enough; smaller than 0.8 none is found.
            const scale = place.fit === "near" ? 1.25 : Math.min(1.08, Math.max(0.3, (place.size - 0.6) / 0.6));
            face.setAttribute("cx", 50 + (0.5 - place.x) * 80);
            face.setAttribute("cy", 50 + (place.y - 0.5) * 30);
            face.setAttribute("rx", 30 * scale);
            face.setAttribute("ry", 40 * scale);
            face.dataset.fit = place.fit;
            face.setAttribute("visibility", "visible");
          }

          function draw() {
            const now = performance.now();
            if (greeting && now >= greetingEnds) greeting = null;
            const isAway = now - heard > SILENCE;
            const view = isAway ? { message: "away", tone: "fault", offline: false, place: null } : door;
            if (greeting) {
              const it = greet(greeting);
              body.dataset.greeting = greeting.kind;
              body.dataset.message = "greeting";
              body.dataset.tone = it.tone;
              set(title, it.title + (greeting.name ? ", " : ""));
              set(name, greeting.name || "");
              set(text, it.text);
            } else {
              const pair = words.messages[view.message] || { title: "", text: "" };
              delete body.dataset.greeting;
              body.dataset.message = view.message;
              body.dataset.tone = view.tone;
              set(title, pair.title);
              set(name, "");
              set(text, pair.text);
            }
            note.hidden = !view.offline || view.tone === "fault";
            drawPlace(greeting ? null : view.place);
          }

          // How much later than the quickest one an event has come: a greeting must not wait somewhere and be shown then.
          function delay(sent) {
            const difference = performance.now() - sent;
            offset = Math.min(offset, difference);
            return difference - offset;
          }

          function listen() {
            const source = new EventSource("/events");
            source.addEventListener("open", () => { offset = Infinity; });
            source.addEventListener("door", (event) => {
              door = JSON.parse(event.data);
              delay(door.sent);
              heard = performance.now();
              draw();
            });
            source.addEventListener("greeting", (event) => {
              const it = JSON.parse(event.data);
              const left = Math.min(LONGEST, it.show) - delay(it.sent);
              heard = performance.now();
              if (left <= 0) return;
              greeting = it;
              greetingEnds = performance.now() + left;
              clearTimeout(timer);
              timer = setTimeout(draw, left + 1);
              draw();
            });
            source.addEventListener("error", () => {
              // A lost connection is made again by itself; one that was refused is not.
              if (source.readyState !== EventSource.CLOSED) return;
              setTimeout(listen, 3000);
            });
          }

          setInterval(draw, 250);
          document.addEventListener("visibilitychange", draw);
          addEventListener("pagehide", () => { greeting = null; draw(); });
          listen();
        })();

        """
}
