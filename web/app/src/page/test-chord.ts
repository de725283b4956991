/**
 * A soft chord to find out whether one hears, and on which side: left, then right, then both. It
 * goes past the engine, straight to the loudspeaker: nobody else hears it.
 */

export type Side = 'left' | 'right' | 'both';

const SIDES: readonly Side[] = ['left', 'right', 'both'];
/** A major, close enough to sound in a laptop's loudspeaker too. */
const NOTES_HZ = [220, 277.18, 329.63, 440];
const SIDE_S = 1.3;
/** Of each note, at a volume of 0 dB. */
const LOUDNESS = 0.05;
const SOFTLY_S = 0.06;

export class TestChord {
  readonly #out: GainNode;
  #ended = false;

  /**
   * `db`: as loud as the rest is set to be. `now` is told which side plays, in time with the sound,
   * and null at the end.
   */
  constructor(
    private readonly context: AudioContext,
    db: number,
    private readonly now: (side: Side | null) => void,
  ) {
    this.#out = new GainNode(context, { gain: 10 ** (db / 20) });
    this.#out.connect(context.destination);
    this.#play(0, context.currentTime + 0.05);
  }

  stop(): void {
    if (this.#ended) return;
    this.#ended = true;
    const { currentTime } = this.context;
    this.#out.gain.setTargetAtTime(0, currentTime, SOFTLY_S / 3);
    setTimeout(() => this.#out.disconnect(), 5 * SOFTLY_S * 1000);
    this.now(null);
  }

  #play(i: number, at: number): void {
    const side = SIDES[i];
    if (this.#ended) return;
    if (side === undefined) return this.stop();
    this.now(side);
    const both = new ChannelMergerNode(this.context, { numberOfInputs: 2 });
    const envelope = new GainNode(this.context, { gain: 0 });
    if (side !== 'right') envelope.connect(both, 0, 0);
    if (side !== 'left') envelope.connect(both, 0, 1);
    both.connect(this.#out);
    envelope.gain.setValueAtTime(0, at);
    envelope.gain.linearRampToValueAtTime(LOUDNESS, at + SOFTLY_S);
    envelope.gain.setTargetAtTime(0, at + SIDE_S / 2, SIDE_S / 8);
    const notes = NOTES_HZ.map((frequency) => {
      const note = new OscillatorNode(this.context, { type: 'triangle', frequency });
      note.connect(envelope);
      note.start(at);
      note.stop(at + SIDE_S);
      return note;
    });
    notes[0]!.onended = () => {
      both.disconnect();
      this.#play(i + 1, this.context.currentTime);
    };
  }
}
