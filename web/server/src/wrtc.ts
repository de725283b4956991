import type wrtc from '@roamhq/wrtc';

/** A WebRTC stack for Node, whose native part there is not for every machine. */
export type Wrtc = typeof wrtc;

let loading: Promise<Wrtc | null> | undefined;

/** Loaded when it is first needed; null where it cannot be. `failed` is told why, once. */
export function loadWrtc(failed: (error: unknown) => void): Promise<Wrtc | null> {
  loading ??= import('@roamhq/wrtc').then(
    (module) => module.default,
    (error: unknown) => {
      failed(error);
      return null;
    },
  );
  return loading;
}
