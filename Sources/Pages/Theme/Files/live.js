// Live cells: a reader moves a control, and the lesson's own program runs again, in a worker; or a state that the build
// recorded is shown. Nothing is loaded before the first touch.
(() => {
  "use strict";
  const words = document.currentScript.dataset;
  // The way from the page to the top of the site.
  const root = words.root ?? "";
  const fill = (sentence, ...values) => values.reduce((text, value) => text.replace("{}", () => value), sentence);

  // What may stand in an output: the build's own list.
  const allowed = new Set("{attributes}".split(" "));
  const looks = new Set("{looks}".split(" "));
  const elements = { xhtml: "{html}".split(" "), "0/svg": "{svg}".split(" ") };
  const leads = (value) => /\\|({fetches})|url\('*[^#']/i.test(value.replace(/[\0- ]/g, ""));
  const admits = (name, value) => /^aria-/.test(name)
    || (allowed.has(name) || looks.has(name) || /^data-/.test(name)) && !leads(value)
      && (!/href$/.test(name) || value[0] === "#")
      && (name !== "style" || value.split(";").every((part) => looks.has(part.split(":")[0].trim()) || /^\s*(--|$)/.test(part)));

  // An output, parsed where nothing of it runs or loads.
  const parse = (html) => {
    const { body } = new DOMParser().parseFromString(html, "text/html");
    for (const element of body.querySelectorAll("*")) {
      if (!elements[element.namespaceURI.slice(-5)]?.includes(element.localName)) element.remove();
      for (const { name, value } of [...element.attributes]) if (!admits(name, value)) element.removeAttribute(name);
    }
    return body.firstElementChild ?? document.createElement("div");
  };
  // What the program alone has written of an output: not the page's captions, words and links.
  const core = (output) => {
    const copy = output.cloneNode(true);
    for (const part of copy.querySelectorAll("figcaption, summary, details > p")) part.remove();
    for (const box of copy.querySelectorAll("[role=img]:has(> svg)")) box.replaceWith(...box.childNodes);
    for (const box of copy.querySelectorAll(".tabular > div")) box.ariaLabel = "";
    return copy.innerHTML.replace(/>\s+</g, "><").trim();
  };
  const all = (element, selector) => [...element.querySelectorAll(selector)];
  const stops = (output) => all(output, "[tabindex], summary");

  // A control's position is a whole number; a text field's is its text.
  const isSteps = (input) => /range|number/.test(input.type);
  const count = (input) => input.options?.length ?? (isSteps(input) ? (input.max - input.min) / input.step + 1 : 2);
  const position = (input) => input.options ? input.selectedIndex
    : input.type === "checkbox" ? +input.checked
    : !isSteps(input) ? input.value
    : input.value && input.validity.valid ? Math.round((input.value - input.min) / input.step) : NaN;
  const move = (input, place) => {
    if (input.options) input.selectedIndex = place;
    else if (input.type === "checkbox") input.checked = place;
    else input.value = isSteps(input) ? +input.min + place * input.step : place;
  };
  const unknown = ({ dataset: { alphabet } }, text) => alphabet ? [...text].find((letter) => !alphabet.includes(letter)) : "";
  // The position that an address names; undefined where there is none such.
  const named = (input, text) => {
    text = decodeURIComponent(text);
    const isText = input.type === "text";
    if (isText ? [...text].length <= (input.maxLength >>> 0) && !unknown(input, text) && !/\p{Cc}/u.test(text) : /^\d{1,9}$/.test(text) && text < count(input)) {
      return isText ? text : +text;
    }
  };

  class Cell {
    constructor(form) {
      this.form = form;
      this.box = form.closest(".cell");
      this.inputs = all(form, ".control:not(.player) > label > *").filter((input) => input.form);
      this.player = form.querySelector(".player");
      this.message = form.querySelector("[role=status]");
      this.initial = String(this.state = this.inputs.map(position));
      this.still = this.box.querySelector(":scope > .output");
      form.addEventListener("submit", (event) => {
        event.preventDefault();
        this.change(!form.dataset.states);
      });
      form.addEventListener("reset", () => setTimeout(() => this.change()));
      for (const kind of ["input", "change"]) form.addEventListener(kind, (event) => this.hear(event));
      form.addEventListener("click", ({ target }) => {
        if (target.closest(".play")) {
          this.plays = this.player && !this.frames;
          this.plays ? this.change(true) : this.play(target.closest(".control").querySelector("input"));
        }
        if (target.closest(".report")) this.copy(target.closest(".report"));
      });
      for (const input of this.inputs.filter((input) => input.dataset.figure)) {
        const figure = document.getElementById(input.dataset.figure);
        const pick = ({ target, type, key, clientX, clientY }) => {
          const places = this.places(input);
          let place = places.findIndex((datum) => datum.contains(target));
          // A cell is larger than its datum.
          if (type === "click" && target.closest(".marks")) {
            const distances = places.map((datum) => {
              const { x, y, width, height } = (datum.querySelector(".target") ?? datum).getBoundingClientRect();
              return Math.hypot(x + width / 2 - clientX, y + height / 2 - clientY);
            });
            place = distances.indexOf(Math.min(...distances));
          }
          if (place < 0 || type === "keydown" && key !== "Enter") return;
          move(input, place);
          this.change();
        };
        figure?.classList.add("choices");
        for (const kind of ["click", "keydown"]) figure?.addEventListener(kind, pick);
      }
      this.label();
    }

    get output() {
      return this.box.querySelector(":scope > .output") ?? this.box.appendChild(document.createElement("div"));
    }

    // What can be chosen in the figure of a selection, which also marks what is.
    places(input) {
      const figure = document.getElementById(input.dataset.figure);
      const places = figure ? all(figure, "svg .datum") : [];
      return places.length === count(input) ? places : [];
    }

    label() {
      for (const input of all(this.form, "input[type=range]")) {
        const text = input.dataset.texts?.split("\n")[position(input)] ?? input.value;
        input.closest(".control").querySelector("output").value = text;
        if (input.dataset.texts) input.setAttribute("aria-valuetext", text);
      }
      for (const input of this.inputs) {
        if (input.dataset.figure) this.places(input).forEach((datum, place) => datum.classList.toggle("chosen", place === position(input)));
      }
    }

    say(message, sentence = "") {
      this.message.firstChild.textContent = sentence;
      this.message.lastChild.textContent = message;
      this.form.querySelector(".report").hidden = !this.line;
    }

    hear({ target, isComposing, type }) {
      if (isComposing) return;
      if (target.closest(".player")) return this.show(+target.value);
      const isForeign = target.type === "text" && unknown(target, target.value);
      if (isForeign) target.value = [...target.value].filter((letter) => !unknown(target, letter)).join("");
      if (type === "change" && Number.isNaN(position(target))) move(target, this.state[this.inputs.indexOf(target)]);
      this.change();
      if (isForeign) this.say(fill(words.letters, target.dataset.alphabet));
    }

    // Takes the controls' state, unless it is the one that is shown or asked for already.
    change(isAsked) {
      const state = this.inputs.map(position);
      if (state.some(Number.isNaN) || !isAsked && String(state) === String(this.state)) return;
      this.state = state;
      this.line = "";
      this.say("");
      this.label();
      clearTimeout(this.waiting);
      this.waiting = setTimeout(() => this.note(), 300);
      this.form.dataset.states ? this.recall() : request(this);
    }

    // Puts the state into the address.
    note() {
      const state = String(this.state) === this.initial ? "" : `#${this.box.id}=${this.state.map(encodeURIComponent)}`;
      try { history.replaceState(history.state, "", state || location.pathname + location.search); } catch {}
    }

    // Takes the state that an address names.
    read(list) {
      this.box.scrollIntoView();
      try {
        const texts = list.split(",");
        const state = this.inputs.map((input, index) => named(input, texts[index]));
        if (list.length < 2000 && texts.length === state.length && !state.includes(undefined)) {
          this.inputs.forEach((input, index) => move(input, state[index]));
          return this.change();
        }
      } catch {}
      this.say(words.address);
    }

    // Shows one of the states that the build recorded.
    recall() {
      const { states } = this.form.dataset;
      if (!this.states) return load(states, (problem) => this.say(fill(words[problem], states)));
      const index = this.inputs.reduce((sum, input) => sum * count(input) + position(input), 0);
      const html = this.states[index];
      if (html === undefined) return this.say(fill(words.damaged, states));
      this.put(parse(html));
      if (!this.timer) this.say("", this.output.querySelector("desc")?.textContent);
    }

    // Takes what the program has answered.
    take({ html, control, frames = [], sentence, digest }) {
      if (digest) this.form.dataset.digest = digest;
      const { form, player } = this;
      this.frames = frames.length > 1 ? frames : [html];
      const scrubber = player.querySelector("input");
      const place = scrubber.value;
      const isLast = player.hidden || place === scrubber.max || scrubber.max === "0";
      if (control) {
        player.querySelector("span").textContent = control.label;
        scrubber.dataset.texts = control.positions.join("\n");
      }
      scrubber.max = this.frames.length - 1;
      scrubber.value = isLast ? scrubber.max : place;
      player.hidden = frames.length < 2;
      this.show(+scrubber.value);
      if (this.plays && frames.length) this.plays = this.play(scrubber);
      this.line = "";
      let message = "";
      if (String(this.state) === this.initial && this.still) {
        const output = parse(html);
        const isSame = core(output) === core(this.still);
        const number = all(output, "samp").pop()?.textContent.match(/[-−]?\d+(\.\d+)?(e[-+]?\d+)?/gi)?.pop();
        message = isSame ? number ? fill(words.same, number) : words.alike : words.differs;
        this.line = [`${location.pathname.split("/").pop().replace(/\.html$/, "")}#${this.box.id}`, isSame ? "=" : "≠",
          navigator.userAgent, `${navigator.hardwareConcurrency} threads`, build, form.dataset.key, `SHA-256 ${digest}`].join(" · ");
      }
      this.say(message, sentence);
    }

    show(place) {
      this.label();
      this.put(parse(this.frames[place] ?? ""));
    }

    // Plays frames from where they stand, or from the first; or stops.
    play(input) {
      const isPlaying = clearInterval(this.timer) || this.timer;
      this.timer = 0;
      if (!isPlaying) {
        if (input.value === input.max) input.value = -1;
        this.timer = setInterval(() => {
          if (input.value === input.max) return this.play(input);
          input.stepUp();
          input.dispatchEvent(new Event("input", { bubbles: true }));
        }, 100);
      }
      const button = input.closest(".control").querySelector(".play");
      button.ariaLabel = isPlaying ? words.play : words.pause;
      button.classList.toggle("playing", !isPlaying);
    }

    // Puts an output into the place of the one that is shown.
    put(next) {
      const { output, still } = this;
      const old = still ? all(still, "figure") : [];
      all(next, "figure").forEach((figure, index) => {
        const caption = old[index]?.querySelector("figcaption")?.cloneNode(true);
        const isTable = figure.className === "tabular";
        if (caption) figure[isTable ? "prepend" : "append"](caption);
        if (caption && isTable) figure.lastElementChild.ariaLabel = old[index].lastElementChild.ariaLabel;
      });
      const folds = all(output, "details");
      all(next, "details").forEach((fold, index) => {
        fold.open = folds[index]?.open;
        const summary = still?.querySelector("summary");
        if (summary) fold.querySelector("summary")?.replaceWith(summary.cloneNode(true));
      });
      const taken = new Set(all(next, "[id]").map(({ id }) => id).filter((id) => {
        const other = document.getElementById(id);
        return other && !output.contains(other);
      }));
      if (taken.size) for (const element of all(next, "*")) for (const attribute of element.attributes) {
        const { name, value } = attribute;
        if (/^id$|by$/.test(name) || value.includes("#")) {
          attribute.value = value.replace(/[\w-]+/g, (id) => taken.has(id) ? `${id}-live` : id);
        }
      }
      const stop = stops(output).indexOf(document.activeElement);
      next.className = "output";
      next.style.minHeight = `${output.offsetHeight}px`;
      output.replaceWith(next);
      stops(next)[stop]?.focus({ preventScroll: true });
      this.label();
    }

    async copy(button) {
      try {
        await navigator.clipboard.writeText(this.line);
        button.textContent = words.copied;
        setTimeout(() => { button.textContent = words.copy; }, 1500);
      } catch {
        this.message.lastChild.textContent = this.line;
        getSelection().selectAllChildren(this.message.lastChild);
      }
    }
  }

  // A file beside the page is a script, which loads from a folder, too.
  const files = {};
  const load = (src, fail) => {
    if (files[src]) return;
    const script = document.createElement("script");
    files[src] = script;
    const end = (problem) => () => {
      script.remove();
      if (files[src] !== script) return;
      files[src] = null;
      fail(problem);
    };
    script.onerror = end("missing");
    script.onload = end("damaged");
    script.src = src;
    document.head.append(script);
  };
  // The bytes that were compressed and written as base64. Streams are written to: WebKit cannot read those of a folder.
  const inflate = (base64) => {
    const text = atob(base64);
    const bytes = new Uint8Array(text.length);
    for (let at = 0; at < bytes.length; at += 1) bytes[at] = text.charCodeAt(at);
    const stream = new DecompressionStream("gzip");
    const writer = stream.writable.getWriter();
    for (const part of [writer.write(bytes), writer.close()]) part.catch(() => {});
    return new Response(stream.readable);
  };
  self.unrollStates = async (name, digest, packed) => {
    const cell = cells.find(({ form }) => form.dataset.states === `${root}live/${name}.js`);
    if (!cell) return;
    const path = cell.form.dataset.states;
    files[path] = true;
    try {
      cell.states = await inflate(packed).json();
      cell.recall();
    } catch {
      files[path] = null;
      cell.say(self.DecompressionStream ? fill(words.damaged, path) : fill(words.lacks, "DecompressionStream"));
    }
  };

  // One worker for all cells of the page, which makes one call at a time. Who asks stands in line once.
  const line = new Set();
  let program, kernels, build, modules, worker, running, begun, reached, timers = {}, patience = 300;
  const after = (name, milliseconds, act) => {
    clearTimeout(timers[name]);
    timers[name] = setTimeout(act, milliseconds);
  };
  const request = (cell) => {
    line.delete(cell);
    line.add(cell);
    // A newer value stops the older run, if that has had a moment to end.
    if (running?.cell === cell && !running.isLeft) {
      running.isLeft = true;
      after("moment", patience, () => { stop(); next(); });
    }
    next();
  };
  const settle = () => {
    Object.values(timers).forEach(clearTimeout);
    for (const { form } of cells) form.querySelector("progress").hidden = true;
  };
  const stop = () => {
    settle();
    worker?.terminate();
    worker = running = null;
  };
  // Says why nothing more comes: to one cell, or to all that wait.
  const fail = (name, value, cell) => {
    settle();
    running = null;
    for (const each of cell ? [cell] : line) {
      each.line = "";
      each.say(fill(words[name], value));
    }
    if (!cell) line.clear();
    next();
  };
  const limit = ({ dataset }) => {
    const seconds = dataset.limit ?? 30;
    after("end", seconds * 1000, () => {
      const { cell } = running;
      stop();
      fail("endless", seconds, cell);
    });
  };
  const source = () => cells.find(({ form }) => form.dataset.module).form.dataset;
  const kernelsName = () => `${program.kernelsKey}-${build}`;
  const kernelsPath = () => `${root}live/kernels-${kernelsName()}.js`;
  const receive = (src, isRight, store) => {
    files[src] = isRight;
    if (!isRight) return fail("other");
    store();
    next();
  };
  self.unrollLive = (key, base64, kernelsKey, values) => {
    const { module, key: expected } = source();
    receive(module, key === expected, () => { program = { base64, kernelsKey, values }; });
  };
  self.unrollKernels = (name, base64) => {
    receive(kernelsPath(), name === kernelsName(), () => { kernels = base64; });
  };

  const hire = () => {
    const address = URL.createObjectURL(new Blob([`const inflate = ${inflate}; (${work})()`]));
    const lack = () => { stop(); fail("lacks", "Worker"); };
    try {
      worker = new Worker(address);
      worker.onmessage = hear;
      worker.onerror = lack;
      running = {};
    } catch { lack(); }
    URL.revokeObjectURL(address);
  };
  const hear = ({ data, target }) => {
    if (target !== worker) return;
    const { cell } = running;
    if (data.of) {
      const bar = (cell ?? [...line][0]).form.querySelector("progress");
      // A run that goes on has time.
      if (data.done > reached && data.done <= data.of) limit(bar.closest("form"));
      reached = data.done;
      bar.max = data.of;
      bar.value = data.done;
      return;
    }
    if (data.build) {
      ({ build } = data);
      running = null;
      return next();
    }
    if (data.problem) {
      const { problem, sentence } = data;
      if (data.isDead) stop();
      if (problem === "stopped") return fail(problem, sentence, cell);
      // What comes next loads the files again.
      for (const src in files) delete files[src];
      program = kernels = "";
      return fail(problem, source().module);
    }
    settle();
    running = null;
    if (data.modules) {
      ({ modules } = data);
      program = kernels = "";
    } else {
      patience = Math.min(1500, Math.max(300, 2 * (performance.now() - begun)));
      if (!line.has(cell)) cell.take(data);
    }
    next();
  };

  function next() {
    const [cell] = line;
    if (!cell || running) return;
    const { form } = cell;
    const bar = form.querySelector("progress");
    after("sign", 200, () => { bar.removeAttribute("value"); bar.hidden = false; });
    const lacking = ["WebAssembly", "Worker", "DecompressionStream"].find((name) => !self[name]);
    if (lacking) return fail("lacks", lacking);
    if (!worker) return hire();
    const need = (src) => load(src, (problem) => fail(problem, src));
    if (!modules && !program) return need(form.dataset.module);
    if (!modules && program.kernelsKey && !kernels) return need(kernelsPath());
    running = {};
    begun = performance.now();
    reached = 0;
    limit(form);
    if (!worker.isReady) {
      worker.isReady = true;
      return worker.postMessage(modules ? { modules } : { texts: [program.base64, kernels, program.values].filter(Boolean) });
    }
    line.delete(cell);
    running = { cell };
    worker.postMessage({ cell: +form.dataset.cell, values: cell.state });
  }

  // What the worker does; its text is the worker's source.
  function work() {
    {host}
    let host, hasBegun, told = 0;
    postMessage({ build: ModuleHost.bestBuild() });
    const begin = (modules) => {
      host = new ModuleHost(...modules);
      host.progress = (done, of) => {
        if (Date.now() - told < 100) return;
        told = Date.now();
        postMessage({ done, of });
      };
      host.begin();
      hasBegun = true;
      postMessage({ modules });
    };
    // The program, its kernels, and values, which are no module.
    const compile = (base64, index) => inflate(base64).arrayBuffer().then(index < 2 && WebAssembly.compile);
    onmessage = async ({ data: { texts, modules, cell, values } }) => {
      try {
        if (texts) modules = await Promise.all(texts.map(compile));
        if (modules) return begin(modules);
        host.call(cell, values);
        const result = host.read("livePrintResult");
        const digest = await crypto.subtle?.digest("SHA-256", new TextEncoder().encode(result.html));
        result.digest = digest && [...new Uint8Array(digest)].map((byte) => byte.toString(16).padStart(2, 0)).join("");
        postMessage(result);
      } catch (error) {
        postMessage({ problem: host ? "stopped" : "damaged", sentence: (host?.sentence ?? error.message).replace(/^.*Fatal error: /, ""), isDead: !hasBegun });
      }
    };
  }

  const cells = all(document, "form.live").map((form) => new Cell(form));
  const readAddress = () => {
    const [, name, list] = /^#(.+?)=(.*)$/.exec(location.hash) ?? [];
    if (!name) return;
    const cell = cells.find(({ box }) => encodeURIComponent(box.id) === name || box.id === name);
    cell ? cell.read(list) : cells[0]?.say(words.address);
  };
  addEventListener("hashchange", readAddress);
  addEventListener("resize", () => { for (const { output } of cells) output.style.minHeight = ""; });
  // What is kept for the way back holds no worker.
  addEventListener("pagehide", () => {
    if (running?.cell) line.add(running.cell);
    stop();
  });
  addEventListener("pageshow", ({ persisted }) => { if (persisted) next(); });
  readAddress();
})();
