/** The look of a drawer beside the musicians: a dialog in its place in the page, not a modal one. */
import { css } from 'lit';

export const drawer = css`
  :host {
    display: flex;
  }

  dialog {
    position: static;
    width: 100%;
    max-width: none;
    max-height: 100%;
    margin: 0;
    padding: 0;
    border: 1px solid var(--line);
    border-radius: var(--radius-large);
    background: var(--surface);
    color: var(--text);
  }

  .head {
    display: flex;
    align-items: center;
    justify-content: space-between;
    padding: 12px 12px 4px var(--s3);
  }

  .head button {
    padding: 8px;
  }
`;
