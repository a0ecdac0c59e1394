package dev.gatlingllm.secret;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.Set;

/**
 * The secrets that a process knows, in every form in which they may come back. Only grows. Safe for
 * use by many threads; a secret is hidden by whoever scrubs after {@link #add} has returned.
 */
public final class KnownSecrets {

  /** Shorter ones are not hidden: too much ordinary text would go with them. */
  public static final int LEAST_CHARS = 8;

  private static final class OfProcess {
    private static final KnownSecrets KNOWN = new KnownSecrets();

    static {
      SecretSources.addEnvironment(KNOWN);
    }
  }

  private final Set<String> values = new HashSet<>();
  private final Set<String> forms = new LinkedHashSet<>();
  private volatile Needles needles = Needles.NONE;

  KnownSecrets() {}

  /**
   * Those of this process: what environment variables and system properties held when it was first
   * asked, and what was added since.
   */
  public static KnownSecrets ofProcess() {
    return OfProcess.KNOWN;
  }

  /** Adds a secret, without the white space around it; no effect if it is shorter than 8. */
  public void add(String value) {
    String secret = value.strip();
    if (secret.length() < LEAST_CHARS) {
      return;
    }
    synchronized (this) {
      if (values.add(secret)) {
        forms.addAll(Forms.of(secret));
        needles = new Needles(forms);
      }
    }
  }

  synchronized int size() {
    return values.size();
  }

  /** The text with {@code ***} in place of each secret; the same instance if it holds none. */
  String scrub(String text) {
    return needles.replaceIn(text, Redaction.HIDDEN);
  }

  /** As {@link #scrub(String)}, on text in UTF-8. */
  byte[] scrub(byte[] utf8, int length) {
    // One character for each byte costs one copy; the forms include non-ASCII in this reading.
    String text = new String(utf8, 0, length, ISO_8859_1);
    String clean = needles.replaceIn(text, Redaction.HIDDEN);
    return clean.equals(text) && length == utf8.length ? utf8 : clean.getBytes(ISO_8859_1);
  }

  /** Where the text ends in the beginning of a secret; its length if it does not. */
  int beginningAtEnd(String text, int least) {
    return needles.beginningAtEnd(text, least);
  }
}
