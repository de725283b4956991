// Runs in the page before anything else: a device of 48 kHz, at which samples pass bit for bit.
{
  const Context = window.AudioContext;
  window.AudioContext = class extends Context {
    constructor(options) {
      super({ ...options, sampleRate: 48_000 });
    }
  };
}
