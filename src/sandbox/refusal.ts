/** The sandbox will not start for a reason its host can act on; the message is a sentence for a person. */
export class SandboxRefusal extends Error {
  /** What the process ends with: one of `SANDBOX_EXIT`. */
  readonly exitCode: number;

  constructor(message: string, exitCode: number) {
    super(message);
    this.exitCode = exitCode;
  }
}
