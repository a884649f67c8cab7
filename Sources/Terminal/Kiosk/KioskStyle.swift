extension KioskPage {
    /// The style sheet. No text is smaller than 5 vw, letters of 1.8 cm on a screen of half a metre: readable at two metres.
    /// Contrasts of text are 7:1 and more (WCAG 2.2, 1.4.6), of the outlines 3:1 and more (1.4.11).
    static let style = """
        :root {
          color-scheme: light dark;
          --ground: #f6f7f4; --ink: #15201d; --quiet: #43514c; --line: #6d7a75;
          --good: #0b5d3b; --advice: #7a3e00; --question: #1f4a86; --fault: #8c1d18;
        }
        @media (prefers-color-scheme: dark) {
          :root {
            --ground: #0e1413; --ink: #f1f5f2; --quiet: #b9c6c0; --line: #7d8b85;
            --good: #7fe0ac; --advice: #ffc46b; --question: #a5c8ff; --fault: #ffb0a6;
          }
        }
        * { box-sizing: border-box; margin: 0; }
        html, body { height: 100%; }
        body {
          --tone: var(--ink);
          display: flex; flex-direction: column; overflow: hidden;
          background: var(--ground); color: var(--ink);
          font-family: system-ui, "Segoe UI", Roboto, "Noto Sans", "DejaVu Sans", sans-serif; line-height: 1.15;
        }
        body[data-tone=good], body[data-message=done] { --tone: var(--good); }
        body[data-tone=advice], body[data-tone=late] { --tone: var(--advice); }
        body[data-tone=question] { --tone: var(--question); }
        body[data-tone=fault] { --tone: var(--fault); }
        main {
          flex: 1 1 0; min-height: 0; overflow-y: auto; padding: 4vh 5vw;
          display: flex; flex-direction: column; align-items: center; justify-content: safe center; gap: 3vh;
          text-align: center;
        }
        main > div { flex: none; max-width: 100%; }
        h1 {
          font-size: max(5vw, 1.15rem, min(9.5vw, 12.6vh)); font-weight: 650; letter-spacing: -0.01em;
          color: var(--tone); overflow-wrap: anywhere; text-wrap: balance;
        }
        #text {
          margin-top: 1.5vh; font-size: max(5vw, 1.15rem, min(5.6vw, 9vh)); color: var(--quiet);
          font-variant-numeric: tabular-nums; overflow-wrap: anywhere; text-wrap: balance;
        }
        [data-greeting] h1 { font-size: max(5vw, 1.15rem, min(9.5vw, 15vh)); }
        [data-greeting] #text { font-size: max(5vw, 1.15rem, min(8vw, 12vh)); color: var(--ink); }
        #note {
          flex: none; padding: 1.6vh 5vw; text-align: center; text-wrap: balance; font-size: max(5vw, 1.15rem);
          color: var(--ink); border-top: 0.4vh solid var(--line);
        }
        #note[hidden] { display: none; }
        #guide { flex: 0 1 54vh; min-height: 0; width: auto; max-width: 70vw; aspect-ratio: 1; fill: none; overflow: visible; }
        #ring { stroke: var(--line); stroke-width: 2.6; stroke-dasharray: 6 5.6; }
        #face {
          stroke: var(--tone); stroke-width: 4;
          transition: cx 120ms linear, cy 120ms linear, rx 120ms linear, ry 120ms linear;
        }
        #face[data-fit=good] { stroke: var(--good); }
        .sign { display: none; stroke: var(--tone); stroke-width: 7; stroke-linecap: round; stroke-linejoin: round; }
        [data-tone=good] .tick, [data-message=done] .tick, [data-tone=late] .clock, [data-tone=question] .ask,
        [data-tone=fault] .bang, [data-message=turnLeft] .left, [data-message=turnRight] .right,
        [data-message=nod] .nod { display: inline; }
        [data-tone=good] #ring, [data-message=done] #ring, [data-tone=late] #ring, [data-tone=question] #ring,
        [data-tone=fault] #ring { stroke: var(--tone); stroke-width: 3; stroke-dasharray: none; }
        [data-message=turnLeft] #face, [data-message=turnRight] #face, [data-message=nod] #face,
        [data-message=done] #face, [data-greeting] #face, [data-tone=question] #face, [data-tone=fault] #face {
          display: none;
        }
        @media (prefers-reduced-motion: reduce) { #face { transition: none; } }

        """

    /// The icon of the page.
    static let icon = """
        <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 100 100"><rect width="100" height="100" rx="22" \
        fill="#0b5d3b"/><ellipse cx="50" cy="50" rx="25" ry="33" fill="none" stroke="#fff" stroke-width="8"/></svg>

        """
}
