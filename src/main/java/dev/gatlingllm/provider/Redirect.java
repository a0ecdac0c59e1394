package dev.gatlingllm.provider;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A response that sends the client elsewhere. It is never followed: the key of a call goes to the
 * service that was named, and to no other.
 */
public final class Redirect {

  private static final String CODE = "redirect";
  private static final String TO = "redirected to ";

  /** Scheme, host and port, or a short path on the same host. */
  private static final Pattern ROW =
      Pattern.compile(TO + "([a-z]+:)?(//[^/\\s]{1,80}|/[a-zA-Z/_.-]{0,40})");

  private static final int LONGEST_PLACE = 300;

  private Redirect() {}

  /** Whether a status is a redirect: 300 to 399. */
  public static boolean is(int status) {
    return status >= 300 && status <= 399;
  }

  /**
   * The failure of such a call, with the place it was sent to: scheme, host, port and path only,
   * since the rest may hold credentials or tokens.
   *
   * @param location the header of that name, if it came
   */
  public static Failure failure(int status, Optional<String> location) {
    String to = location.map(String::strip).orElse("");
    return new Failure(Failure.Kind.REJECTED, status, CODE, message(to));
  }

  /** Where it leads, short enough for a row of a report: without what differs between calls. */
  public static Optional<String> row(Failure failure) {
    return Optional.of(failure.message())
        .filter(words -> failure.code().equals(CODE) && words.startsWith(TO))
        .map(words -> ROW.matcher(words))
        .filter(Matcher::lookingAt)
        .map(Matcher::group);
  }

  private static String message(String location) {
    if (location.isEmpty()) {
      return "redirected, but the response does not say where";
    }
    try {
      String place = place(new URI(location));
      return place.isEmpty() ? "redirected, but not to an HTTP address" : TO + place;
    } catch (URISyntaxException ignored) {
      // Its message quotes the whole address.
      return "redirected, but the address cannot be read";
    }
  }

  private static String place(URI to) {
    if (to.isOpaque()) {
      return "";
    }
    String authority = to.getRawAuthority();
    StringBuilder place = new StringBuilder();
    if (to.getScheme() != null) {
      place.append(to.getScheme()).append(':');
    }
    if (authority != null) {
      place.append("//").append(authority.substring(authority.lastIndexOf('@') + 1));
    }
    place.append(withoutParameters(to.getRawPath()));
    return place.length() > LONGEST_PLACE
        ? place.substring(0, LONGEST_PLACE) + "…"
        : place.toString();
  }

  /** Some servers put the session's id into the path, behind a semicolon. */
  private static String withoutParameters(String path) {
    int end = path.indexOf(';');
    return end < 0 ? path : path.substring(0, end);
  }
}
