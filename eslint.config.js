import js from '@eslint/js';
import { defineConfig, globalIgnores } from 'eslint/config';
import tseslint from 'typescript-eslint';

export default defineConfig(
  globalIgnores(['**/dist/', '**/build/']),
  js.configs.recommended,
  {
    files: ['**/*.ts'],
    extends: [tseslint.configs.strictTypeChecked],
    languageOptions: { parserOptions: { projectService: true } },
    rules: {
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/switch-exhaustiveness-check': [
        'error',
        { considerDefaultExhaustiveForUnions: true },
      ],
      // node:test runs what these return.
      '@typescript-eslint/no-floating-promises': [
        'error',
        {
          allowForKnownSafeCalls: [
            { from: 'package', package: 'node:test', name: ['describe', 'it', 'suite', 'test'] },
          ],
        },
      ],
      // `return answer(...)` ends a handler well.
      '@typescript-eslint/no-confusing-void-expression': 'off',
      // By code points is how a name is cut to its initials.
      '@typescript-eslint/no-misused-spread': ['error', { allow: ['string'] }],
      '@typescript-eslint/restrict-template-expressions': [
        'error',
        { allowNumber: true, allowBoolean: true },
      ],
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_' }],
      // noUncheckedIndexedAccess asks for it at every index into a typed array.
      '@typescript-eslint/no-non-null-assertion': 'off',
      // A setting is read as null until it has been set; an await can change what was just checked.
      '@typescript-eslint/related-getter-setter-pairs': 'off',
      '@typescript-eslint/no-unnecessary-condition': 'off',
      eqeqeq: 'error',
    },
  },
  {
    // The harness hands out functions to be taken apart.
    files: ['tests/**/*.ts'],
    rules: { '@typescript-eslint/unbound-method': 'off' },
  },
  {
    // Scripts of the build, run by Node as they are.
    files: ['**/*.{js,mjs}'],
    ignores: ['web/app/public/**', 'tests/e2e/support/in-page/**'],
    languageOptions: {
      globals: {
        console: 'readonly',
        process: 'readonly',
        URL: 'readonly',
        Buffer: 'readonly',
        WebAssembly: 'readonly',
      },
    },
  },
  {
    // Put into a page before anything else.
    files: ['tests/e2e/support/in-page/*.js'],
    languageOptions: {
      globals: {
        DOMException: 'readonly',
        Element: 'readonly',
        MessagePort: 'readonly',
        MutationObserver: 'readonly',
        RTCDataChannel: 'readonly',
        RTCPeerConnection: 'readonly',
        document: 'readonly',
        getComputedStyle: 'readonly',
        innerHeight: 'readonly',
        innerWidth: 'readonly',
        window: 'readonly',
      },
    },
  },
  {
    files: ['web/app/public/**/*.js'],
    languageOptions: {
      sourceType: 'script',
      globals: {
        document: 'readonly',
        localStorage: 'readonly',
        matchMedia: 'readonly',
        window: 'readonly',
      },
    },
    rules: { 'no-unused-vars': ['error', { caughtErrors: 'none' }] },
  },
);
