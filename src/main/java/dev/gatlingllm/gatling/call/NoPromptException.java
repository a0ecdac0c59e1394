package dev.gatlingllm.gatling.call;

/** A call that has nothing to say. */
final class NoPromptException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  NoPromptException() {
    super("the call has neither prompt nor messages");
  }
}
