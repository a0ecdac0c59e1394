package dev.gatlingllm.provider.transport;

/** No credential could be had, so the request was not sent. The cause says why. */
public final class CredentialException extends RuntimeException {

  public CredentialException(Throwable cause) {
    super(cause.getMessage(), cause);
  }
}
