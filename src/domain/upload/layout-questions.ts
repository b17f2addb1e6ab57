import { Refusal } from '../refusal.ts';
import type { Question } from './recognise/recognition.ts';

function textOf({ parameter, question, options, reason }: Question): string {
  const answers = options.map(({ value }) => `${parameter}=${value}`);
  return `${question} Say ${answers.join(' or ')}. ${reason}`;
}

/** A file that leaves open how it is to be read. Nothing of it is stored before its sender has answered. */
export class LayoutQuestions extends Refusal {
  readonly questions: readonly Question[];

  constructor(questions: readonly Question[]) {
    const faults = questions.map((question) => ({
      pointer: `?${question.parameter}`,
      code: 'open-question',
      detail: textOf(question),
    }));
    const [first] = faults;
    const more = faults.length > 1 ? ` (and ${faults.length - 1} more to answer)` : '';
    super('layout-questions', `The file can be read in more than one way. ${first?.detail ?? ''}${more}`, faults);
    this.questions = questions;
  }
}
