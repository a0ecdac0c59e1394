package dev.gatlingllm.simulator.wire;

/** The errors of the services, with the HTTP status that most of them answer. */
public enum ErrorKind {
  INVALID(400),
  UNAUTHORIZED(401),
  NOT_FOUND(404),
  THROTTLED(429),
  SERVER_ERROR(500),
  UNAVAILABLE(503);

  private final int status;

  ErrorKind(int status) {
    this.status = status;
  }

  int status() {
    return status;
  }
}
