package dev.gatlingllm.provider.bedrock;

/** Bytes of a response that are not what the event stream format allows. */
final class MalformedStreamException extends Exception {

  private static final long serialVersionUID = 1L;

  MalformedStreamException(String message) {
    super(message);
  }
}
