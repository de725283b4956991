import type { Session, Tutti } from 'tutti';

declare global {
  interface Window {
    /** In a room page, from joining to leaving: a contract with scripts and checks. */
    tutti?: { session: Session; audio: Tutti };
  }
}
