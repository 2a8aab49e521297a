// Moves the first control of each live cell of a lesson's page, as a reader does, and takes the time to the new picture:
// to an end, where everything is loaded first, back, and to the end again.

const other = (input) => {
    if (input.options) return () => (input.selectedIndex = input.selectedIndex === 0 ? input.options.length - 1 : 0);
    if (input.type === "checkbox") return () => (input.checked = !input.checked);
    if (input.type === "text") return () => (input.value = input.value === "a" ? input.defaultValue : "a");
    return () => (input.value = input.value === input.max ? input.min : input.max);
};
const nextPicture = (form, act) =>
    new Promise((resolve, reject) => {
        const begun = performance.now();
        const progress = form.querySelector("progress");
        let shown = false;
        const watch = setInterval(() => (shown ||= progress ? !progress.hidden : false), 20);
        const end = setTimeout(() => finish(() => reject("no new picture within a minute")), 60_000);
        const observer = new MutationObserver((changes) => {
            const nodes = changes.flatMap(({ addedNodes }) => [...addedNodes]);
            if (nodes.some((node) => node.classList?.contains("output"))) finish(() => resolve({ time: performance.now() - begun, shown }));
        });
        const finish = (act) => (observer.disconnect(), clearInterval(watch), clearTimeout(end), act());
        observer.observe(form.closest(".cell"), { childList: true });
        act();
    });

globalThis.touch = async (address) => {
    const frame = document.createElement("iframe");
    frame.style = "width: 1280px; height: 900px";
    frame.src = address;
    document.body.append(frame);
    await new Promise((resolve) => (frame.onload = resolve));
    const found = [];
    for (const form of frame.contentDocument.querySelectorAll("form.live[data-module]")) {
        const name = form.closest(".cell").id;
        const input = form.querySelector(".control:not(.player) :is(select, input)");
        if (!input) continue;
        const move = other(input);
        const act = () => {
            move();
            for (const kind of ["input", "change"]) input.dispatchEvent(new Event(kind, { bubbles: true }));
        };
        try {
            const pictures = [];
            for (let round = 0; round < 3; round++) pictures.push(await nextPicture(form, act));
            // A training reports how far it is; what only draws should be there at once.
            const trains = /\btrain/.test(form.closest(".cell").querySelector("code")?.textContent ?? "");
            found.push({ name, pictures, trains });
        } catch (error) {
            found.push({ name, error: `${error} ${form.querySelector("[role=status]")?.textContent ?? ""}` });
        }
    }
    frame.remove();
    return found;
};
