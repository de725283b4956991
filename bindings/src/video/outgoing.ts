/**
 * Our pictures on their way to one peer.
 *
 * Why a connection of their own, and not two more tracks on the one that carries the sound: there
 * each change would negotiate the sound's connection anew, and a description that does not fit would
 * make it break off; both would share one transport, one queue and one congestion control; and when
 * the sound mends itself by a new connection, pictures would have to move house with it. This one
 * may fail, wait and begin again, and the sound never hears of it.
 *
 * Why one for each direction: who shows is the one who offers, so offers never collide. It is made
 * when there is something to show, with a place for each picture from the start; showing and hiding
 * then only changes what is in that place, and nothing is ever negotiated twice.
 */
import { encodingOf, partOf } from './encoding.js';
import { PICTURES, type Picture, type VideoControl } from './messages.js';
import { withoutStrayCodecs } from './sdp.js';

export type Pictures = Record<Picture, MediaStreamTrack | null>;

export interface OutgoingOptions {
  configuration: RTCConfiguration;
  say: (message: VideoControl) => void;
}

/** Between one attempt and the next, ms; the last goes on. */
const AGAIN_MS = [2000, 5000, 15_000, 60_000];
/** Not connected by then: the next attempt. */
const ATTEMPT_MS = 20_000;
/** Of one attempt. */
const MOST_CANDIDATES = 100;

interface Way {
  readonly pc: RTCPeerConnection;
  readonly attempt: number;
  readonly senders: Record<Picture, RTCRtpSender>;
  candidates: number;
  early: RTCIceCandidateInit[];
  answered: boolean;
}

export class OutgoingVideo {
  private pictures: Pictures = { camera: null, screen: null };
  private kbps = 0;
  private way: Way | null = null;
  private attempts = 0;
  private failures = 0;
  private open = false;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private told = '';
  /** Changes of the senders are made one after another. */
  private work: Promise<void> = Promise.resolve();

  constructor(private readonly options: OutgoingOptions) {}

  get shows(): boolean {
    return PICTURES.some((picture) => this.pictures[picture] !== null);
  }

  show(pictures: Pictures): void {
    this.pictures = pictures;
    if (!this.shows) {
      this.failures = 0;
      this.drop();
    } else if (this.open && this.way === null && this.timer === undefined) this.begin();
    else this.adjust();
    this.tell();
  }

  /** kbit/s for all the pictures together; 0: they rest. */
  cap(kbps: number): void {
    if (kbps === this.kbps) return;
    this.kbps = kbps;
    this.adjust();
    this.tell();
  }

  /** The peer can be spoken to (again). */
  opened(): void {
    this.open = true;
    this.told = '';
    this.failures = 0;
    if (this.shows && this.way?.pc.connectionState !== 'connected') this.begin();
    this.tell();
  }

  /** Nothing can be said to the peer; pictures on their way go on. */
  closed(): void {
    this.open = false;
  }

  hear(message: VideoControl): void {
    const { way } = this;
    if (way === null) return;
    if (message.type === 'video-answer' && message.attempt === way.attempt && !way.answered) {
      way.answered = true;
      void this.describe(way, message.sdp);
    } else if (
      message.type === 'video-candidate' &&
      message.of === 'watcher' &&
      message.attempt === way.attempt &&
      ++way.candidates <= MOST_CANDIDATES
    ) {
      const { candidate, sdpMid, sdpMLineIndex } = message;
      const init = { candidate, sdpMid, sdpMLineIndex };
      if (way.pc.remoteDescription === null) way.early.push(init);
      else void addCandidate(way.pc, init);
    }
  }

  close(): void {
    this.pictures = { camera: null, screen: null };
    this.open = false;
    this.drop();
  }

  private tell(): void {
    if (!this.open) return;
    const { camera, screen } = this.shown();
    const resting = (camera || screen) && this.kbps === 0;
    const state = { type: 'video-state', camera, screen, resting } as const;
    const text = JSON.stringify(state);
    if (text === this.told) return;
    this.told = text;
    this.options.say(state);
  }

  private shown(): Record<Picture, boolean> {
    return { camera: this.pictures.camera !== null, screen: this.pictures.screen !== null };
  }

  private drop(): void {
    clearTimeout(this.timer);
    this.timer = undefined;
    this.way?.pc.close();
    this.way = null;
  }

  private begin(): void {
    this.drop();
    const attempt = ++this.attempts;
    const pc = new RTCPeerConnection(this.options.configuration);
    const place = (picture: Picture): RTCRtpSender => {
      const transceiver = pc.addTransceiver('video', {
        direction: 'sendonly',
        sendEncodings: [this.encoding(picture)],
      });
      preferVp8(transceiver);
      return transceiver.sender;
    };
    const way: Way = {
      pc,
      attempt,
      senders: { camera: place('camera'), screen: place('screen') },
      candidates: 0,
      early: [],
      answered: false,
    };
    this.way = way;
    pc.onicecandidate = ({ candidate: found }) => {
      if (found === null || this.way !== way) return;
      const { candidate, sdpMid, sdpMLineIndex } = found;
      const of = 'shower';
      this.options.say({ type: 'video-candidate', attempt, of, candidate, sdpMid, sdpMLineIndex });
    };
    pc.onconnectionstatechange = () => {
      if (this.way !== way) return;
      if (pc.connectionState === 'connected') {
        this.failures = 0;
        clearTimeout(this.timer);
        this.timer = undefined;
        this.adjust();
      } else if (pc.connectionState === 'failed') this.fail();
    };
    this.timer = setTimeout(() => {
      this.fail();
    }, ATTEMPT_MS);
    this.adjust();
    void this.offer(way);
  }

  private async offer(way: Way): Promise<void> {
    try {
      await way.pc.setLocalDescription();
      if (this.way !== way) return;
      const { attempt } = way;
      const sdp = withoutStrayCodecs(way.pc.localDescription?.sdp ?? '');
      this.options.say({ type: 'video-offer', attempt, sdp });
    } catch (thrown) {
      this.refuse(way, thrown);
    }
  }

  private async describe(way: Way, sdp: string): Promise<void> {
    try {
      await way.pc.setRemoteDescription({ type: 'answer', sdp });
      for (const candidate of way.early.splice(0)) await addCandidate(way.pc, candidate);
      this.adjust(); // some browsers take the limits only now
    } catch (thrown) {
      this.refuse(way, thrown);
    }
  }

  private refuse(way: Way, thrown: unknown): void {
    if (this.way !== way) return;
    console.warn('Tutti: pictures could not be negotiated', thrown);
    this.fail();
  }

  private fail(): void {
    this.drop();
    const wait = AGAIN_MS[Math.min(this.failures++, AGAIN_MS.length - 1)];
    this.timer = setTimeout(() => {
      this.timer = undefined;
      if (this.open && this.shows) this.begin();
    }, wait);
  }

  private encoding(picture: Picture): ReturnType<typeof encodingOf> {
    return encodingOf(picture, partOf(picture, this.kbps, this.shown()));
  }

  /** What is shown, and how much of it, put into the senders. */
  private adjust(): void {
    const { way } = this;
    if (way === null) return;
    this.work = this.work.then(async () => {
      for (const picture of PICTURES) {
        if (this.way !== way) return;
        try {
          await adjust(way.senders[picture], this.pictures[picture], this.encoding(picture));
        } catch (thrown) {
          console.warn(`Tutti: the ${picture} could not be adjusted`, thrown);
        }
      }
    });
  }
}

async function adjust(
  sender: RTCRtpSender,
  track: MediaStreamTrack | null,
  encoding: ReturnType<typeof encodingOf>,
): Promise<void> {
  if (sender.track !== track) await sender.replaceTrack(track);
  const parameters: RTCRtpSendParameters & { degradationPreference?: string } =
    sender.getParameters();
  const [first] = parameters.encodings;
  // Not before the first description, in some browsers.
  if (first === undefined) return;
  Object.assign(first, encoding);
  parameters.degradationPreference =
    track?.contentHint === 'detail' ? 'maintain-resolution' : 'maintain-framerate';
  await sender.setParameters(parameters);
}

/** The one codec that every browser has; with it alone a description is short. */
function preferVp8(transceiver: RTCRtpTransceiver): void {
  const codecs = RTCRtpReceiver.getCapabilities('video')?.codecs ?? [];
  const chosen = codecs.filter(({ mimeType }) => /^video\/(vp8|rtx)$/i.test(mimeType));
  if (!chosen.some(({ mimeType }) => /vp8/i.test(mimeType))) return;
  try {
    transceiver.setCodecPreferences(chosen);
  } catch (thrown) {
    console.debug('Tutti: the browser chooses the codec of pictures', thrown);
  }
}

export async function addCandidate(
  pc: RTCPeerConnection,
  candidate: RTCIceCandidateInit,
): Promise<void> {
  try {
    await pc.addIceCandidate(candidate);
  } catch (thrown) {
    // Of a connection that is gone, or garbage: the others may do.
    console.debug('Tutti: a candidate was refused', thrown);
  }
}
