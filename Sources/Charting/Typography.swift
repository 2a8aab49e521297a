/// The sizes of type, in the drawing's units.
///
/// On a wide screen type has the size `drawn`. On a phone the stylesheet makes it as large as `roomy`, since the
/// drawing shrinks; so everything is laid out for that.
package enum Typography {
    /// The size of type as drawn.
    package static let drawn = 12.0
    /// The size of type for which there is room.
    package static let roomy = 15.0
    /// The height of a line of text.
    package static let line = 19.0
    /// The size of a title, as a factor.
    package static let title = 1.2
    /// The size of small print, as a factor.
    package static let small = 0.92
}
