/** Who shows what in the room, and what gets the large place. */
import type { PeerFace, SessionFace } from 'tutti';

export interface Tile {
  key: string;
  /** Of the musician; '' for oneself. */
  name: string;
  picture: 'camera' | 'screen';
  own: boolean;
  stream: MediaStream;
  /** Nothing comes at the moment, so that the sound has the line. */
  resting: boolean;
}

export interface Pictures {
  /** A score that somebody else shares. */
  large: Tile | null;
  /** The others' hands first, one's own last. */
  small: Tile[];
}

type Shows = Pick<PeerFace, 'id' | 'name' | 'camera' | 'screen' | 'videoResting'>;

export function picturesOf({
  peers,
  camera,
  screen,
}: Pick<SessionFace, 'camera' | 'screen'> & { peers: readonly Shows[] }): Pictures {
  const tiles = (picture: Tile['picture']): Tile[] =>
    peers.flatMap(({ id, name, videoResting: resting, [picture]: stream }) =>
      stream === null
        ? []
        : [{ key: `${id}/${picture}`, name, picture, own: false, stream, resting }],
    );
  const own = (picture: Tile['picture'], stream: MediaStream | null): Tile[] =>
    stream === null
      ? []
      : [{ key: `own/${picture}`, name: '', picture, own: true, stream, resting: false }];
  const [large = null, ...scores] = tiles('screen');
  const small = [...scores, ...tiles('camera'), ...own('screen', screen), ...own('camera', camera)];
  return { large, small };
}

/** The others' pictures that came between two looks. */
export function newPictures(before: ReadonlySet<string>, now: Pictures): Tile[] {
  const all = now.large === null ? now.small : [now.large, ...now.small];
  return all.filter(({ key, own }) => !own && !before.has(key));
}
