/** The camera and the screen: no more than a small picture needs, and no sound with it. */
import type { ErrorCode } from '../api.js';
import { TuttiError, messageOf } from '../errors.js';

/** Rejects with a camera-* code. `deviceId` undefined: the browser's choice. */
export async function openCamera(deviceId: string | undefined): Promise<MediaStreamTrack> {
  const video: MediaTrackConstraints = {
    width: { ideal: 640 },
    height: { ideal: 360 },
    frameRate: { ideal: 24, max: 30 },
    ...(deviceId !== undefined && deviceId !== '' && { deviceId: { exact: deviceId } }),
  };
  try {
    const stream = await navigator.mediaDevices.getUserMedia({ video });
    return trackOf(stream, 'camera-missing', 'motion');
  } catch (thrown) {
    throw await explainCamera(thrown);
  }
}

/** Whether this browser can share a window at all: those of phones cannot. */
export function canShareScreen(): boolean {
  // Browsers without it do not have the method either.
  const devices = navigator.mediaDevices as Partial<MediaDevices> | undefined;
  return typeof devices?.getDisplayMedia === 'function';
}

/** Call from a click. Rejects with a screen-* code. */
export async function openScreen(): Promise<MediaStreamTrack> {
  if (!canShareScreen()) throw new TuttiError('screen-unsupported');
  const wanted: DisplayMediaStreamOptions & Record<string, unknown> = {
    // A page is read, not watched.
    video: {
      displaySurface: 'window',
      frameRate: { ideal: 5, max: 5 },
      width: { max: 1920 },
      height: { max: 1920 },
    },
    audio: false,
    // The page in its own picture would be a tunnel.
    selfBrowserSurface: 'exclude',
    monitorTypeSurfaces: 'include',
  };
  try {
    const stream = await navigator.mediaDevices.getDisplayMedia(wanted);
    return trackOf(stream, 'screen-failed', 'detail');
  } catch (thrown) {
    if (thrown instanceof TuttiError) throw thrown;
    const { name } = (thrown ?? {}) as { name?: unknown };
    // Browsers say the same when the person changes their mind and when the system forbids it.
    if (name === 'NotAllowedError' || name === 'AbortError') {
      throw new TuttiError('screen-dismissed', messageOf(thrown));
    }
    throw new TuttiError('screen-failed', messageOf(thrown));
  }
}

function trackOf(stream: MediaStream, missing: ErrorCode, hint: string): MediaStreamTrack {
  for (const track of stream.getAudioTracks()) track.stop();
  const track = stream.getVideoTracks()[0];
  if (track === undefined) throw new TuttiError(missing);
  track.contentHint = hint;
  return track;
}

async function explainCamera(thrown: unknown): Promise<TuttiError> {
  if (thrown instanceof TuttiError) return thrown;
  // Not only a DOMException: an OverconstrainedError is none in Firefox.
  const { name } = (thrown ?? {}) as { name?: unknown };
  const detail = messageOf(thrown);
  switch (name) {
    case 'NotAllowedError':
    case 'SecurityError':
      return new TuttiError((await deniedForGood()) ? 'camera-denied' : 'camera-dismissed');
    case 'NotFoundError':
    case 'OverconstrainedError':
      return new TuttiError('camera-missing', detail);
    case 'NotReadableError':
    case 'AbortError':
      return new TuttiError('camera-busy', detail);
    default:
      return new TuttiError('camera-failed', detail);
  }
}

/** A person who closed the question can be asked again; one who said no cannot. */
async function deniedForGood(): Promise<boolean> {
  try {
    const { state } = await navigator.permissions.query({ name: 'camera' });
    return state === 'denied';
  } catch {
    return true; // cannot be asked: the safer words
  }
}
