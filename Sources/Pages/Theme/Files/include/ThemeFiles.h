#pragma once

/// Returns the text of a file of the standard theme; null where there is none of this name.
///
/// The texts are in the program itself, so that it needs no folder beside it. They are embedded by Clang, which takes
/// milliseconds for what costs Swift's optimizer seconds as an array of bytes.
const char *_Nullable themeFile(const char *_Nonnull name);
