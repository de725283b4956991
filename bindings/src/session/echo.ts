/**
 * Hearing oneself by way of the server: the same channels, threads and engine as between musicians,
 * to a peer in the server that sends everything back as it is.
 *
 * The control channel comes back too, and that is all that the latency needs: our ping returns as a
 * ping, is answered, and the answer returns. So this clock is compared with itself, over two round
 * trips.
 */
import type { EchoEvents, EchoFace, EchoState, LatencyBudget } from '../api.js';
import { TuttiError, messageOf } from '../errors.js';
import type { EchoAnswer } from '../signalling/protocol.js';
import type { Tutti } from '../tutti.js';
import { TypedEvents } from '../typed-events.js';
import { openChannels } from './channels.js';
import { FadeIn } from './fade-in.js';
import { ownWay } from './own-way.js';
import { known } from './peer-stats.js';

export interface EchoOptions {
  /** Origin of the server; default: the page's own. */
  server?: string;
}

/** For the server's answer, and for the channels to open after that. */
const ANSWER_MS = 10_000;
const OPEN_MS = 10_000;

export class Echo extends TypedEvents<EchoEvents> implements EchoFace {
  state: EchoState = 'connecting';
  private readonly pc = new RTCPeerConnection();
  private readonly peer: number;
  private readonly fade: FadeIn;
  private readonly unlisten: () => void;
  private opened: () => void = () => undefined;
  private failed: (error: TuttiError) => void = () => undefined;

  /**
   * Resolves when one's own sound is about to come back. Rejects with a TuttiError: echo-unavailable,
   * echo-unreachable, rate-limited or server-unreachable.
   */
  static async open(tutti: Tutti, options: EchoOptions = {}): Promise<Echo> {
    const echo = new Echo(tutti);
    try {
      await echo.connect(options.server ?? location.origin);
    } catch (thrown) {
      echo.close();
      if (thrown instanceof TuttiError) throw thrown;
      throw new TuttiError('echo-unreachable', messageOf(thrown));
    }
    return echo;
  }

  private constructor(private readonly tutti: Tutti) {
    super();
    this.peer = tutti.takePeer();
    this.fade = new FadeIn((db) => {
      tutti.set('peerGainDb', this.peer, db);
    });
    this.fade.silence();
    this.unlisten = tutti.network.listen(({ type, peer }) => {
      if (peer !== this.peer) return;
      if (type === 'open') this.opened();
      else if (type === 'closed') this.close();
    });
    addEventListener('pagehide', this.leave);
  }

  get latency(): LatencyBudget | null {
    if (this.state !== 'open') return null;
    const report = this.tutti.peerReport(this.peer);
    const twice = known(report.roundTripMs);
    return ownWay(this.tutti, report, twice === null ? null : twice / 2);
  }

  close(): void {
    if (this.state === 'closed') return;
    const wasOpen = this.state === 'open';
    this.state = 'closed';
    removeEventListener('pagehide', this.leave);
    this.unlisten();
    this.fade.stop();
    this.tutti.freePeer(this.peer);
    this.pc.close();
    this.failed(new TuttiError('echo-unreachable', 'closed'));
    if (wasOpen) this.emit('closed');
  }

  private readonly leave = (): void => {
    this.close();
  };

  private async connect(server: string): Promise<void> {
    const { pc } = this;
    const channels = openChannels(pc);
    this.tutti.network.addPeer(this.peer, channels.audio, channels.control);
    await pc.setLocalDescription();
    // Without our candidates: the server answers to wherever our packets come from.
    const answer = await ask(server, pc.localDescription?.sdp ?? '');
    const open = new Promise<void>((resolve, reject) => {
      this.opened = resolve;
      this.failed = reject;
    });
    const late = setTimeout(() => {
      this.failed(new TuttiError('echo-unreachable', `still ${pc.connectionState}`));
    }, OPEN_MS);
    try {
      await pc.setRemoteDescription({ type: 'answer', sdp: answer.sdp });
      await open;
    } finally {
      clearTimeout(late);
    }
    this.state = 'open';
    this.fade.begin(0);
  }
}

async function ask(server: string, sdp: string): Promise<EchoAnswer> {
  let response: Response;
  try {
    response = await fetch(`${server}/api/echo`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({ sdp }),
      credentials: 'omit',
      signal: AbortSignal.timeout(ANSWER_MS),
    });
    if (response.ok) return (await response.json()) as EchoAnswer;
  } catch (thrown) {
    throw new TuttiError('server-unreachable', messageOf(thrown));
  }
  switch (response.status) {
    case 429:
    case 503:
      throw new TuttiError('rate-limited', String(response.status));
    default:
      throw new TuttiError('echo-unavailable', String(response.status));
  }
}
