package dev.gatlingllm.secret;

/**
 * The gate that everything this process writes must pass: files, console, log, and texts handed to
 * Gatling. Stateless; safe for use by many threads. Each method returns the same instance if there
 * is nothing to hide.
 */
public final class Redaction {

  /** Replaces a secret. */
  public static final String HIDDEN = "***";

  private Redaction() {}

  /** A text without the secrets that this process knows. */
  public static String text(String text) {
    return KnownSecrets.ofProcess().scrub(text);
  }

  /** Text in UTF-8 without the secrets that this process knows. */
  public static byte[] bytes(byte[] utf8, int length) {
    return KnownSecrets.ofProcess().scrub(utf8, length);
  }

  /**
   * A text that came from a service, without secrets. One that is cut off at the end of the text is
   * hidden, too, if at least eight characters of it are left.
   */
  public static String serviceText(String text) {
    String clean = text(text);
    String body = withoutMarkOfCut(clean);
    int at = KnownSecrets.ofProcess().beginningAtEnd(body, KnownSecrets.LEAST_CHARS);
    return at == body.length()
        ? clean
        : clean.substring(0, at) + HIDDEN + clean.substring(body.length());
  }

  private static String withoutMarkOfCut(String text) {
    int end = text.length();
    while (end > 0 && "….\"' )]}>\r\n".indexOf(text.charAt(end - 1)) >= 0) {
      end--;
    }
    return text.substring(0, end);
  }

  /**
   * A text that may quote what a call sent: without secrets, and without the prompts of the latest
   * calls unless content is recorded (see {@link RecentPrompts}).
   */
  public static String line(String text) {
    return RecentPrompts.ofProcess().hideIn(text(text));
  }
}
