import type { z } from 'zod';

/** One call of the contract: the schema of its input, and the type of its answer. */
export interface CallDefinition<Input extends z.ZodType, Output> {
  readonly input: Input;
  /** It carries a whole list: its frame may be longer than those of other calls. */
  readonly long: boolean;
  /** Type only, never set: answers come from our own engine and are not checked again by the page. */
  readonly output?: Output;
}

/** `call<Output>()(inputSchema)`: two steps, so that the output is named and the input inferred. */
export const call =
  <Output>() =>
  <Input extends z.ZodType>(input: Input, { long = false } = {}): CallDefinition<Input, Output> => ({
    input,
    long,
  });
