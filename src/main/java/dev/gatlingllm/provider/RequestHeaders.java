package dev.gatlingllm.provider;

import dev.gatlingllm.secret.SecretNames;
import java.util.Collections;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * Headers that the user adds to every request, by name. One takes the place of a header of the same
 * name that the client would send. Blanks around a value are no part of it (RFC 9110, section 5.5).
 * Values may be secrets: no text shows them.
 */
public record RequestHeaders(Map<String, String> values) {

  /** No header more. */
  public static final RequestHeaders NONE = new RequestHeaders(Map.of());

  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9!#$%&'*+.^_`|~-]{1,100}");
  private static final Pattern VALUE = Pattern.compile("[\\x20-\\x7e\\t]*");

  /** What says where the request goes, and where its body ends, is the client's. */
  private static final Set<String> OWN =
      Set.of(
          "connection",
          "content-length",
          "expect",
          "host",
          "keep-alive",
          "proxy-authorization",
          "te",
          "trailer",
          "transfer-encoding",
          "upgrade",
          "user-agent");

  /**
   * Checks the names and values.
   *
   * @throws IllegalArgumentException naming the setting; it does not show the value
   */
  public RequestHeaders {
    Map<String, String> checked = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    values.forEach(
        (name, value) -> {
          String key = "llm.request.headers." + name;
          check(key, name, value);
          checked.put(name, value.strip());
        });
    values = Collections.unmodifiableMap(checked);
  }

  /**
   * Refuses a name that no header has, or that is the client's to say.
   *
   * @param key what names the header in the message
   * @throws IllegalArgumentException beginning with {@code key}
   */
  public static void checkName(String key, String name) {
    if (!NAME.matcher(name).matches()) {
      throw new IllegalArgumentException(
          key + " is not the name of a header: letters, digits and dashes are accepted");
    }
    if (OWN.contains(name.toLowerCase(Locale.ROOT))) {
      throw new IllegalArgumentException(
          key
              + " cannot be set: the client says this header itself"
              + (name.equalsIgnoreCase("user-agent") ? "; set llm.userAgent" : ""));
    }
  }

  /**
   * Refuses a value that no header can have.
   *
   * @throws IllegalArgumentException beginning with {@code key}; it does not show the value
   */
  static void checkValue(String key, String value) {
    if (!VALUE.matcher(value).matches()) {
      throw new IllegalArgumentException(
          key + " must be printable ASCII on one line (the value is not shown)");
    }
  }

  /**
   * Refuses a header that cannot be sent.
   *
   * @param key what names the header in the message
   * @throws IllegalArgumentException beginning with {@code key}; it does not show the value
   */
  public static void check(String key, String name, String value) {
    checkName(key, name);
    checkValue(key, value);
  }

  /** These and others, which come first where both have a header of the same name. */
  public RequestHeaders with(Map<String, String> others) {
    if (others.isEmpty()) {
      return this;
    }
    Map<String, String> all = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    all.putAll(values);
    all.putAll(others);
    return new RequestHeaders(all);
  }

  /** Whether one of them, by its name, is a credential. */
  public boolean holdSecret() {
    return values.keySet().stream().anyMatch(SecretNames::looksSecret);
  }

  /** Shows the names only. */
  @Override
  public String toString() {
    return "RequestHeaders" + values.keySet();
  }
}
