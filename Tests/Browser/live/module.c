// A program as live cells have it, without a lesson: it answers calls, and does what none should.

#include <stddef.h>
#include <stdint.h>

#define PAGE(name) __attribute__((import_module("page"), import_name(#name)))
#define EXPORT(name) __attribute__((export_name(#name)))
PAGE(print) void page_print(int byte);
PAGE(stop) void page_stop(const char *sentence, size_t count);
PAGE(progress) void page_progress(int done, int of);

#ifdef KERNELS
/// All that the kernels of this program do.
EXPORT(twice) int twice(int number) { return 2 * number; }
#else
__attribute__((import_module("env"), import_name("twice"))) int twice(int number);

enum { CONTROLS = 6, ROOM = 256 };
static int cell, settings[CONTROLS], text_of, length, calls, initialized;
static char text[ROOM];
static volatile int heat;

static void print(const char *words) { while (*words) page_print(*words++); }

static void print_number(int number) {
    if (number > 9) print_number(number / 10);
    page_print('0' + number % 10);
}

/// Prints the text of a JSON string.
static void print_quoted(const char *words) {
    for (; *words; words++) {
        if (*words == '"' || *words == '\\') page_print('\\');
        if (*words == '\n') print("\\n");
        else page_print(*words);
    }
}

/// Prints a text as HTML in a JSON string.
static void print_escaped(const char *words) {
    for (; *words; words++) {
        if (*words == '<') print("&lt;");
        else if (*words == '&') print("&amp;");
        else page_print(*words);
    }
}

/// What the program prints by itself comes back here.
static int printed;
EXPORT(liveTakePrinted) void take_printed(int byte) { printed += byte != 0; }

/// What a lesson's cells before the live ones do: once, before the first call.
EXPORT(__main_argc_argv) int start(int count, char **arguments) {
    (void)count, (void)arguments;
    initialized++;
    print("a print of a cell");
    return 0;
}

EXPORT(liveSelect) void live_select(int index) { cell = index; }
EXPORT(liveSet) void live_set(int control, int position) { settings[control] = position; }
EXPORT(liveText) void live_text(int control) { text_of = control, length = 0; }
EXPORT(liveTextByte) void live_text_byte(int byte) {
    if (length < ROOM - 1) text[length++] = (char)byte, text[length] = 0;
}

static void work(int steps, int of) {
    for (int step = 1; step <= steps; step++) {
        for (int i = 0; i < 20000000; i++) heat += i;
        page_progress(step, of);
    }
}

/// Takes the room of ever deeper calls.
static int fall(int depth) {
    if (depth < 0) return 0;
    volatile char room[1024];
    room[depth % 1024] = (char)depth;
    return fall(depth + 1) + room[depth % 1024];
}

EXPORT(liveRun) void live_run(void) {
    calls++;
    if (cell == 0) return;
    static const char sentence[] = "the sizes [2, 3] and [4, 5] do not fit <b>.";
    switch (settings[0]) {
    case 1: for (;;) heat++;
    case 2: page_stop(sentence, sizeof sentence - 1); __builtin_trap();
    case 3: __builtin_trap();
    case 6: work(40, 40); break;
    case 7: for (int i = 0; i < 100000; i++) print("talk "); break;
    case 9: fall(0); break;
    default: break;
    }
}

static const char svg[] = "<svg xmlns=\"http://www.w3.org/2000/svg\" class=\"chart\" role=\"img\" "
    "aria-labelledby=\"behave-title behave-summary\" viewBox=\"0 0 300 120\" width=\"300\" height=\"120\">"
    "<title id=\"behave-title\">Calm</title><desc id=\"behave-summary\">Calm, drawn.</desc>";

static void print_figure(const char *marks) {
    print_quoted("<div class=\"output\">\n<figure class=\"drawing\">\n");
    print_quoted(svg);
    print_quoted(marks);
    print_quoted("</svg>\n</figure>\n</div>\n");
}

static void print_frame(int index) {
    print_quoted("<div class=\"output\">\n<pre class=\"value\"><samp>frame ");
    print_number(index);
    print_quoted("</samp></pre>\n</div>\n");
}

static const char hostile[] = "<div class=\"output\" onclick=\"window.hostile=1\"><script>window.hostile=1</script>"
    "<img src=\"x\" onerror=\"window.hostile=1\"><iframe src=\"javascript:parent.hostile=1\"></iframe>"
    "<a href=\"javascript:window.hostile=1\" id=\"link\">a</a><form id=\"trap\"><button>b</button></form>"
    "<style>body{display:none}</style><link rel=\"stylesheet\" href=\"https://example.com/x.css\">"
    "<p style=\"position:fixed;inset:0\" class=\"far\">p</p>"
    "<svg class=\"chart\" viewBox=\"0 0 9 9\" onload=\"window.hostile=1\" id=\"text\"><desc><b onclick=\"x()\">d</b></desc>"
    "<foreignObject><div>f</div></foreignObject><image href=\"https://example.com/x.png\"/><a href=\"#x\"><text>t</text></a>"
    "<use href=\"https://example.com/x.svg#a\"/><use href=\"#near\"/><set attributeName=\"onclick\" to=\"x()\"/>"
    "<rect id=\"near\" fill=\"url(https://example.com/x)\" stroke=\"url(#text)\" style=\"fill:url('//example.com/y')\"/>"
    "<g style=\"fill: red; --own: 1\" data-x=\"1\"/></svg>"
    "<math><mtext><samp onclick=\"x()\">m</samp></mtext></math><template><p>t</p></template>"
    "<details open><summary>s</summary><p>q</p></details></div>";

EXPORT(livePrintResult) void live_print_result(void) {
    print("{\"html\": \"");
    if (cell == 0) {
        print_quoted("<div class=\"output\">\n<pre class=\"value\"><samp>positions ");
        for (int control = 0; control < CONTROLS; control++) {
            if (control > 0) print(" ");
            if (control == text_of && control > 0) print_escaped(text);
            else print_number(settings[control]);
        }
        if (calls != 1 || initialized != 1) print(" OLD");
        print_quoted("</samp></pre>\n</div>\n");
        print("\", \"frames\": [], \"sentence\": \"New positions.\"}");
        return;
    }
    switch (settings[0]) {
    case 0: print_figure("<rect x=\"20\" y=\"20\" width=\"70\" height=\"80\"/>"); break;
    case 4: print_quoted(hostile); break;
    case 5: print_frame(2); break;
    case 7: print_frame(printed); break;
    case 8: for (;;) page_print('x');
    default: print_frame(twice(calls) / 2); break;
    }
    if (settings[0] == 5) print("\", \"control\": {\"label\": \"epoch\", \"positions\": [\"0\", \"10\", \"20\"]}, \"frames\": [");
    else print("\", \"frames\": [");
    if (settings[0] == 5) {
        for (int index = 0; index < 3; index++) {
            print(index > 0 ? ", \"" : "\"");
            print_frame(index);
            print("\"");
        }
    }
    print("], \"sentence\": \"It did ");
    print_number(settings[0]);
    print(".\"}");
}
#endif
