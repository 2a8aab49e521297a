/// The words around the controls of live cells. In sentences, `{}` stands for what is filled in.
struct LiveWording: Sendable {
    var run: String
    var reset: String
    var play: String
    var pause: String
    var frame: String
    var working: String
    /// The sentence on a result that is the build's, and holds this number last.
    var same: String
    /// The sentence on a result that is the build's, and holds no number.
    var alike: String
    var differs: String
    /// The sentence on something that this browser has not.
    var lacks: String
    var missing: String
    var damaged: String
    /// The sentence on a program of another build than the page's.
    var other: String
    /// The sentence on a run that stopped with this one.
    var stopped: String
    /// The sentence on a run that gave no answer for so many seconds.
    var endless: String
    var address: String
    /// The sentence on the letters that a text may have.
    var letters: String

    /// The words that the page's script says, by their names in it.
    var spoken: [(name: String, words: String)] {
        [
            ("play", play), ("pause", pause), ("same", same), ("alike", alike), ("differs", differs),
            ("lacks", lacks), ("missing", missing), ("damaged", damaged), ("other", other),
            ("stopped", stopped), ("endless", endless), ("address", address), ("letters", letters),
        ]
    }
}
