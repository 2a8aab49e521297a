// A training step of a recurrent layer as one writes it by hand in JavaScript: typed arrays, no allocation in the loop,
// inner loops along rows. tanh, a linear head on the last output, the mean squared error, Adam.

globalThis.makeSteps = (batch, steps, inputs, hidden) => {
    let seed = 1;
    const random = () => ((seed = (Math.imul(seed, 1664525) + 1013904223) >>> 0) / 2 ** 32) * 2 - 1;
    const numbers = (count, scale) => Float32Array.from({ length: count }, () => random() * scale);
    const bound = 1 / Math.sqrt(hidden);
    const [inputWeights, hiddenWeights, bias, head, headBias] =
        [inputs * hidden, hidden * hidden, hidden, hidden, 1].map((count) => numbers(count, bound));
    const parameters = [inputWeights, hiddenWeights, bias, head, headBias];
    const gradients = parameters.map(({ length }) => new Float32Array(length));
    const first = parameters.map(({ length }) => new Float32Array(length));
    const second = parameters.map(({ length }) => new Float32Array(length));
    const x = numbers(steps * batch * inputs, 1);
    const y = numbers(batch, 1);
    const states = new Float32Array((steps + 1) * batch * hidden);
    const error = new Float32Array(batch * hidden);
    const previous = new Float32Array(batch * hidden);
    let count = 0;

    // out[row, ·] += Σ a[row, k] b[k, ·]
    const multiply = (a, aStart, b, out, outStart, rows, terms, columns) => {
        for (let row = 0; row < rows; row++) {
            for (let k = 0; k < terms; k++) {
                const factor = a[aStart + row * terms + k];
                const [from, to] = [k * columns, outStart + row * columns];
                for (let j = 0; j < columns; j++) out[to + j] += factor * b[from + j];
            }
        }
    };
    // out[k, ·] += Σ a[row, k] b[row, ·]
    const addOuter = (a, aStart, b, out, rows, terms, columns) => {
        for (let row = 0; row < rows; row++) {
            for (let k = 0; k < terms; k++) {
                const factor = a[aStart + row * terms + k];
                const [from, to] = [row * columns, k * columns];
                for (let j = 0; j < columns; j++) out[to + j] += factor * b[from + j];
            }
        }
    };

    return () => {
        const size = batch * hidden;
        for (let step = 0; step < steps; step++) {
            const to = (step + 1) * size;
            for (let row = 0; row < batch; row++) states.set(bias, to + row * hidden);
            multiply(x, step * batch * inputs, inputWeights, states, to, batch, inputs, hidden);
            multiply(states, step * size, hiddenWeights, states, to, batch, hidden, hidden);
            for (let index = to; index < to + size; index++) states[index] = Math.tanh(states[index]);
        }
        for (const gradient of gradients) gradient.fill(0);
        const [inputGradient, hiddenGradient, biasGradient, headGradient, headBiasGradient] = gradients;
        let loss = 0;
        const last = steps * size;
        for (let row = 0; row < batch; row++) {
            let sum = headBias[0];
            for (let j = 0; j < hidden; j++) sum += states[last + row * hidden + j] * head[j];
            const difference = sum - y[row];
            loss += difference * difference;
            const slope = (2 * difference) / batch;
            headBiasGradient[0] += slope;
            for (let j = 0; j < hidden; j++) {
                headGradient[j] += slope * states[last + row * hidden + j];
                error[row * hidden + j] = slope * head[j];
            }
        }
        for (let step = steps - 1; step >= 0; step--) {
            const from = (step + 1) * size;
            for (let index = 0; index < size; index++) error[index] *= 1 - states[from + index] ** 2;
            for (let row = 0; row < batch; row++) {
                for (let j = 0; j < hidden; j++) biasGradient[j] += error[row * hidden + j];
            }
            addOuter(x, step * batch * inputs, error, inputGradient, batch, inputs, hidden);
            addOuter(states, step * size, error, hiddenGradient, batch, hidden, hidden);
            for (let row = 0; row < batch; row++) {
                for (let k = 0; k < hidden; k++) {
                    let sum = 0;
                    for (let j = 0; j < hidden; j++) sum += error[row * hidden + j] * hiddenWeights[k * hidden + j];
                    previous[row * hidden + k] = sum;
                }
            }
            error.set(previous);
        }
        count += 1;
        const rate = (1e-3 * Math.sqrt(1 - 0.999 ** count)) / (1 - 0.9 ** count);
        parameters.forEach((parameter, place) => {
            const [gradient, mean, square] = [gradients[place], first[place], second[place]];
            for (let index = 0; index < parameter.length; index++) {
                mean[index] = 0.9 * mean[index] + 0.1 * gradient[index];
                square[index] = 0.999 * square[index] + 0.001 * gradient[index] ** 2;
                parameter[index] -= (rate * mean[index]) / (Math.sqrt(square[index]) + 1e-8);
            }
        });
        return loss / batch;
    };
};
