package dev.gatlingllm.simulator;

/** A request whose body cannot be served; the message names the field and never quotes a prompt. */
final class InvalidRequestException extends Exception {

  private static final long serialVersionUID = 1;

  InvalidRequestException(String message) {
    super(message);
  }
}
