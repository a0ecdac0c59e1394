package dev.gatlingllm.provider.http;

/**
 * A response that does not follow its format. The message says how, without quoting it at length.
 */
final class MalformedResponseException extends RuntimeException {

  MalformedResponseException(String message) {
    super(message);
  }
}
