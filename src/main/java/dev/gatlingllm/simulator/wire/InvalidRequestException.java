package dev.gatlingllm.simulator.wire;

/** A request whose body cannot be served; the message names the field and never quotes a prompt. */
public final class InvalidRequestException extends Exception {

  private static final long serialVersionUID = 1;

  InvalidRequestException(String message) {
    super(message);
  }
}
