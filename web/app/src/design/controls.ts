/** The look of plain HTML controls, for every element's shadow root. */
import { css } from 'lit';

export const controls = css`
  *,
  ::before,
  ::after {
    box-sizing: border-box;
  }

  [hidden] {
    display: none !important;
  }

  h1,
  h2,
  p,
  ul,
  dl,
  dd {
    margin: 0;
    padding: 0;
  }

  h1,
  h2 {
    font-weight: var(--weight-strong);
    line-height: 1.2;
    text-wrap: balance;
  }

  h1 {
    font-size: 1.75rem;
  }

  h2 {
    font-size: 1.25rem;
  }

  a {
    color: var(--brass);
    text-underline-offset: 0.2em;
  }

  .hint {
    color: var(--soft);
    font-size: 1rem;
  }

  .unseen {
    position: absolute;
    width: 1px;
    height: 1px;
    margin: -1px;
    overflow: hidden;
    clip-path: inset(50%);
    white-space: nowrap;
  }

  :focus {
    outline: none;
  }

  :focus-visible {
    outline: 3px solid var(--brass);
    outline-offset: 3px;
  }

  button {
    display: inline-flex;
    align-items: center;
    justify-content: center;
    gap: 10px;
    min-width: var(--target);
    min-height: var(--target);
    padding: 8px 20px;
    border: 1px solid var(--edge);
    border-radius: var(--radius);
    background: var(--raised);
    color: var(--text);
    font: inherit;
    font-weight: 600;
    line-height: 1.2;
    cursor: pointer;
    touch-action: manipulation;
    transition:
      background-color var(--quick),
      border-color var(--quick);
  }

  button:hover:not(:disabled) {
    border-color: var(--brass);
  }

  button:disabled {
    cursor: default;
    opacity: 0.6;
  }

  button.main {
    min-height: 60px;
    padding-inline: 32px;
    border-color: transparent;
    border-radius: 30px;
    background: var(--button);
    color: var(--on-button);
    font-size: 1.25rem;
    font-weight: var(--weight-strong);
  }

  button.main:hover:not(:disabled) {
    border-color: var(--text);
  }

  button.quiet {
    border-color: transparent;
    background: transparent;
  }

  button.quiet:hover:not(:disabled) {
    background: var(--raised);
    border-color: transparent;
  }

  button[aria-pressed='true'] {
    border-color: transparent;
    background: var(--button);
    color: var(--on-button);
  }

  label,
  .label {
    display: block;
    color: var(--soft);
    font-size: 1rem;
    font-weight: 600;
  }

  input[type='text'],
  select {
    width: 100%;
    min-width: 0;
    min-height: var(--target);
    padding: 8px 16px;
    border: 1px solid var(--edge);
    border-radius: var(--radius);
    background: var(--hall);
    color: var(--text);
    font: inherit;
    text-overflow: ellipsis;
  }

  input::placeholder {
    color: var(--soft);
    opacity: 1;
  }

  select {
    appearance: none;
    padding-inline-end: 48px;
    cursor: pointer;
  }

  select:disabled {
    cursor: default;
    opacity: 0.7;
  }

  option {
    background: var(--surface);
    color: var(--text);
  }

  .choice {
    position: relative;
    min-width: 0;
  }

  .choice > tutti-icon {
    position: absolute;
    inset-inline-end: 14px;
    bottom: 12px;
    pointer-events: none;
    color: var(--soft);
  }
`;
