import tseslint from 'typescript-eslint';
import prettier from 'eslint-config-prettier';

/** Rules are errors or off: a warning nobody must act on is noise. */
export default tseslint.config(
  { ignores: ['dist/**', 'node_modules/**', '.data/**', 'apps/admin/src/api/schema.d.ts', '**/fixtures/**'] },
  ...tseslint.configs.recommended,
  {
    files: ['**/*.ts', '**/*.tsx'],
    languageOptions: { parserOptions: { projectService: true } },
    rules: {
      '@typescript-eslint/no-floating-promises': 'error',
      '@typescript-eslint/no-misused-promises': [
        'error',
        { checksVoidReturn: { attributes: false, arguments: false } },
      ],
      '@typescript-eslint/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
      '@typescript-eslint/consistent-type-imports': ['error', { fixStyle: 'separate-type-imports' }],
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
      'no-restricted-syntax': [
        'error',
        {
          selector: "MemberExpression[object.name='process'][property.name='env']",
          message: 'Settings come from #platform/config; nobody else reads process.env.',
        },
      ],
    },
  },
  {
    files: ['**/*.module.ts', 'apps/*/src/**/*.ts', 'libs/domain/**/*.ts'],
    // Nest resolves constructor types at run time, so those imports may not be type-only.
    rules: { '@typescript-eslint/consistent-type-imports': 'off' },
  },
  {
    files: [
      'libs/platform/config/**',
      'test/**',
      'scripts/**',
      'apps/launcher/**',
      'libs/platform/testing/**',
      '*.mjs',
      '**/*.mjs',
    ],
    rules: { 'no-restricted-syntax': 'off' },
  },
  {
    // Answers of the API are read here as a program in any language would: by name, checked by what is expected.
    files: ['test/**'],
    rules: { '@typescript-eslint/no-explicit-any': 'off' },
  },
  prettier,
);
