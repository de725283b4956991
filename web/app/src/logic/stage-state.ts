/** How a musician on the stage is, in one word, the gravest first. */
import type { PeerFace } from 'tutti';

export type StageState =
  | 'unreachable'
  | 'lost'
  | 'waiting'
  /** They muted their microphone. */
  | 'selfMuted'
  /** Muted here. */
  | 'muted'
  /** Another is on solo. */
  | 'silenced'
  | 'measuring'
  | 'patchy'
  | 'well';

/** `metres`: of their sound, null while it is not known. */
export function stageState(
  peer: Pick<PeerFace, 'state' | 'selfMuted' | 'mute'>,
  silenced: boolean,
  metres: number | null,
  patchy: boolean,
): StageState {
  if (peer.state !== 'connected') return peer.state;
  if (peer.selfMuted) return 'selfMuted';
  if (peer.mute) return 'muted';
  if (silenced) return 'silenced';
  if (metres === null) return 'measuring';
  return patchy ? 'patchy' : 'well';
}

/** Nothing is heard of who is so. */
export function isSilent(state: StageState): boolean {
  return !['well', 'patchy', 'measuring'].includes(state);
}
