#include "ThemeFiles.h"
#include <string.h>

#pragma clang diagnostic ignored "-Wc23-extensions"

static const struct {
    const char *name, *text;
} files[] = {
    {"body.mustache", (const char[]){
#embed "body.mustache" suffix(, 0)
    }},
    {"course.mustache", (const char[]){
#embed "course.mustache" suffix(, 0)
    }},
    {"footer.mustache", (const char[]){
#embed "footer.mustache" suffix(, 0)
    }},
    {"glossary.mustache", (const char[]){
#embed "glossary.mustache" suffix(, 0)
    }},
    {"head.mustache", (const char[]){
#embed "head.mustache" suffix(, 0)
    }},
    {"header.mustache", (const char[]){
#embed "header.mustache" suffix(, 0)
    }},
    {"index.mustache", (const char[]){
#embed "index.mustache" suffix(, 0)
    }},
    {"lesson.mustache", (const char[]){
#embed "lesson.mustache" suffix(, 0)
    }},
    {"live.css", (const char[]){
#embed "live.css" suffix(, 0)
    }},
    {"live.js", (const char[]){
#embed "live.js" suffix(, 0)
    }},
    {"host.js", (const char[]){
#embed "../../../BrowserRuntime/host.js" suffix(, 0)
    }},
    {"notfound.mustache", (const char[]){
#embed "notfound.mustache" suffix(, 0)
    }},
    {"preview.js", (const char[]){
#embed "preview.js" suffix(, 0)
    }},
    {"reference.mustache", (const char[]){
#embed "reference.mustache" suffix(, 0)
    }},
    {"report.css", (const char[]){
#embed "report.css" suffix(, 0)
    }},
    {"search.mustache", (const char[]){
#embed "search.mustache" suffix(, 0)
    }},
    {"unroll.css", (const char[]){
#embed "unroll.css" suffix(, 0)
    }},
    {"unroll.js", (const char[]){
#embed "unroll.js" suffix(, 0)
    }},
};

const char *themeFile(const char *name) {
    for (unsigned long file = 0; file < sizeof files / sizeof *files; file++) {
        if (strcmp(files[file].name, name) == 0) { return files[file].text; }
    }
    return NULL;
}
