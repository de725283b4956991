/** What the browser says of an audio context as Tutti opens it. */
import { openContext, quantumCanBeChosen, quantumOf } from '../context.js';
import { TuttiError } from '../errors.js';
import { outputLatencyMs } from '../output-latency.js';
import { pause } from './pause.js';
import { playbackStats } from './playback-stats.js';

/** Part of BenchResult, a contract: fields are added, never renamed or removed. */
export interface ContextResult {
  /** Hz: the device's own. */
  sampleRate: number;
  quantumFrames: number;
  /** Whether the browser takes a wish for another quantum (renderSizeHint). */
  quantumCanBeChosen: boolean;
  baseLatencyMs: number;
  /** null where the browser does not tell, or must not be asked. */
  outputLatencyMs: number | null;
  /** Of `seconds` of playing; null where there is no AudioContext.playbackStats. */
  playback: {
    seconds: number;
    underrunEvents: number;
    underrunMs: number;
    averageLatencyMs: number;
    minimumLatencyMs: number;
    maximumLatencyMs: number;
  } | null;
}

/** Browsers leave the promise open when a click is wanted first. */
const RESUME_MS = 2000;

async function resumed(context: AudioContext): Promise<void> {
  const patience = new Promise((resolve) => setTimeout(resolve, RESUME_MS));
  await Promise.race([context.resume(), patience]);
  if (context.state !== 'running') throw new TuttiError('context-blocked', context.state);
}

export async function measureContext(
  seconds: number,
  signal?: AbortSignal,
): Promise<ContextResult> {
  const context = openContext();
  try {
    await resumed(context);
    // Something has to be played for the browser to count.
    const silence = new ConstantSourceNode(context, { offset: 0 });
    silence.connect(context.destination);
    silence.start();
    await pause(seconds, signal);
    const played = playbackStats(context);
    return {
      sampleRate: context.sampleRate,
      quantumFrames: quantumOf(context),
      quantumCanBeChosen: quantumCanBeChosen(),
      baseLatencyMs: context.baseLatency * 1000,
      outputLatencyMs: outputLatencyMs(context),
      playback:
        played === null
          ? null
          : {
              seconds: played.totalDuration,
              underrunEvents: played.underrunEvents,
              underrunMs: played.underrunDuration * 1000,
              averageLatencyMs: played.averageLatency * 1000,
              minimumLatencyMs: played.minimumLatency * 1000,
              maximumLatencyMs: played.maximumLatency * 1000,
            },
    };
  } finally {
    await context.close();
  }
}
