/** The heaps of a page's other threads, by the Chrome DevTools Protocol: its workers and worklets. */
import type { CDPSession, Page } from 'playwright-core';
import { eventually } from './eventually.js';

interface Attached {
  sessionId: string;
  targetInfo: { type: string; title: string };
}

interface SamplingNode {
  selfSize: number;
  callFrame: { functionName: string; lineNumber: number };
  children: SamplingNode[];
}

/** Every allocation of so many bytes is sampled. */
const SAMPLE_BYTES = 256;

export class Thread {
  private constructor(
    readonly name: string,
    private readonly send: (method: string, params?: object) => Promise<unknown>,
  ) {}

  /** The page's network worker and its audio worklets' thread. */
  static async both(page: Page): Promise<{ worker: Thread; worklet: Thread }> {
    const session: CDPSession = await page.context().newCDPSession(page);
    const answers = new Map<number, (result: unknown) => void>();
    const threads: { type: string; thread: Thread }[] = [];
    let id = 0;
    session.on('Target.receivedMessageFromTarget', ({ message }) => {
      const answer = JSON.parse(message) as { id?: number; result?: unknown };
      if (answer.id !== undefined) answers.get(answer.id)?.(answer.result);
    });
    session.on('Target.attachedToTarget', ({ sessionId, targetInfo }: Attached) => {
      const send = (method: string, params: object = {}): Promise<unknown> =>
        new Promise((resolve, reject) => {
          answers.set(++id, resolve);
          const message = JSON.stringify({ id, method, params });
          session.send('Target.sendMessageToTarget', { sessionId, message }).catch(reject);
        });
      threads.push({ type: targetInfo.type, thread: new Thread(targetInfo.title, send) });
    });
    await session.send('Target.setAutoAttach', {
      autoAttach: true,
      waitForDebuggerOnStart: false,
      flatten: false,
    });
    const find = (type: string): Promise<Thread> =>
      eventually(`a ${type} of the page`, () => {
        return threads.find((found) => found.type === type)?.thread ?? null;
      });
    return { worker: await find('worker'), worklet: await find('worklet') };
  }

  /** Bytes in use, after what is garbage has gone. */
  async used(): Promise<number> {
    await this.send('HeapProfiler.enable');
    await this.send('HeapProfiler.collectGarbage');
    return ((await this.send('Runtime.getHeapUsage')) as { usedSize: number }).usedSize;
  }

  /** Begins to count what is allocated; the answer ends it: bytes by function, most first. */
  async watchAllocations(): Promise<() => Promise<[string, number][]>> {
    await this.send('HeapProfiler.enable');
    await this.send('HeapProfiler.startSampling', {
      samplingInterval: SAMPLE_BYTES,
      includeObjectsCollectedByMajorGC: true,
      includeObjectsCollectedByMinorGC: true,
    });
    return async () => {
      const { profile } = (await this.send('HeapProfiler.stopSampling')) as {
        profile: { head: SamplingNode };
      };
      const bytes = new Map<string, number>();
      const count = ({ callFrame, selfSize, children }: SamplingNode): void => {
        const name = `${callFrame.functionName || '(anonymous)'}:${callFrame.lineNumber}`;
        bytes.set(name, (bytes.get(name) ?? 0) + selfSize);
        children.forEach(count);
      };
      count(profile.head);
      return [...bytes].filter(([, size]) => size > 0).sort(([, a], [, b]) => b - a);
    };
  }
}
