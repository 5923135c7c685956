import { defineConfigWithVueTs, vueTsConfigs } from '@vue/eslint-config-typescript'
import prettier from 'eslint-config-prettier'
import vue from 'eslint-plugin-vue'
import accessibility from 'eslint-plugin-vuejs-accessibility'

/** The layers, from the top. A file may import from its own layer and from those below it. */
const layers = ['app', 'pages', 'features', 'api', 'lib']
const features = [
  'accounts',
  'authors',
  'comments',
  'notifications',
  'pages',
  'posts',
  'reactions',
  'search',
  'site',
  'taxonomy',
  'writing',
]

const above = (layer) => layers.slice(0, layers.indexOf(layer)).map((name) => `@/${name}/**`)
const within = (files, group, message) => ({
  files: [files],
  ignores: ['**/*.spec.ts'],
  rules: {
    'no-restricted-imports': ['error', { patterns: [...shared, { group, message }] }],
  },
})
const shared = [
  { group: ['../**/..'], message: 'Import from another folder through "@/".' },
  {
    group: ['@/api/generated', '@/api/generated/**'],
    message: 'Take it from "@/api", which re-exports the generated client.',
  },
]
const direction = 'app → pages → features → api → lib; ui and composables know nothing of the domain.'

export default defineConfigWithVueTs(
  {
    ignores: [
      'dist/**',
      'dist-server/**',
      'coverage/**',
      'playwright-report/**',
      'test-results/**',
      'src/api/generated/**',
      'e2e/**/*.js',
    ],
  },
  vue.configs['flat/recommended'],
  vueTsConfigs.strict,
  ...accessibility.configs['flat/recommended'],
  {
    files: ['**/*.{ts,vue,js}'],
    linterOptions: { reportUnusedDisableDirectives: 'error' },
    rules: {
      eqeqeq: 'error',
      'no-console': 'error',
      'no-restricted-imports': ['error', { patterns: shared }],
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_' }],
      '@typescript-eslint/consistent-type-imports': 'error',
    },
  },
  {
    files: ['src/**/*.vue'],
    rules: {
      'vue/block-lang': ['error', { script: { lang: 'ts' } }],
      'vue/block-order': ['error', { order: ['script', 'template', 'style'] }],
      'vue/component-api-style': ['error', ['script-setup']],
      'vue/define-emits-declaration': ['error', 'type-based'],
      'vue/define-props-declaration': ['error', 'type-based'],
      'vue/no-v-html': 'error',
      'vue/require-default-prop': 'off',
      'vuejs-accessibility/label-has-for': 'off',
    },
  },
  {
    files: ['src/**/*.{ts,vue}'],
    ignores: ['src/ui/RichText.vue', '**/*.spec.ts'],
    rules: {
      'no-restricted-syntax': [
        'error',
        { selector: "Identifier[name='innerHTML']", message: 'HTML is shown by RichText alone.' },
      ],
    },
  },
  within('src/pages/**', above('pages'), direction),
  ...features.map((noun) =>
    within(
      `src/features/${noun}/**`,
      [
        ...above('features'),
        '@/features/*/**',
        `!@/features/${noun}/**`,
        '@/features/*',
        `!@/features/accounts`,
        `!@/features/reactions`,
      ],
      'Features do not import each other, except "@/features/accounts" and "@/features/reactions". Pages combine them.',
    ),
  ),
  within('src/api/**', [...above('api'), '@/ui/**', '@/composables/**'], direction),
  within('src/lib/**', [...above('lib'), '@/ui/**', '@/composables/**'], direction),
  within('src/composables/**', [...above('lib'), '@/ui/**'], direction),
  within('src/ui/**', above('lib'), direction),
  { files: ['src/api/*.ts'], rules: { 'no-restricted-imports': 'off' } },
  { files: ['scripts/**'], rules: { 'no-console': 'off' } },
  prettier,
)
