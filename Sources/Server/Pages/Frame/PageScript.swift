/// What pages do by themselves where scripts run. Every page says the same without it.
enum PageScript {
    /// An element with `data-live` follows the events of that address; at each of them its content is replaced by what the
    /// address in `data-part` answers. Unfinished forms and open details are left alone until they are done with. A form is
    /// sent once, however often its button is pressed.
    static let live = """
        "use strict";
        for (const region of document.querySelectorAll("[data-live]")) {
          const notice = document.querySelector("[data-live-notice]");
          let lost = 0, busy = false, again = false;
          const isInUse = () => region.querySelector("details[open]") !== null
            || (region.contains(document.activeElement) && document.activeElement.matches("input, select, textarea"));
          const say = (isLost) => { if (notice) notice.hidden = !isLost; };
          const renew = async () => {
            if (busy) { again = true; return; }
            busy = true; again = false;
            try {
              const answer = await fetch(region.dataset.part, { headers: { "X-Background": "1" } });
              // Whoever was logged in is not any more: what stands here is not for the next who looks.
              if (answer.status === 401) { location.reload(); return; }
              if (answer.ok && isInUse()) again = true;
              else if (answer.ok) {
                const focused = document.activeElement && region.contains(document.activeElement)
                  ? document.activeElement.id : "";
                const page = new DOMParser().parseFromString(await answer.text(), "text/html");
                region.replaceChildren(...page.body.childNodes);
                if (focused) { const same = document.getElementById(focused); if (same) same.focus(); }
              }
            } catch { /* The events say that the connection is lost. */ }
            busy = false;
          };
          region.addEventListener("toggle", () => { if (again) renew(); }, true);
          region.addEventListener("focusout", () => setTimeout(() => { if (again) renew(); }, 0));
          const follow = () => {
            const events = new EventSource(region.dataset.live);
            events.onopen = () => { clearTimeout(lost); lost = 0; say(false); };
            events.addEventListener("changed", renew);
            events.onerror = () => {
              if (!lost) lost = setTimeout(() => say(true), 5000);
              if (events.readyState === EventSource.CLOSED) { events.close(); renew(); setTimeout(follow, 5000); }
            };
          };
          follow();
        }
        const sent = new WeakSet();
        document.addEventListener("submit", (event) => {
          if (event.target.method !== "post") return;
          if (sent.has(event.target)) event.preventDefault(); else sent.add(event.target);
        });
        window.addEventListener("pageshow", (event) => { if (event.persisted) location.reload(); });
        for (const button of document.querySelectorAll("[data-print]")) {
          button.hidden = false;
          button.addEventListener("click", () => window.print());
        }
        """
}
