// A worklet with two inputs that keeps what both hear at the same time, when it is told to, and
// that can hold up the audio thread, as a page's heavy worklet or a busy machine does.
const { AudioWorkletProcessor, registerProcessor } = globalThis;

registerProcessor(
  'ears',
  class extends AudioWorkletProcessor {
    constructor() {
      super();
      this.stallMs = 0;
      this.kept = null;
      this.at = 0;
      this.port.onmessage = ({ data: { stallMs, frames } }) => {
        if (stallMs !== undefined) this.stallMs = stallMs;
        else this.kept = [0, 1].map(() => new Float32Array(frames));
      };
    }

    process(inputs) {
      const end = Date.now() + this.stallMs;
      this.stallMs = 0;
      while (Date.now() < end);
      if (this.kept === null) return true;
      const left = this.kept[0].length - this.at;
      this.kept.forEach((kept, i) => {
        const sound = inputs[i][0];
        if (sound !== undefined) kept.set(sound.subarray(0, left), this.at);
      });
      this.at += 128;
      if (left > 128) return true;
      this.port.postMessage(this.kept);
      return false;
    }
  },
);
