import { Type } from 'typebox';
import { PROBLEM_TYPES, problemTypeUri } from '../problem-catalogue.ts';
import { ref } from './ref.ts';

/** One fault of a request. */
export const FaultSchema = Type.Object(
  {
    pointer: Type.String({
      description:
        'Where: an RFC 6901 JSON pointer into the body, `?name` for a query parameter, `{name}` for a part of the address.',
    }),
    code: Type.String({ description: 'What kind of fault, stable.' }),
    detail: Type.String({ description: 'The value, the place and what was expected, in words.' }),
  },
  { $id: 'Fault', additionalProperties: false, description: 'One thing wrong with the request.' },
);

/** RFC 9457 problem details, the shape of every answer from 400 on. */
export const ProblemSchema = Type.Object(
  {
    type: Type.String({
      description: `Stable name of the kind of problem: ${problemTypeUri('invalid-request').replace('invalid-request', '')} and one of the codes ${Object.keys(PROBLEM_TYPES).join(', ')}.`,
    }),
    title: Type.String({ description: 'What the kind of problem is; the same for every problem of one type.' }),
    status: Type.Integer({
      description: 'The HTTP status code, equal to the status line.',
      'x-unit': 'HTTP status code',
    }),
    detail: Type.String({ description: 'What happened this time.' }),
    instance: Type.String({ description: 'Names this request in the log of the service: `urn:request:` and its id.' }),
    errors: Type.Optional(
      Type.Array(ref(FaultSchema), { description: 'Each fault found, where there are several or a place is known.' }),
    ),
  },
  {
    $id: 'Problem',
    additionalProperties: false,
    description: 'Why the request was not answered as asked (RFC 9457).',
    examples: [
      {
        type: problemTypeUri('invalid-request'),
        title: PROBLEM_TYPES['invalid-request'].title,
        status: 400,
        detail: 'floorAreaM2 is -5: expected more than 0',
        instance: 'urn:request:5c0f4a52-3d0f-4d3b-8d3a-0d9b6c1f6a7e',
        errors: [{ pointer: '/floorAreaM2', code: 'out-of-range', detail: 'floorAreaM2 is -5: expected more than 0' }],
      },
    ],
  },
);
