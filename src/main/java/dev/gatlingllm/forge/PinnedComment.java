package dev.gatlingllm.forge;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The one comment of a gate in a pull or merge request: written the first time, changed in place
 * from then on. Its first line, which nobody sees, tells it from all others. Not safe for use by
 * several threads.
 */
public final class PinnedComment {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final int PAGE = 100;

  /** 10,000 comments: nobody looks at what is beyond. */
  private static final int MOST_PAGES = 100;

  private static final int FORBIDDEN = 403;
  private static final int NOT_FOUND = 404;

  private final Discussion discussion;
  private final HttpClient http =
      HttpClient.newBuilder()
          .followRedirects(HttpClient.Redirect.NEVER)
          .connectTimeout(PATIENCE)
          .build();

  private PinnedComment(Discussion discussion) {
    this.discussion = discussion;
  }

  /**
   * That of the request which the variables of the CI system name; empty outside of one.
   *
   * @throws IllegalArgumentException if the variables cannot be used
   */
  public static Optional<PinnedComment> of(Map<String, String> environment) {
    return Discussion.of(environment).map(PinnedComment::new);
  }

  /**
   * Writes the comment, or changes it. One with the same first line that somebody else has written,
   * and that may not be changed, is left alone.
   *
   * @param text begins with the line that tells the comment from others
   * @return what was done: {@code written} or {@code updated}
   * @throws IOException if the service refuses it or cannot be reached; quotes nothing that it said
   */
  public String write(String text) throws IOException, InterruptedException {
    String body = JSON.writeValueAsString(Map.of("body", text));
    for (String id : withFirstLine(text.lines().findFirst().orElse(""))) {
      int status = send(discussion.update(), URI.create(discussion.each() + id), body).statusCode();
      if (status / 100 == 2) {
        return "updated";
      }
      if (status != FORBIDDEN && status != NOT_FOUND) {
        throw refused(discussion.update(), status);
      }
    }
    int status = send("POST", discussion.comments(), body).statusCode();
    if (status / 100 != 2) {
      throw refused("POST", status);
    }
    return "written";
  }

  private List<String> withFirstLine(String line) throws IOException, InterruptedException {
    List<String> found = new ArrayList<>();
    int size = PAGE;
    for (int page = 1; size == PAGE && page <= MOST_PAGES; page++) {
      URI address = URI.create(discussion.comments() + "?per_page=" + PAGE + "&page=" + page);
      HttpResponse<byte[]> response = send("GET", address, "");
      if (response.statusCode() != 200) {
        throw refused("GET", response.statusCode());
      }
      JsonNode comments = JSON.readTree(response.body());
      size = comments.size();
      for (JsonNode comment : comments) {
        if (comment.path("body").asText().lines().findFirst().orElse("").equals(line)) {
          found.add(comment.path("id").asText());
        }
      }
    }
    return found;
  }

  private HttpResponse<byte[]> send(String method, URI address, String body)
      throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(address)
            .timeout(PATIENCE)
            .header(discussion.header().getKey(), discussion.header().getValue())
            .header("accept", "application/json")
            .header("content-type", "application/json")
            .method(method, BodyPublishers.ofString(body, UTF_8))
            .build();
    return http.send(request, BodyHandlers.ofByteArray());
  }

  private static IOException refused(String method, int status) {
    String why =
        status == FORBIDDEN || status == 401
            ? ": the token may not do that; a pull request from a fork has one that may not write"
            : "";
    return new IOException("the comment was refused: " + method + ", HTTP status " + status + why);
  }
}
