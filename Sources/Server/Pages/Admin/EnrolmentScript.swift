extension AdminPages {
    /// Takes photographs by the camera or from files, sends each by itself, and shows what the server says of it. The
    /// picture that was sent is shown beside the verdict from the browser's own memory; the server does not keep it.
    static let enrolScript = """
        "use strict";
        const area = document.getElementById("enrol");
        if (area) {
          const list = document.getElementById("verdicts");
          const video = document.getElementById("camera");
          const begin = document.getElementById("camera-begin");
          const shoot = document.getElementById("camera-shoot");
          const end = document.getElementById("camera-end");
          const files = document.getElementById("files");
          const status = document.getElementById("enrol-status");
          const say = (key) => { status.textContent = key ? area.dataset[key] : ""; };
          let stream = null, waiting = Promise.resolve();

          const show = (blob, html) => {
            const parsed = new DOMParser().parseFromString(html, "text/html");
            const entry = document.createElement("li");
            entry.className = "verdict";
            const picture = document.createElement("img");
            picture.src = URL.createObjectURL(blob);
            picture.alt = area.dataset.picture;
            picture.addEventListener("load", () => URL.revokeObjectURL(picture.src));
            picture.addEventListener("error", () => picture.remove());
            const text = document.createElement("div");
            text.append(...parsed.body.childNodes);
            entry.append(picture, text);
            list.prepend(entry);
            document.getElementById("verdicts-heading").hidden = false;
          };

          // One after another: the server looks at one at a time too.
          const send = (blob) => {
            waiting = waiting.then(async () => {
              say("looking");
              try {
                const answer = await fetch(area.dataset.action, {
                  method: "POST", body: blob,
                  headers: { "Content-Type": blob.type || "image/jpeg", "X-Form-Token": area.dataset.token },
                });
                if (answer.status === 401 || answer.redirected) { location.reload(); return; }
                const html = await answer.text();
                if (answer.headers.get("X-Verdict") === null) { say("failed"); return; }
                show(blob, html);
                say("");
              } catch { say("lost"); }
            });
            return waiting;
          };

          const stop = () => {
            if (stream) stream.getTracks().forEach((track) => track.stop());
            stream = null;
            video.hidden = shoot.hidden = end.hidden = true;
            begin.hidden = false;
          };

          if (navigator.mediaDevices && navigator.mediaDevices.getUserMedia) {
            begin.hidden = false;
            begin.addEventListener("click", async () => {
              try {
                stream = await navigator.mediaDevices.getUserMedia({
                  video: { width: { ideal: 1280 }, height: { ideal: 720 }, facingMode: "user" }, audio: false });
              } catch { say("denied"); return; }
              say("");
              video.srcObject = stream;
              video.hidden = shoot.hidden = end.hidden = false;
              begin.hidden = true;
              await video.play();
              shoot.focus();
            });
            end.addEventListener("click", () => { stop(); begin.focus(); });
            shoot.addEventListener("click", () => {
              const canvas = document.createElement("canvas");
              canvas.width = video.videoWidth;
              canvas.height = video.videoHeight;
              if (!canvas.width) return;
              canvas.getContext("2d").drawImage(video, 0, 0);
              canvas.toBlob((blob) => { if (blob) send(blob); }, "image/jpeg", 0.95);
            });
            window.addEventListener("pagehide", stop);
          }

          files.addEventListener("change", () => {
            for (const file of files.files) send(file);
            files.value = "";
          });
        }
        """
}
