// Tries the runtime of modules by itself: its memory, its blocks of bytes, its arithmetic.
//
//     node Tests/WebAssembly/runtime.mjs runtime.wasm
import { readFileSync } from "node:fs";
await import("../../Sources/BrowserRuntime/host.js");

const module = new WebAssembly.Module(readFileSync(process.argv[2]));
let failures = 0;
const expect = (holds, sentence) => {
    if (!holds && ++failures <= 20) console.log(`✗ ${sentence}`);
};

// Numbers by chance, the same in each run (T. Vigna, xorshift64*).
let state = 88172645463325252n;
const next = () => {
    state ^= state >> 12n;
    state = BigInt.asUintN(64, state ^ (state << 25n));
    state ^= state >> 27n;
    return BigInt.asUintN(64, state * 2685821657736338717n);
};
const below = (limit) => Number(next() % BigInt(limit));

// MARK: - Memory

const makeAllocator = () => {
    const host = new ModuleHost(module);
    const { memory, posix_memalign, free } = host.exports;
    // The word at the bottom of the stack, where nothing reaches, takes the addresses.
    const take = (size, alignment) =>
        posix_memalign(0, alignment, size) === 0 ? new DataView(memory.buffer).getUint32(0, true) : 0;
    return { host, take, free };
};

{
    const { host, take, free } = makeAllocator();
    const blocks = [];
    for (let step = 0; step < 40_000; step++) {
        if (blocks.length > 200 || (blocks.length > 0 && below(3) === 0)) {
            const [block] = blocks.splice(below(blocks.length), 1);
            const bytes = new Uint8Array(host.exports.memory.buffer, block.address, block.size);
            expect(bytes.every((byte) => byte === block.mark), `a block of ${block.size} bytes was written to by another`);
            free(block.address);
        } else {
            const alignment = 2 ** (2 + below(12));
            const size = below(4) === 0 ? below(200_000) : below(700);
            const block = { address: take(size, alignment), size, mark: step & 0xff };
            expect(block.address % alignment === 0, `${block.address} is no multiple of ${alignment}`);
            new Uint8Array(host.exports.memory.buffer, block.address, size).fill(block.mark);
            blocks.push(block);
        }
    }
    for (const { address } of blocks) free(address);
    free(0);
    expect(host.exports.posix_memalign(0, 48, 8) === 22, "48 passes for a power of two");
}
{
    // Large blocks that were given back are joined, in whatever order: what was taken in pieces can be had as a whole.
    const { host, take, free } = makeAllocator();
    const sizes = Array.from({ length: 100 }, () => 20_000 + below(100_000));
    const blocks = sizes.map((size) => take(size, 64));
    const pages = host.exports.memory.buffer.byteLength;
    while (blocks.length > 0) free(blocks.splice(below(blocks.length), 1)[0]);
    free(take(sizes.reduce((sum, size) => sum + size), 64));
    expect(host.exports.memory.buffer.byteLength === pages, "free blocks are not joined");
}
{
    // Blocks that come and go take no more than the first of them did.
    const { host, take, free } = makeAllocator();
    const round = () => [5, 48, 100, 1000, 5000, 70_000, 1_000_000].map((size) => take(size, 64)).forEach(free);
    round();
    const pages = host.exports.memory.buffer.byteLength;
    for (let step = 0; step < 1000; step++) round();
    expect(host.exports.memory.buffer.byteLength === pages, "memory grows while the same blocks come and go");
}
for (const size of [300 << 20, 0xffff_ffff, 100 << 20]) {
    const { host, take } = makeAllocator();
    let stopped = false;
    try {
        for (let step = 0; step < 3; step++) take(size, 64);
    } catch (error) {
        stopped = error instanceof WebAssembly.RuntimeError;
    }
    const sentence = `there is no room for ${size} more bytes: a module may take 256 MiB.`;
    expect(stopped && host.sentence?.startsWith("there is no room for "), `${size} bytes: "${host.sentence}"`);
    if (size > 256 << 20) expect(host.sentence === sentence, `"${host.sentence}" for "${sentence}"`);
}

// MARK: - Bytes

{
    const { host, take } = makeAllocator();
    const { memmove, memcpy, memset, memcmp, arc4random_buf, memory } = host.exports;
    const place = take(512, 16);
    const bytes = new Uint8Array(memory.buffer, place, 512);
    for (let step = 0; step < 2000; step++) {
        bytes.forEach((_, index) => (bytes[index] = below(4)));
        const [from, to, count] = [below(200), below(200), below(100)];
        const ours = Uint8Array.from(bytes).copyWithin(to, from, from + count);
        (step % 2 ? memmove : to >= from + count || from >= to + count ? memcpy : memmove)(place + to, place + from, count);
        expect(bytes.every((byte, index) => byte === ours[index]), `memmove ${from} → ${to}, ${count} bytes`);
        const [a, b] = [from, to].map((start) => Buffer.from(bytes.slice(start, start + count)));
        expect(Math.sign(memcmp(place + from, place + to, count)) === Buffer.compare(a, b), "memcmp");
        memset(place + from, step, count);
        expect(bytes.slice(from, from + count).every((byte) => byte === (step & 0xff)), "memset");
    }
    const seeds = [0, 1].map(() => {
        arc4random_buf(place, 16);
        return String(bytes.slice(0, 16));
    });
    expect(seeds[0] === seeds[1], "two seeds of hashing differ");
}

// MARK: - Arithmetic

const { exports: arithmetic } = new ModuleHost(module);
const view = new DataView(new ArrayBuffer(8));
const anyDouble = () => (view.setBigUint64(0, next()), view.getFloat64(0));
const anyFloat = () => (view.setUint32(0, Number(next() >> 32n)), view.getFloat32(0));

for (let step = 0; step < 200_000; step++) {
    const x = anyDouble();
    const y = step % 3 === 0 ? x / (1 + below(1000)) : step % 3 === 1 ? x * 2 ** -below(60) * (below(1000) / 1000) : anyDouble();
    expect(Object.is(arithmetic.fmod(x, y), x % y), `fmod(${x}, ${y}) is ${arithmetic.fmod(x, y)}, not ${x % y}`);
    const half = Math.trunc((below(2 ** 40) - 2 ** 39) / 2 ** below(40)) / 2;
    const rounded = half < 0 ? -Math.round(-half) : Math.round(half);
    expect(arithmetic.round(half) === rounded, `round(${half}) is ${arithmetic.round(half)}`);
    const short = Math.fround(half);
    const roundedShort = short < 0 ? -Math.round(-short) : Math.round(short);
    expect(arithmetic.roundf(short) === Math.fround(roundedShort), `roundf(${short}) is ${arithmetic.roundf(short)}`);
    const remainder = (x, y) => {
        const [size, divisor] = [Math.abs(x), Math.abs(y)];
        if (Number.isNaN(size % divisor) || divisor === Infinity) return x % y;
        const rest = size % divisor;
        const isOdd = 2 * divisor < Infinity ? size % (2 * divisor) >= divisor : size >= divisor;
        const isMore = rest > divisor - rest || rest === divisor - rest && isOdd;
        return (Object.is(Math.sign(x), -1) || Object.is(x, -0) ? -1 : 1) * (isMore ? rest - divisor : rest);
    };
    // Ties, and what is near them.
    const other = step % 2 ? y : x / (below(200) + 0.5);
    const right = remainder(x, other);
    expect(Object.is(arithmetic.remainder(x, other), right), `remainder(${x}, ${other}) is ${arithmetic.remainder(x, other)}, not ${right}`);
    const [f, g] = [anyFloat(), anyFloat()];
    expect(Object.is(arithmetic.fmodf(f, g), f % g), `fmodf(${f}, ${g}) is ${arithmetic.fmodf(f, g)}`);
    expect(Object.is(arithmetic.remainderf(f, g), remainder(f, g)), `remainderf(${f}, ${g}) is ${arithmetic.remainderf(f, g)}`);
}

// The nearest number of `digits` binary digits to n · 2^-scale, ties to even, by whole numbers alone.
const nearest = (n, scale, digits, least) => {
    const magnitude = n < 0n ? -n : n;
    const excess = Math.max(magnitude.toString(2).length - digits, scale + least);
    if (excess <= 0) return Number(n) * 2 ** -Math.min(scale, 1000) * 2 ** -Math.max(scale - 1000, 0);
    const unit = 1n << BigInt(excess);
    let quotient = magnitude / unit;
    const twice = (magnitude % unit) * 2n;
    if (twice > unit || (twice === unit && quotient % 2n === 1n)) quotient += 1n;
    const power = excess - scale;
    return (n < 0n ? -1 : 1) * Number(quotient) * 2 ** Math.trunc(power / 2) * 2 ** (power - Math.trunc(power / 2));
};
const whole = (x, scale) => {
    let [left, shift] = [x, 0];
    while (!Number.isInteger(left)) [left, shift] = [left * 2, shift + 1];
    return BigInt(left) << BigInt(scale - shift);
};

for (let step = 0; step < 20_000; step++) {
    let [a, b, c] = [anyFloat(), anyFloat(), anyFloat()];
    if (step % 2) c = Math.fround(-(a * b) * [1, 0.75, 2][step % 3]);
    if (![a, b, c].every(Number.isFinite)) continue;
    const exact = nearest(whole(a, 149) * whole(b, 149) + (whole(c, 149) << 149n), 298, 24, -149);
    const theirs = Math.abs(exact) >= 2 ** 128 ? Math.sign(exact) * Infinity : exact;
    expect(arithmetic.fmaf(a, b, c) === theirs, `fmaf(${a}, ${b}, ${c}) is ${arithmetic.fmaf(a, b, c)}, not ${theirs}`);
}
for (let step = 0; step < 20_000; step++) {
    const some = () => (anyDouble(), (Number(next() >> 11n) * 2 ** -52 - 1) * 2 ** (below(60) - 30));
    const [a, b] = [some(), some()];
    const c = step % 2 ? -(a * b) * [1, 1 + 2 ** -52, 0.5][step % 3] : some();
    const exact = nearest(whole(a, 200) * whole(b, 200) + (whole(c, 200) << 200n), 400, 53, -1074);
    expect(arithmetic.fma(a, b, c) === exact, `fma(${a}, ${b}, ${c}) is ${arithmetic.fma(a, b, c)}, not ${exact}`);
}
for (const [a, b, c] of [[Infinity, 1, 2], [1, 2, -Infinity], [3, Infinity, -Infinity], [NaN, 1, 1], [1e300, 1e10, 1]]) {
    const plain = a * b + c;
    expect(Object.is(arithmetic.fma(a, b, c), plain), `fma(${a}, ${b}, ${c}) is ${arithmetic.fma(a, b, c)}`);
    expect(Object.is(arithmetic.fmaf(a, b, c), Math.fround(plain)), `fmaf(${a}, ${b}, ${c})`);
}

console.log(failures === 0 ? "The runtime's memory, bytes and arithmetic are right." : `✗ ${failures} are wrong`);
process.exitCode = failures === 0 ? 0 : 1;
