package dev.gatlingllm.provider.bedrock;

import dev.gatlingllm.secret.KnownSecrets;
import dev.gatlingllm.secret.Redaction;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArraySet;
import java.util.regex.Pattern;

/**
 * The secrets in use, so that none of them, and none that the process knows from elsewhere, is
 * repeated in the text of a failure. Thread-safe.
 */
final class Secrets {

  /** What a message keeps at most: a service may echo what it was sent. */
  private static final int MAX_MESSAGE_CHARS = 500;

  /**
   * A rejected signature is explained by the canonical request, session token and all; a key from
   * the environment is known to the SDK alone.
   */
  private static final Pattern CANONICAL_REQUEST =
      Pattern.compile("(?is)\\s*The Canonical String for this request.*");

  private static final Pattern BEARER = Pattern.compile("(?i)Bearer\\s+[^\\s'\",]+");

  private final Set<String> values = new CopyOnWriteArraySet<>();

  void add(String secret) {
    values.add(secret);
    KnownSecrets.ofProcess().add(secret);
  }

  /**
   * Those of an access key; one whose id equals its secret is a placeholder that any service
   * accepts.
   */
  void add(AccessKey key) {
    if (key.id().equals(key.secret())) {
      values.add(key.secret());
    } else {
      add(key.secret());
    }
  }

  /** The text without secrets, and then cut to a length fit for a record. */
  String mask(String text) {
    String masked = CANONICAL_REQUEST.matcher(text).replaceAll("");
    for (String value : values) {
      masked = masked.replace(value, Redaction.HIDDEN);
    }
    masked = BEARER.matcher(Redaction.serviceText(masked)).replaceAll("Bearer " + Redaction.HIDDEN);
    return masked.length() <= MAX_MESSAGE_CHARS
        ? masked
        : masked.substring(0, MAX_MESSAGE_CHARS - 1) + "…";
  }
}
