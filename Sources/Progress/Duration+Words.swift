extension Duration {
    /// The span as people say it: `0.4 s`, `12 s`, `3 min 20 s`, `2 h 5 min`, `4 d 2 h`; a negative one is `0.0 s`.
    public var words: String {
        let seconds = components.seconds
        switch seconds {
        case ..<1: return "0.\(max(0, Int(self / .seconds(1) * 10))) s"
        case ..<60: return "\(seconds) s"
        case ..<3600: return "\(seconds / 60) min \(seconds % 60) s"
        case ..<86_400: return "\(seconds / 3600) h \(seconds % 3600 / 60) min"
        default: return "\(seconds / 86_400) d \(seconds % 86_400 / 3600) h"
        }
    }
}
