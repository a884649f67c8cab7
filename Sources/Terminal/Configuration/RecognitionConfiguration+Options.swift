extension TerminalConfiguration.Recognition {
    /// The pipeline's knobs, with these values in place of the defaults.
    public var options: RecognitionOptions {
        var options = RecognitionOptions()
        options.quality.minimumInterEyeDistance = minimumInterEyePixels
        options.rule.budget = budget
        options.rule.minimumShots = minimumShots
        options.liveness.mode = liveness
        return options
    }
}
