/** The look of a modal dialog with a heading and a button that closes it (`.head`). Its width is its own. */
import { css } from 'lit';

export const dialog = css`
  dialog {
    max-height: calc(100dvh - 2 * var(--s2));
    padding: var(--s3) var(--s4) var(--s4);
    overflow-y: auto;
    border: 1px solid var(--line);
    border-radius: var(--radius-large);
    background: var(--surface);
    color: var(--text);
  }

  dialog::backdrop {
    background: var(--shade);
  }

  .head {
    display: flex;
    align-items: center;
    justify-content: space-between;
    margin-inline-end: -12px;
  }

  .head button {
    padding: 8px;
  }
`;
