/** Evaluates one recording, away from the page and from the audio. */
import { estimateRoundTrip } from './estimate.js';
import type { FromWorker, ToWorker } from './messages.js';
import { makeSweeps } from './sweeps.js';

onmessage = ({ data }: MessageEvent<ToWorker>) => {
  const sweeps = makeSweeps(data.sampleRate, data.levelDbfs);
  const estimate: FromWorker = estimateRoundTrip(data.recording, sweeps, data.processing);
  postMessage(estimate);
};
