package dev.gatlingllm.config;

import dev.gatlingllm.provider.OwnHeaders;
import dev.gatlingllm.provider.RequestHeaders;
import dev.gatlingllm.provider.Trace;
import dev.gatlingllm.secret.SecretNames;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * {@code llm.request.headers}: those that are the same for every request, and those with
 * placeholders, which are made for each call.
 *
 * @param fixed sent as they are
 * @param made by name, with placeholders
 */
public record HeaderTemplates(SortedMap<String, String> fixed, SortedMap<String, String> made) {

  /** No header. */
  public static final HeaderTemplates NONE = new HeaderTemplates(new TreeMap<>(), new TreeMap<>());

  private static final String SECTION = "llm.request.headers";

  /** JSON, which some gateways take in a header, has no such word in braces. */
  private static final Pattern PLACEHOLDER = Pattern.compile("\\{([A-Za-z][A-Za-z0-9]*)}");

  /** What stands in braces. */
  enum Placeholder {
    /** The virtual user, by an id that no other run has: the same in all calls of the user. */
    SESSION,
    /** The number of the virtual user within its scenario. */
    USER,
    /** The number of the call within the run, as in its record. */
    REQUEST,
    /** The name of the target that the call goes to. */
    TARGET,
    /** The trace of the call: the whole value of a {@code traceparent}. */
    TRACEPARENT;

    String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /**
   * Who makes a call.
   *
   * @param session an id of the virtual user
   * @param user its number
   * @param request the number of the call
   * @param target the name of its target
   */
  public record Caller(String session, long user, long request, String target) {

    private String valueOf(String word) {
      return switch (Placeholder.valueOf(word.toUpperCase(Locale.ROOT))) {
        case SESSION -> session;
        case USER -> Long.toString(user);
        case REQUEST -> Long.toString(request);
        case TARGET -> target;
        case TRACEPARENT -> throw new IllegalStateException(word);
      };
    }
  }

  static HeaderTemplates read(ConfigReader reader) {
    SortedMap<String, String> fixed = new TreeMap<>();
    SortedMap<String, String> made = new TreeMap<>();
    reader
        .entries(SECTION)
        .forEach((name, value) -> (isMade(name, value) ? made : fixed).put(name, value));
    return ConfigurationException.in(
        "",
        () -> {
          RequestHeaders unused = new RequestHeaders(fixed);
          made.forEach(HeaderTemplates::check);
          return new HeaderTemplates(fixed, made);
        });
  }

  /** Whether all of a value is placeholders, so that nothing of it can be a secret. */
  static boolean isOnlyPlaceholders(String value) {
    return !value.isBlank() && PLACEHOLDER.matcher(value).replaceAll("").isBlank();
  }

  /** A secret may have braces of its own. */
  private static boolean isMade(String name, String value) {
    return PLACEHOLDER.matcher(value).find()
        && (isOnlyPlaceholders(value) || !SecretNames.looksSecret(name));
  }

  private static void check(String name, String value) {
    String key = SECTION + "." + name;
    List<String> words = Arrays.stream(Placeholder.values()).map(Placeholder::word).toList();
    Matcher found = PLACEHOLDER.matcher(value);
    while (found.find()) {
      if (!words.contains(found.group(1))) {
        throw new ConfigurationException(
            key
                + " has the placeholder "
                + found.group()
                + "; accepted are "
                + words.stream().map(word -> "{" + word + "}").collect(Collectors.joining(", ")));
      }
    }
    boolean trace = value.contains("{" + Placeholder.TRACEPARENT.word() + "}");
    if (trace && !(isTrace(value) && name.equalsIgnoreCase(Trace.HEADER))) {
      throw new ConfigurationException(
          key
              + ": {traceparent} is the whole value of the header traceparent: write"
              + " traceparent = \"{traceparent}\"");
    }
    // The rest of the value is checked as if it were all of it.
    new RequestHeaders(Map.of(name, PLACEHOLDER.matcher(value).replaceAll("")));
  }

  private static boolean isTrace(String value) {
    return value.strip().equals("{" + Placeholder.TRACEPARENT.word() + "}");
  }

  /** The headers that are made for a call. */
  public OwnHeaders of(Caller caller) {
    OwnHeaders headers = OwnHeaders.NONE;
    for (Map.Entry<String, String> one : made.entrySet()) {
      headers =
          isTrace(one.getValue())
              ? headers.with(Trace.begin())
              : headers.with(one.getKey(), filled(one.getValue(), caller));
    }
    return headers;
  }

  private static String filled(String value, Caller caller) {
    return PLACEHOLDER
        .matcher(value)
        .replaceAll(found -> Matcher.quoteReplacement(caller.valueOf(found.group(1))));
  }

  /** Shows the names only. */
  @Override
  public String toString() {
    return "HeaderTemplates" + fixed.keySet() + made.keySet();
  }
}
