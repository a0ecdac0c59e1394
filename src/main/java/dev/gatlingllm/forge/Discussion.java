package dev.gatlingllm.forge;

import dev.gatlingllm.provider.ServiceAddress;
import java.net.URI;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where the comments of a pull or merge request are.
 *
 * @param comments address of all of them: asked for them, and sent a new one
 * @param each address of one, which ends with its number
 * @param update HTTP method that changes one
 * @param header name and value that let this process write; the value is a secret
 */
record Discussion(URI comments, String each, String update, Map.Entry<String, String> header) {

  private static final Pattern PULL_REQUEST = Pattern.compile("refs/pull/([0-9]+)/.*");

  /**
   * The one that the variables of the CI system name: {@code GITHUB_REPOSITORY}, {@code GITHUB_REF}
   * and {@code GITHUB_TOKEN}, or {@code CI_API_V4_URL}, {@code CI_PROJECT_ID}, {@code
   * CI_MERGE_REQUEST_IID} and {@code GITLAB_TOKEN}. Empty outside such a request.
   *
   * @throws IllegalArgumentException if a token is missing, or would be sent in plain text
   */
  static Optional<Discussion> of(Map<String, String> environment) {
    Matcher pull = PULL_REQUEST.matcher(value(environment, "GITHUB_REF"));
    if (pull.matches() && !value(environment, "GITHUB_REPOSITORY").isEmpty()) {
      return Optional.of(gitHub(environment, pull.group(1)));
    }
    return value(environment, "CI_MERGE_REQUEST_IID").isEmpty()
        ? Optional.empty()
        : Optional.of(gitLab(environment));
  }

  private static Discussion gitHub(Map<String, String> environment, String number) {
    String api = value(environment, "GITHUB_API_URL");
    String issues =
        (api.isEmpty() ? "https://api.github.com" : api)
            + "/repos/"
            + value(environment, "GITHUB_REPOSITORY")
            + "/issues/";
    return new Discussion(
        safe("GITHUB_API_URL", issues + number + "/comments"),
        issues + "comments/",
        "PATCH",
        Map.entry("authorization", "Bearer " + token(environment, "GITHUB_TOKEN")));
  }

  private static Discussion gitLab(Map<String, String> environment) {
    String notes =
        value(environment, "CI_API_V4_URL")
            + "/projects/"
            + value(environment, "CI_PROJECT_ID")
            + "/merge_requests/"
            + value(environment, "CI_MERGE_REQUEST_IID")
            + "/notes";
    return new Discussion(
        safe("CI_API_V4_URL", notes),
        notes + "/",
        "PUT",
        Map.entry("private-token", token(environment, "GITLAB_TOKEN")));
  }

  private static String token(Map<String, String> environment, String name) {
    String token = value(environment, name);
    if (token.isEmpty()) {
      throw new IllegalArgumentException(
          name + " is not set: no comment can be written without a token that may write one");
    }
    return token;
  }

  private static URI safe(String name, String address) {
    try {
      URI uri = URI.create(address);
      if ("https".equals(uri.getScheme()) || ServiceAddress.isLoopback(uri)) {
        return uri;
      }
    } catch (IllegalArgumentException ignored) {
      // said below
    }
    throw new IllegalArgumentException(
        name + " must be an https address, since a token is sent there");
  }

  private static String value(Map<String, String> environment, String name) {
    return environment.getOrDefault(name, "").strip();
  }

  /** Shows no token. */
  @Override
  public String toString() {
    return "Discussion[" + comments + "]";
  }
}
