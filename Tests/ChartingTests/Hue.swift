internal import Foundation

/// A color of which contrast and difference can be computed.
struct Hue {
    /// Red, green and blue in proportion to light, from 0 to 1.
    var linear: [Double]

    init(linear: [Double]) { self.linear = linear }

    /// A color written `#rrggbb`.
    init(hex: String) {
        let number = Int(hex.dropFirst(), radix: 16)!
        linear = [16, 8, 0].map { shift in
            let value = Double((number >> shift) & 255) / 255
            return value <= 0.04045 ? value / 12.92 : pow((value + 0.055) / 1.055, 2.4)
        }
    }

    private var encoded: [Double] {
        linear.map { $0 <= 0.0031308 ? $0 * 12.92 : 1.055 * pow($0, 1 / 2.4) - 0.055 }
    }

    /// The color with another laid over it, see-through, as browsers do it.
    func mixed(with other: Hue, _ strength: Double) -> Hue {
        let mixed = zip(encoded, other.encoded).map { $0 * (1 - strength) + $1 * strength }
        return Hue(linear: mixed.map { $0 <= 0.04045 ? $0 / 12.92 : pow(($0 + 0.055) / 1.055, 2.4) })
    }

    /// The relative luminance of WCAG 2.
    var luminance: Double { 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2] }

    /// The contrast of WCAG 2, from 1 to 21.
    func contrast(to other: Hue) -> Double {
        (max(luminance, other.luminance) + 0.05) / (min(luminance, other.luminance) + 0.05)
    }

    /// The distance in OKLab times 100 (Ottosson, 2020); 2 is just to be seen.
    func difference(from other: Hue) -> Double {
        100 * zip(lab, other.lab).reduce(0) { $0 + ($1.0 - $1.1) * ($1.0 - $1.1) }.squareRoot()
    }

    private var lab: [Double] {
        let (r, g, b) = (linear[0], linear[1], linear[2])
        let l = cbrt(0.4122214708 * r + 0.5363325363 * g + 0.0514459929 * b)
        let m = cbrt(0.2119034982 * r + 0.6806995451 * g + 0.1073969566 * b)
        let s = cbrt(0.0883024619 * r + 0.2817188376 * g + 0.6299787005 * b)
        return [
            0.2104542553 * l + 0.7936177850 * m - 0.0040720468 * s,
            1.9779984951 * l - 2.4285922050 * m + 0.4505937099 * s,
            0.0259040371 * l + 0.7827717662 * m - 0.8086757660 * s,
        ]
    }
}
