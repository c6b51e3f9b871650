import type { z } from 'zod';

/** One call of the contract: the schema of its input, and the type of its answer. */
export interface CallDefinition<Input extends z.ZodType, Output> {
  readonly input: Input;
  /** Type only, never set: answers come from our own engine and are not checked again by the page. */
  readonly output?: Output;
  /** Its input may be a whole list, and longer than that of any other call. */
  readonly isLong?: true;
}

/** `call<Output>()(inputSchema)`: two steps, so that the output is named and the input inferred. */
export const call =
  <Output>() =>
  <Input extends z.ZodType>(input: Input): CallDefinition<Input, Output> => ({ input });

/** As `call`, for one whose input may be a whole list. */
export const longCall =
  <Output>() =>
  <Input extends z.ZodType>(input: Input): CallDefinition<Input, Output> => ({ input, isLong: true });
