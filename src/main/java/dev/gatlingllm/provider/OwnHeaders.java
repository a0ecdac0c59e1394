package dev.gatlingllm.provider;

import dev.gatlingllm.secret.SecretNames;
import dev.gatlingllm.secret.SecretSources;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The headers of one call, beside those of all calls: one takes the place of any other header of
 * the same name. Values may be secrets: no text shows them.
 *
 * @param values by name, in any case
 * @param trace the trace whose {@code traceparent} goes with each attempt
 */
public record OwnHeaders(Map<String, String> values, Optional<Trace> trace) {

  /** No header more. */
  public static final OwnHeaders NONE = new OwnHeaders(Map.of(), Optional.empty());

  /**
   * Checks the names and values.
   *
   * @throws IllegalArgumentException naming the header; it does not show the value
   */
  public OwnHeaders {
    Map<String, String> checked = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    values.forEach(
        (name, value) -> {
          RequestHeaders.checkName(key(name), name);
          RequestHeaders.checkValue(key(name), value);
          checked.put(name, value.strip());
        });
    values = Collections.unmodifiableMap(checked);
  }

  /**
   * Refuses a name that no header has, or that is the client's to say.
   *
   * @throws IllegalArgumentException naming the header
   */
  public static void checkName(String name) {
    RequestHeaders.checkName(key(name), name);
  }

  private static String key(String name) {
    return "header " + name;
  }

  /**
   * These with one more, in place of one of the same name. The value of one whose name says that it
   * is a secret is hidden from now on.
   */
  public OwnHeaders with(String name, String value) {
    SecretSources.addHeader(name, value);
    Map<String, String> all = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    all.putAll(values);
    all.put(name, value);
    return new OwnHeaders(all, name.equalsIgnoreCase(Trace.HEADER) ? Optional.empty() : trace);
  }

  /** These with the header of a trace, in place of one that was set. */
  public OwnHeaders with(Trace newTrace) {
    Map<String, String> others = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    others.putAll(values);
    others.remove(Trace.HEADER);
    return new OwnHeaders(others, Optional.of(newTrace));
  }

  /** These, and those of the others whose names they do not have. */
  public OwnHeaders orElse(OwnHeaders others) {
    if (others.equals(NONE)) {
      return this;
    }
    Map<String, String> all = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    all.putAll(others.values);
    all.putAll(values);
    boolean traced = values.containsKey(Trace.HEADER);
    if (trace.isPresent()) {
      all.remove(Trace.HEADER);
    }
    return new OwnHeaders(all, traced ? Optional.empty() : trace.or(() -> others.trace));
  }

  /** The headers of one attempt: each has a {@code traceparent} of its own. */
  public Map<String, String> ofAttempt() {
    if (trace.isEmpty()) {
      return values;
    }
    Map<String, String> all = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    all.putAll(values);
    all.put(Trace.HEADER, trace.get().parent());
    return all;
  }

  /** The id of the trace; empty if the call belongs to none that was made for it. */
  public String traceId() {
    return trace.map(Trace::id).orElse("");
  }

  /** The name of one that, by its name, is a credential. */
  Optional<String> secret() {
    return values.keySet().stream().filter(SecretNames::looksSecret).findFirst();
  }

  /** Shows the names only. */
  @Override
  public String toString() {
    return "OwnHeaders" + values.keySet() + trace.map(one -> " of trace " + one.id()).orElse("");
  }
}
