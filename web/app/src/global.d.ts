import type { Session, Tutti } from 'tutti';
import type { BenchResult } from 'tutti/bench';

declare global {
  interface Window {
    /** A contract with scripts and checks. */
    tutti?:
      | /** In a room page, from joining to leaving. */
        {
          session: Session;
          audio: Tutti;
        } /** In the bench page: null until something has been measured. */
      | { bench: BenchResult | null };
  }
}
