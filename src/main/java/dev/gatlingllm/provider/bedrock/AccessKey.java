package dev.gatlingllm.provider.bedrock;

/**
 * A fixed pair of AWS credentials, for an endpoint that takes any, such as a simulated one. Its
 * text form is {@code ***}.
 *
 * @param id the access key id
 * @param secret the secret access key
 */
public record AccessKey(String id, String secret) {

  /**
   * Rejects an incomplete pair.
   *
   * @throws IllegalArgumentException if a part is blank; the message shows neither
   */
  public AccessKey {
    if (id.isBlank() || secret.isBlank()) {
      throw new IllegalArgumentException("an access key needs both its id and its secret");
    }
  }

  @Override
  public String toString() {
    return "***";
  }
}
