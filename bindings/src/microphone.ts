/** The input device: as raw and as soon as the browser gives it. */
import type { Microphone } from './api.js';
import { TuttiError, messageOf } from './errors.js';

const PROCESSING = [
  'echoCancellation',
  'noiseSuppression',
  'autoGainControl',
  'voiceIsolation',
] as const;

/**
 * All processing off AND `latency: 0`: otherwise Chromium works in 10 ms blocks; without
 * `channelCount: 2` it gives mono.
 */
function constraints(deviceId: string | undefined): MediaTrackConstraints {
  const wanted: MediaTrackConstraints & Record<string, unknown> = {
    echoCancellation: false,
    noiseSuppression: false,
    autoGainControl: false,
    voiceIsolation: false,
    latency: 0,
    channelCount: 2,
  };
  if (deviceId !== undefined && deviceId !== '') wanted.deviceId = { exact: deviceId };
  return wanted;
}

/** Rejects with a microphone-* code. */
export async function openDevice(deviceId: string | undefined): Promise<MediaStream> {
  try {
    return await navigator.mediaDevices.getUserMedia({ audio: constraints(deviceId) });
  } catch (thrown) {
    throw await explain(thrown);
  }
}

async function explain(thrown: unknown): Promise<TuttiError> {
  // Not only a DOMException: an OverconstrainedError is none in Firefox.
  const { name } = (thrown ?? {}) as { name?: unknown };
  const detail = messageOf(thrown);
  switch (name) {
    case 'NotAllowedError':
    case 'SecurityError':
      return new TuttiError((await deniedForGood()) ? 'microphone-denied' : 'microphone-dismissed');
    case 'NotFoundError':
    case 'OverconstrainedError':
      return new TuttiError('microphone-missing', detail);
    case 'NotReadableError':
    case 'AbortError':
      return new TuttiError('microphone-busy', detail);
    default:
      return new TuttiError('microphone-failed', detail);
  }
}

/** A person who closed the question can be asked again; one who said no cannot. */
async function deniedForGood(): Promise<boolean> {
  try {
    const { state } = await navigator.permissions.query({ name: 'microphone' });
    return state === 'denied';
  } catch {
    return true; // cannot be asked: the safer words
  }
}

/** What the browser really gave. */
export function describe(track: MediaStreamTrack): Microphone {
  const settings = track.getSettings() as MediaTrackSettings & { latency?: number };
  // Some browsers do not say `true` but which kind.
  const kept: Record<string, unknown> = { ...settings };
  const isOn = (kind: string): boolean => ![undefined, false, ''].includes(kept[kind] as undefined);
  return {
    deviceId: settings.deviceId ?? '',
    label: track.label,
    channelCount: settings.channelCount ?? 1,
    processing: PROCESSING.filter(isOn),
    latencyMs: settings.latency === undefined ? null : settings.latency * 1000,
    sampleRate: settings.sampleRate ?? null,
    groupId: settings.groupId ?? '',
  };
}
