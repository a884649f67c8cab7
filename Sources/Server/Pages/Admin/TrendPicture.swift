import Attendance

/// The weeks before today as a picture: for each school day a bar of a hundred per cent, cut into the shares of each
/// status. Colours come from the page's style, so that they are right in the dark too; the same numbers stand in a table
/// below it for whoever does not see the picture.
struct TrendPicture {
    let days: [(day: LocalDate, tally: StatusTally)]
    let format: ReaderFormat

    /// From the bottom of a bar to its top.
    static let order: [RecordStatus] = [.present, .late, .excused, .absent]

    // In units of the picture.
    private static let (left, top, height, bottom) = (46, 10, 180, 34)
    private static let (step, bar) = (32, 22)

    private var width: Int { Self.left + max(days.count, 5) * Self.step + 10 }

    /// The picture as SVG 1.1 in HTML.
    var svg: String {
        let words = format.words
        var parts = [
            """
            <svg class="trend" viewBox="0 0 \(width) \(Self.top + Self.height + Self.bottom)" role="img" \
            aria-labelledby="trend-title trend-desc">
            <title id="trend-title">\(Markup.escaped(words["admin_trend_title"]))</title>
            <desc id="trend-desc">\(Markup.escaped(description))</desc>
            """
        ]
        for share in [0, 25, 50, 75, 100] {
            let y = Self.top + Self.height - Self.height * share / 100
            parts.append(
                """
                <line class="rule" x1="\(Self.left)" x2="\(width)" y1="\(y)" y2="\(y)"/>\
                <text class="scale" x="\(Self.left - 6)" y="\(y + 4)">\
                \(Markup.escaped(format.percent(share, of: 100)))</text>
                """)
        }
        for (index, entry) in days.enumerated() { parts.append(column(index, entry.day, entry.tally)) }
        parts.append("</svg>")
        return parts.joined(separator: "\n")
    }

    /// What the picture says, in a sentence.
    private var description: String {
        guard let first = days.first, let last = days.last else { return format.words["nothing"] }
        let sum = days.reduce(StatusTally()) { $0 + $1.tally }
        return format.words(
            "admin_trend_desc",
            [
                "from": format.date(first.day), "to": format.date(last.day),
                "present": format.percent(sum[.present], of: sum.recorded),
                "late": format.percent(sum[.late], of: sum.recorded),
                "absent": format.percent(sum[.absent], of: sum.recorded),
                "excused": format.percent(sum[.excused], of: sum.recorded),
            ])
    }

    private func column(_ index: Int, _ day: LocalDate, _ tally: StatusTally) -> String {
        let x = Self.left + 6 + index * Self.step
        var parts = ["<g><title>\(Markup.escaped(label(day, tally)))</title>"]
        // Whole units from the sums, so that no gap and no overlap comes of rounding.
        var counted = 0
        func height(_ count: Int) -> Int { tally.recorded > 0 ? Self.height * count / tally.recorded : 0 }
        for status in Self.order where tally[status] > 0 {
            let from = height(counted)
            counted += tally[status]
            let to = height(counted)
            parts.append(
                """
                <rect class="\(status.rawValue)" x="\(x)" y="\(Self.top + Self.height - to)" width="\(Self.bar)" \
                height="\(to - from)"/>
                """)
        }
        parts.append("</g>")
        if index == 0 || day.weekday == .monday {
            parts.append(
                """
                <text class="day" x="\(x + Self.bar / 2)" y="\(Self.top + Self.height + 20)">\
                \(Markup.escaped(format.shortDate(day)))</text>
                """)
        }
        return parts.joined()
    }

    private func label(_ day: LocalDate, _ tally: StatusTally) -> String {
        let shares = Self.order.filter { tally[$0] > 0 }.map {
            "\(format.words[$0.rawValue]) \(format.percent(tally[$0], of: tally.recorded))"
        }
        return "\(format.weekday(day)), \(format.date(day)): \(shares.joined(separator: ", "))"
    }
}
