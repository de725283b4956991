/** The one place where the pages make the library's objects; elements know only their faces. */
import { Session, Tutti, type SessionOptions } from 'tutti';

export function openAudio(): Promise<Tutti> {
  return Tutti.create();
}

export function openSession(audio: Tutti, options: SessionOptions): Session {
  return new Session(audio, options);
}
