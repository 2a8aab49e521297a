/// The sizes of type, in the drawing's units.
///
/// On a wide screen type has the size `drawn`. On a phone the stylesheet makes it as large as `roomy`, since the
/// drawing shrinks: to 350 of its 480 units in a page 390 wide, where `roomy` is then 11.7 pixels high. So everything is
/// laid out for that.
package enum Typography {
    /// The size of type as drawn.
    package static let drawn = 12.0
    /// The size of type for which there is room.
    package static let roomy = 16.0
    /// The height of a line of text.
    package static let line = 20.0
    /// The size of a title, as a factor.
    package static let title = 1.2
    /// The size of small print, as a factor.
    package static let small = 0.95
}
