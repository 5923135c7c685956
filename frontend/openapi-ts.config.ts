import { defineConfig } from '@hey-api/openapi-ts'

export default defineConfig({
  input: process.env.OPENAPI_FILE ?? '../backend/openapi.yaml',
  output: { path: 'src/api/generated', clean: true },
  plugins: [
    '@hey-api/typescript',
    { name: '@hey-api/client-fetch', throwOnError: true },
    { name: '@hey-api/sdk', responseStyle: 'data', auth: false },
  ],
})
