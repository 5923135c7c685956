import { computed, nextTick, reactive, ref, shallowRef } from 'vue'
import { useI18n } from 'vue-i18n'

import { NetworkError, ProblemError } from '@/lib/problem'

type Errors<Values> = { [Name in keyof Values]?: string }

interface FormOptions<Values extends object> {
  readonly initial: Values
  /** Sends the values. What it throws ends up at the fields and in `problem`; the values stay as typed. */
  readonly submit: (values: Values) => Promise<unknown>
  /** Looks at the values before they are sent; an empty answer means that all is well. */
  readonly validate?: (values: Values) => Errors<Values>
}

/** "/tags/0" → "tags" */
const fieldOf = (pointer: string | undefined): string => pointer?.split('/')[1] ?? ''

function sortOut<Values extends object>(error: ProblemError, values: Values) {
  const atFields: Errors<Values> = {}
  const elsewhere: string[] = []
  for (const { pointer, detail } of error.errors) {
    const name = Object.keys(values).find((key) => key === fieldOf(pointer))
    if (name === undefined) elsewhere.push(detail)
    else if (!(name in atFields)) Object.assign(atFields, { [name]: detail })
  }
  return { atFields, elsewhere }
}

/**
 * The state of one form. Bad fields of a problem document come to their inputs by their JSON pointer, the first of
 * them gets the focus, and nothing that was typed is ever cleared.
 */
export function useForm<Values extends object>(options: FormOptions<Values>) {
  const { t } = useI18n()
  const values = reactive<Values>({ ...options.initial })
  const errors = ref<Errors<Values>>({})
  const problem = ref('')
  const submitting = ref(false)
  const submitted = ref(false)
  const cause = shallowRef<unknown>()
  const element = ref<HTMLFormElement | null>(null)
  const invalid = computed(() => Object.keys(errors.value).length > 0)

  async function showErrors(): Promise<void> {
    await nextTick()
    element.value?.querySelector<HTMLElement>('[aria-invalid="true"], [data-form-problem]')?.focus()
  }

  function fail(error: unknown): void {
    cause.value = error
    if (error instanceof NetworkError) problem.value = t('error.network.detail')
    else if (error instanceof ProblemError) {
      const { atFields, elsewhere } = sortOut(error, options.initial)
      errors.value = atFields
      const general = elsewhere.join(' ') || error.detail || error.title
      problem.value = elsewhere.length > 0 || !invalid.value ? general : ''
    } else throw error
  }

  async function submit(): Promise<boolean> {
    if (submitting.value) return false
    const current = { ...values } as Values
    errors.value = options.validate?.(current) ?? {}
    problem.value = ''
    cause.value = undefined
    submitted.value = true
    if (!invalid.value) {
      submitting.value = true
      try {
        await options.submit(current)
      } catch (error) {
        fail(error)
      } finally {
        submitting.value = false
      }
    }
    const succeeded = !invalid.value && problem.value === ''
    if (!succeeded) await showErrors()
    return succeeded
  }

  /** For `v-bind` on a field: its error. */
  const errorOf = (name: keyof Values): string | undefined => errors.value[name]

  return { values, errors, problem, cause, submitting, submitted, element, submit, errorOf }
}
