package dev.gatlingllm.provider.bedrock;

/** The error behind an error: what the host of the model told Bedrock. */
final class OriginalError {

  private OriginalError() {}

  /**
   * Its text, to be put after Bedrock's own message.
   *
   * @param status null if Bedrock does not say
   * @param words null if Bedrock does not say
   * @return empty if Bedrock says nothing of it
   */
  static String text(Integer status, String words) {
    boolean silent = words == null || words.isBlank();
    if (status == null && silent) {
      return "";
    }
    String first = status == null ? "original error" : "original status " + status;
    return " (" + first + (silent ? "" : ": " + words) + ")";
  }
}
