import type { ApiToken, Export, Factors, SecurityEvent, Session } from '@/api'

let count = 0
const moment = '2026-03-14T09:26:00Z'
const later = '2099-01-01T00:00:00Z'

export const makeSession = (given: Partial<Session> = {}): Session => ({
  id: `session-${++count}`,
  current: false,
  device: 'Firefox on Windows',
  address: '203.0.113.7',
  address_class: 'internet',
  methods: ['password', 'totp'],
  created_at: moment,
  used_at: moment,
  ...given,
})

export const makeSecurityEvent = (given: Partial<SecurityEvent> = {}): SecurityEvent => ({
  id: ++count,
  kind: 'password_changed',
  detail: '',
  device: 'Firefox on Windows',
  address: '203.0.113.7',
  created_at: moment,
  by_owner: true,
  ...given,
})

export const makeFactors = (given: Partial<Factors> = {}): Factors => ({
  totp: false,
  totp_added_at: null,
  recovery_codes_left: 0,
  passkeys: [],
  passkeys_available: true,
  required: false,
  ...given,
})

export const makePasskey = (given: Partial<Factors['passkeys'][number]> = {}) => ({
  id: ++count,
  name: 'My phone',
  created_at: moment,
  last_used_at: null,
  ...given,
})

export const makeApiToken = (given: Partial<ApiToken> = {}): ApiToken => ({
  id: ++count,
  name: 'Backup',
  hint: 'x7Qd',
  scopes: ['posts:read'],
  created_at: moment,
  expires_at: later,
  last_used_at: null,
  ...given,
})

export const makeExport = (given: Partial<Export> = {}): Export => ({
  status: 'ready',
  requested_at: moment,
  ready_at: moment,
  expires_at: later,
  size: 2_500_000,
  ...given,
})
