import { ProblemError } from '@/lib/problem'

import { question, showDialog, type Question } from '../dialogs'

const factorWanted = 'second_factor_proof_needed'

/** The server wants a recent proof of who one is before it does this. */
export const isConfirmationRequired = (error: unknown): error is ProblemError =>
  error instanceof ProblemError && ['confirmation_required', factorWanted].includes(error.code)

function ask(factor: boolean): Promise<boolean> {
  if (question.value) return question.value.answered
  let answer: Question['answer'] = () => {}
  const answered = new Promise<boolean>((resolve) => {
    answer = (confirmed) => {
      question.value = undefined
      resolve(confirmed)
    }
  })
  question.value = { factor, answer, answered }
  return answered
}

async function confirmed<Answer>(call: () => Promise<Answer>): Promise<Answer> {
  try {
    return await call()
  } catch (error) {
    if (!isConfirmationRequired(error)) throw error
    await showDialog('confirmation')
    if (!(await ask(error.code === factorWanted))) throw error
    return call()
  }
}

/**
 * For what guards an account: `confirmed(call)` runs the call; where the server asks for a recent proof of who one is,
 * a dialog asks for it and the call runs again. Whoever closes the dialog gets the server's refusal, which
 * `isConfirmationRequired` recognises.
 */
export const useConfirmation = () => ({ confirmed })
