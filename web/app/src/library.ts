/** The one place where the pages make the library's objects; elements know only their faces. */
import { Echo, Session, Tutti, type EchoFace, type SessionOptions, type TuttiFace } from 'tutti';

export function openAudio(): Promise<Tutti> {
  return Tutti.create();
}

export function openSession(audio: Tutti, options: SessionOptions): Session {
  return new Session(audio, options);
}

/** `audio` is of openAudio(). Rejects with a TuttiError. */
export async function openEcho(audio: TuttiFace): Promise<EchoFace> {
  if (!(audio instanceof Tutti)) throw new TypeError('not the library’s own');
  return Echo.open(audio);
}
