/** A reason not to go on, in one sentence that names the thing and the way out. Ends the program with exit code 1. */
export class Failure extends Error {
  constructor(sentence: string) {
    super(sentence);
    this.name = "Failure";
  }
}
