internal import Foundation

extension Error {
    /// The system's own words for what it would not do, such as `No space left on device`; without them Foundation's, and
    /// for other errors their own.
    package var systemReason: String {
        let inner = (self as NSError).userInfo[NSUnderlyingErrorKey] as? any Error ?? self
        let cause = inner as NSError
        if cause.domain == NSPOSIXErrorDomain { return String(cString: strerror(Int32(cause.code))) }
        guard let error = self as? CocoaError else { return "\(self)" }
        return error.code == .fileWriteOutOfSpace
            ? String(cString: strerror(ENOSPC)) : error.localizedDescription
    }
}
