extension TerminalConfiguration.Recognition {
    /// The pipeline's knobs, with these values in place of the defaults.
    public var options: RecognitionOptions {
        var options = RecognitionOptions()
        options.quality.minimumInterEyeDistance = minimumInterEyePixels
        options.rule.maximumDistance = Float(maximumDistance)
        options.rule.minimumMargin = Float(minimumMargin)
        options.rule.minimumShots = minimumShots
        return options
    }
}
