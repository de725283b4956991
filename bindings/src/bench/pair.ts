/**
 * Two engines in one AudioContext, joined by a real RTCPeerConnection within the page: what one
 * captures the other plays, and both count the same frames.
 */
import type { NetworkPath, PipeMake } from '../api.js';
import { openContext } from '../context.js';
import { Connection } from '../session/connection.js';
import { Tutti } from '../tutti.js';
import { TuttiError } from '../errors.js';

/** The engine's own rate: at any other, samples are converted and tell nothing about frames. */
const RATE = 48_000;
/** Within one page a connection takes a fraction of a second. */
const CONNECT_MS = 30_000;

export interface PairOptions {
  path?: NetworkPath | undefined;
  pipe?: PipeMake | undefined;
  quantumFrames?: number | undefined;
}

export interface Half {
  tutti: Tutti;
  /** The other one, by the number it has here. */
  peer: number;
}

export class Pair {
  private constructor(
    readonly context: AudioContext,
    readonly sender: Half,
    readonly receiver: Half,
    private readonly connections: readonly Connection[],
  ) {}

  /** Resolves when packets flow. Call from a click, or where sound may start without one. */
  static async open({ path, pipe, quantumFrames }: PairOptions = {}): Promise<Pair> {
    const context = openContext({ sampleRate: RATE, quantumFrames });
    const opened: Tutti[] = [];
    const connections: Connection[] = [];
    try {
      const choice = {
        context,
        ...(path === undefined ? {} : { path }),
        ...(pipe === undefined ? {} : { pipe }),
      };
      for (let i = 0; i < 2; i++) opened.push(await Tutti.create(choice));
      const [sender, receiver] = opened.map((tutti) => {
        // Nothing of this is for a person's ears.
        tutti.node.disconnect();
        return { tutti, peer: tutti.takePeer() };
      }) as [Half, Half];
      await sender.tutti.resume();
      await connect(sender, receiver, connections);
      return new Pair(context, sender, receiver, connections);
    } catch (thrown) {
      for (const connection of connections) connection.close();
      for (const tutti of opened) await tutti.close();
      await context.close();
      throw thrown;
    }
  }

  async close(): Promise<void> {
    for (const connection of this.connections) connection.close();
    await Promise.all([this.sender.tutti.close(), this.receiver.tutti.close()]);
    await this.context.close();
  }
}

/** Each one's signals go straight to the other. */
async function connect(a: Half, b: Half, connections: Connection[]): Promise<void> {
  const whenUp = new Promise<void>((resolve, reject) => {
    const late = setTimeout(() => {
      reject(new TuttiError('peer-unreachable', 'no connection within the page'));
    }, CONNECT_MS);
    const changed = (): void => {
      if (connections.length < 2 || !connections.every(({ up }) => up)) return;
      clearTimeout(late);
      resolve();
    };
    const make = (half: Half, other: number, offers: boolean): Connection => {
      const connection = new Connection({
        peer: half.peer,
        offers,
        breaksTie: offers,
        configuration: {},
        network: half.tutti.network,
        send: (signal) => {
          connections[other]?.take(signal);
          return Promise.resolve();
        },
        changed,
      });
      half.tutti.network.listen(({ type }) => {
        if (type === 'open') connection.channelsOpened();
        else if (type === 'closed') connection.channelsClosed();
      });
      return connection;
    };
    // The one that answers first: it is there when the offer comes.
    connections[1] = make(b, 0, false);
    connections[0] = make(a, 1, true);
  });
  await whenUp;
}
