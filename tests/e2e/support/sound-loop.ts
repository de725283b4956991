/**
 * A loudspeaker that is heard by a microphone: what is played to one of PulseAudio's null sinks is
 * what one of its sources gives. Both are made for a test and go away with it, so that nobody hears
 * it, whatever other devices there are.
 */
import { execFileSync } from 'node:child_process';

const SINK = 'tutti-loop';
const SOURCE = 'tutti-loop-microphone';
const RATE = 48_000;

function pactl(...words: string[]): string {
  return execFileSync('pactl', words, { encoding: 'utf8' }).trim();
}

export class SoundLoop {
  /** Of the browser that is to use it. */
  readonly environment: Record<string, string> = {
    ...(process.env as Record<string, string>),
    PULSE_SINK: SINK,
    PULSE_SOURCE: SOURCE,
  };
  /** The microphone is called so in the browser. */
  readonly label = 'Tutti-loop-microphone';

  private constructor(
    private readonly sink: string,
    private source: string | null,
  ) {}

  static open(): SoundLoop {
    const sink = pactl('load-module', 'module-null-sink', `sink_name=${SINK}`, `rate=${RATE}`);
    return new SoundLoop(sink, SoundLoop.microphone());
  }

  private static microphone(): string {
    // Not the sink's own monitor, which Chromium does not take for a microphone.
    return pactl(
      'load-module',
      'module-remap-source',
      `source_name=${SOURCE}`,
      `master=${SINK}.monitor`,
      'source_properties=device.description=Tutti-loop-microphone',
    );
  }

  /** Pulls the microphone out, */
  unplug(): void {
    if (this.source !== null) pactl('unload-module', this.source);
    this.source = null;
  }
  /** and puts it in again. */
  plugIn(): void {
    this.source ??= SoundLoop.microphone();
  }

  /** Turns the loudspeaker off, or on again. */
  mute(muted: boolean): void {
    pactl('set-sink-mute', SINK, muted ? '1' : '0');
  }

  close(): void {
    this.unplug();
    pactl('unload-module', this.sink);
  }
}
